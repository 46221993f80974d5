"""What do the browser's tests stand on? The app behind a real server, and Debian's Chromium."""

import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Request, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(slots=True)
class Watch:
    """What a browser did that it should not have."""

    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person's window: a page at the home address, and what is watched."""

    page: Page
    home: str
    watch: Watch
    shots: Path

    def shoot(self, name: str) -> None:
        """Keeps a picture for people to look at."""
        self.page.screenshot(path=self.shots / f"{name}.png", full_page=True)

    def is_wider_than_the_window(self) -> bool:
        """Whether it scrolls sideways; asked of layout, so that it works without JavaScript too."""
        metrics = self.page.context.new_cdp_session(self.page).send("Page.getLayoutMetrics")
        return bool(metrics["cssContentSize"]["width"] > metrics["cssLayoutViewport"]["clientWidth"])


class Opens(Protocol):
    """Opens a person's window."""

    def __call__(
        self, *, width: int = 1280, scripts: bool = True, scheme: str = "light"
    ) -> AbstractContextManager[Reader]: ...


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app's address while it is served by threads of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; where it is missing the test fails in CI, and elsewhere is skipped with a line."""
    if not Path(CHROMIUM).exists():
        missing = f"{CHROMIUM} is missing: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reading(
    browser: Browser, home: str, shots: Path, *, width: int, scripts: bool, scheme: str
) -> Iterator[Reader]:
    """A window of this width."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="vi-VN",
    )
    page, watch = context.new_page(), Watch()

    def note(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(home).netloc:
            watch.elsewhere.append(request.url)

    page.on("console", lambda message: watch.said.append(message.text))
    page.on("pageerror", lambda error: watch.said.append(str(error)))
    page.on("request", note)
    try:
        yield Reader(page, home, watch, shots)
    finally:
        context.close()
