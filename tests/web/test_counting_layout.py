"""Labels of the counting views stay with their fields on a phone, and a comparison shows all its columns."""

from pathlib import Path

from playwright.sync_api import Browser

from search_app.app import create_app
from tests.counting.made import made
from tests.counting.test_counting_limits import ARTICLES
from tests.web.browser import serving

PARTED = """[...document.querySelectorAll("main form label[for]")].filter(label => {
  const own = label.getBoundingClientRect()
  const field = document.getElementById(label.htmlFor).getBoundingClientRect()
  return field.top > own.bottom || field.right > innerWidth
}).map(label => label.textContent)"""
CUT = """[...document.querySelectorAll(".beside .wide")]
  .filter(one => one.scrollWidth > one.clientWidth).length"""
VIEWS = ("concordance?q=xe", "collocations?q=xe", "keywords?q=xe", "compare?q=xe&other_q=kimcương&least=1")


def test_labels_stay_with_their_fields_and_columns_in_sight(browser: Browser, tmp_path: Path) -> None:
    settings, service = made(tmp_path, ARTICLES)
    with serving(create_app(service, settings)) as home:
        page = browser.new_page(viewport={"width": 390, "height": 900})
        for view in VIEWS:
            page.goto(f"{home}/{view}")
            assert page.evaluate(PARTED) == [], view
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{home}/{VIEWS[-1]}")
        assert page.locator(".beside table").count() > 0
        assert page.evaluate(CUT) == 0
