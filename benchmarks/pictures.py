"""What does the page look like? Pictures for the two tours in docs: the sample corpus, served, in Chromium.

python -m benchmarks.pictures FOLDER
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from benchmarks.served import KHOBAO, serve_command, served

CHROMIUM = Path("/usr/bin/chromium")
_SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, what is asked for, and of which window."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    dark: bool = False
    paper: bool = False


def asked(path: str = "/", **values: str) -> str:
    """An address.

    >>> asked(q="lũ")
    '/?q=l%C5%A9'
    """
    return f"{path}?{urlencode(values)}" if values else path


_RICE = {"q": "lúa", "with": "cá"}

SHOTS = (
    Shot("home", asked()),
    Shot("results", asked(q="lao cai")),
    Shot("article", asked("/article/bsh-2012-002", q="lúa")),
    Shot("nothing", asked(q='"cá hồi vân" "tàu điện ngầm"', year="2013", as_typed="1")),
    Shot("dark", asked(q="giá vàng"), dark=True),
    Shot("phone", asked(q="lao cai"), width=390, height=844),
    Shot("print", asked("/article/bsh-2012-002", q="lúa"), width=794, height=1123, paper=True),
    Shot("trends", asked("/timeline", **_RICE, unit="year", scale="relative"), height=1100),
    Shot("trends-phone", asked("/timeline", **_RICE, unit="year", scale="relative"), width=390, height=1100),
    Shot("concordance", asked("/concordance", q="giá", sort="left")),
    Shot("concordance-phone", asked("/concordance", q="giá", sort="left"), width=390, height=1100),
    Shot("collocations", asked("/collocations", q="giá", least="2")),
    Shot("export", asked("/export", q="giá vàng"), height=1100),
    Shot("export-phone", asked("/export", q="giá vàng"), width=390, height=1100),
)


def main() -> None:
    """Reads the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not CHROMIUM.exists():
        sys.exit(f"{CHROMIUM} is not on this machine; install it with: apt-get install chromium")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        subprocess.run([KHOBAO, "add", str(_SAMPLE), "--data", data], check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        with served(serve_command(data, "--workers", "1")) as server:
            for shot in SHOTS:
                take(browser, server.address, shot, folder)
        browser.close()


def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Takes one picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        locale="vi-VN",
    )
    page = context.new_page()
    if shot.paper:
        page.emulate_media(media="print")
    page.goto(address + shot.path.removeprefix("/"))
    page.evaluate("document.fonts.ready.then(() => 1)")
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
