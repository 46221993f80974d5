"""What do scripts add? Keys, a basket, bars chosen together, the next place that matches."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import Opens

RESULTS = "/?q=gi%C3%A1"
ARTICLE = "/article/bsh-2014-002?q=lao+cai"


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim()")
    return text


def dates(page: Page) -> tuple[str, str]:
    """The span of time in the address."""
    values = parse_qs(urlsplit(page.url).query)
    return values["from"][0], values["to"][0]


def test_keys_lead_through_the_results_and_to_the_box(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + RESULTS)
        titles = page.locator(".hit a.title").all_inner_texts()
        for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            assert focused(page) == titles[place]
        page.keyboard.press("/")
        expect(page.get_by_role("combobox")).to_be_focused()
        page.keyboard.type("j/?")
        expect(page.get_by_role("combobox")).to_have_value("j/?")


def test_the_keys_are_said_in_a_dialog_and_on_the_page_of_help(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + RESULTS)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Phím tắt")).to_contain_text("tới ô tìm kiếm")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.get_by_role("link", name="Cách hỏi").click()
        expect(page.locator("main")).to_contain_text("tới ô tìm kiếm")


def test_a_result_is_kept_shown_and_exported_and_let_go(opens: Opens) -> None:
    with opens(width=390) as reader:
        page = reader.page
        page.goto(reader.home + RESULTS)
        expect(page.locator("#basket")).to_contain_text("0")
        kept = [button.get_attribute("data-id") for button in page.locator(".keep").all()[:2]]
        page.locator(".keep").first.click()
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.locator(".keep").nth(1)).to_have_attribute("aria-pressed", "true")
        page.locator("#basket").click()
        assert parse_qs(urlsplit(page.url).query)["id"] == kept
        expect(page.get_by_role("heading", level=1)).to_have_text("Giỏ: 2 bài")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSL-JSON").click()
        assert [one["id"] for one in json.loads(download.value.path().read_text(encoding="utf-8"))] == kept
        page.get_by_role("button", name="Bỏ hết khỏi giỏ").click()
        expect(page.locator("main")).to_contain_text("Giỏ đang trống")


def test_without_scripts_nothing_is_offered_that_needs_them(opens: Opens) -> None:
    with opens(scripts=False) as reader:
        page = reader.page
        page.goto(reader.home + ARTICLE)
        expect(page.locator(".keep").first).to_be_hidden()
        expect(page.locator("#basket")).to_be_hidden()
        expect(page.get_by_role("button", name="Chỗ khớp sau")).to_be_hidden()
        page.goto(reader.home + "/basket?id=bsh-2014-002&id=khdm-2013-001")
        expect(page.get_by_role("heading", level=1)).to_have_text("Giỏ: 2 bài")
        expect(page.get_by_role("link", name="BibTeX")).to_be_visible()


def test_a_bar_leads_to_its_time_without_scripts(opens: Opens) -> None:
    with opens(scripts=False) as reader:
        page = reader.page
        page.goto(reader.home + "/?q=")
        page.locator(".bars a").nth(3).click()
        page.wait_for_url("**from=2012&to=2012")
        page.locator(".bars a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**from=*-2012&to=*-2012")


def test_bars_are_chosen_together_by_keys(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + "/?q=")
        counts = [int(bar.get_attribute("data-n") or 0) for bar in page.locator(".bars a").all()]
        page.locator(".bars a").first.focus()
        for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
            page.keyboard.press(key)
        expect(page.locator(".picking")).to_contain_text(f"2010 đến 2012: {sum(counts[1:4])} bài")
        reader.shoot("bars")
        page.keyboard.press("Escape")
        expect(page.locator(".picking")).to_have_text("cao nhất: 8")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Enter")
        page.wait_for_url("**to=*")
        assert dates(page) == ("2011", "2012")
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{sum(counts[2:4])} bài")


def test_bars_are_chosen_together_by_dragging(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + "/?q=")
        bars = [box for bar in page.locator(".bars a").all() if (box := bar.bounding_box())]
        page.mouse.move(bars[2]["x"] + 5, bars[2]["y"] + 30)
        page.mouse.down()
        page.mouse.move(bars[4]["x"] + 5, bars[4]["y"] + 30, steps=4)
        expect(page.locator(".bars .picked")).to_have_count(3)
        page.mouse.up()
        page.wait_for_url("**to=*")
        assert dates(page) == ("2011", "2013")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_map_of_an_article_leads_to_each_place(opens: Opens, scripts: bool) -> None:
    with opens(width=390, scripts=scripts) as reader:
        page = reader.page
        page.goto(reader.home + ARTICLE)
        places = page.locator(".map a")
        expect(places).to_have_count(page.locator("article mark").count())
        places.last.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith("#hit-4")
        expect(page.locator("#hit-4")).to_be_in_viewport()
        expect(page.locator(".map")).to_be_in_viewport()


def test_keys_and_buttons_lead_from_place_to_place_and_round(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + ARTICLE)
        for key, place in (("n", 1), ("n", 2), ("p", 1), ("p", 4), ("n", 1)):
            page.keyboard.press(key)
            expect(page.locator(".first-hit")).to_have_text(f"chỗ {place} trong 4")
            expect(page.locator(f"#hit-{place}")).to_be_in_viewport()
        page.get_by_role("button", name="Chỗ khớp sau").click()
        assert page.url.endswith("#hit-2")
        reader.shoot("hits")
