"""Can everyone use it? axe finds nothing on any page, light or dark; text at twice the size stays whole."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.browser import Opens
from tests.web.test_browser import STATES

AXE = Axe()
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""Between light and dark nothing differs but colours: in the dark these alone are looked at."""


def violations(page: Page, options: dict[str, object] | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and where."""
    found = AXE.run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(("scheme", "options"), [("light", None), ("dark", CONTRAST)], ids=["light", "dark"])
def test_axe_finds_nothing(opens: Opens, scheme: str, options: dict[str, object] | None) -> None:
    with opens(scheme=scheme) as reader:
        for name, path in STATES.items():
            reader.page.goto(reader.home + path)
            for folded in reader.page.locator("details > summary").all():
                folded.click()
            assert (name, violations(reader.page, options)) == (name, [])


def test_axe_finds_nothing_on_a_phone_with_options_and_dialog_open(opens: Opens) -> None:
    with opens(width=390) as reader:
        page = reader.page
        page.goto(reader.home + "/?q=gi%C3%A1")
        page.get_by_role("combobox").press_sequentially("x")
        page.get_by_role("combobox").fill("lao ca")
        page.get_by_role("option").first.wait_for()
        assert violations(page) == []
        page.keyboard.press("Tab")
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        assert violations(page) == []


def test_text_at_twice_the_size_does_not_scroll_sideways(opens: Opens) -> None:
    with opens() as reader:
        for name, path in STATES.items():
            reader.page.goto(reader.home + path)
            reader.page.add_init_script("document.documentElement.style.fontSize = '200%'")
            reader.page.reload()
            reader.shoot(f"{name}-twice")
            assert not reader.is_wider_than_the_window(), name
