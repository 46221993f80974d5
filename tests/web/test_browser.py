"""Does it work in a browser? At a phone's width and a desk's, with scripts and without, by keys alone."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.web.browser import Opens, Reader

STATES = {
    "home": "/",
    "results": "/?q=lao+cai",
    "filtered": "/?q=&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng&year=2014&from=2010",
    "problems": "/?q=lao+cai+(%22ru%E1%BB%99ng",
    "nothing": "/?q=xyzzy&year=2013",
    "long": "/?q=" + "a" * 300 + "+kh%C3%B4ng",
    "article": "/article/bsh-2014-002?q=lao+cai",
    "markup": "/article/markup",
    "versions": "/versions/revised",
    "citing": "/cite?id=bsh-2014-002&exact=1",
    "passage": "/cite?id=bsh-2014-002&at=0&to=9",
    "history": "/changes",
    "diff": "/changes?from=3&to=60",
    "reprint": "/changes/ktcl-2013-001",
    "concordance": "/concordance?q=gi%C3%A1&sort=left",
    "sentences": "/concordance?q=%22gi%C3%A1+v%C3%A0ng%22&context=sentence",
    "neighbours": "/concordance?q=gi%C3%A1&group=left&unit=word",
    "facet": "/facet/source?q=gi%C3%A1",
    "collocations": "/collocations?q=gi%C3%A1",
    "keywords": "/keywords?q=gi%C3%A1",
    "word list": "/ngrams?length=3",
    "compared": "/compare?q=gi%C3%A1&other_q=l%C3%BAa&from=2012&other_from=2013",
    "series": "/timeline?q=gi%C3%A1&with=lao+cai&from=2012&unit=month&scale=relative",
    "split": "/timeline?q=gi%C3%A1&split=source&unit=year",
    "taken away": "/export?q=gi%C3%A1&from=2012",
    "table taken away": "/export/concordance?q=gi%C3%A1&group=left",
    "basket": "/basket?id=bsh-2014-002&id=khdm-2013-001",
    "withdrawn": "/article/withdrawn?q=lao+cai",
    "withdrawals": "/withdrawals",
    "withdrawn from the basket": "/basket?id=bsh-2014-002&id=withdrawn",
    "help": "/help",
    "style": "/style",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_search_is_typed_narrowed_and_read(opens: Opens, width: int, scripts: bool) -> None:
    with opens(width=width, scripts=scripts) as reader:
        page = reader.page
        page.goto(reader.home)
        page.get_by_label("Tìm trong kho", exact=True).fill("lao cai")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text("Lào Cai")
        reader.shoot("results")

        page.locator(".filters").get_by_role("link", name="Tin Miền Núi").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("1 bài khớp")
        expect(page.locator(".chips")).to_contain_text("Tin Miền Núi")

        page.locator(".hit h3 a").first.click()
        expect(page.locator("article mark").first).to_be_visible()
        page.get_by_role("link", name="chỗ khớp").click()
        assert page.url.endswith("#hit-1")
        expect(page.locator("#hit-1")).to_be_in_viewport()
        reader.shoot("article")

        page.get_by_role("link", name="Trở lại kết quả").click()
        expect(page.locator(".chips")).to_contain_text("Tin Miền Núi")
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


def test_keys_alone_lead_from_the_box_to_the_first_hit(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home)
        expect(page.get_by_label("Tìm trong kho", exact=True)).to_be_focused()
        page.keyboard.type("lao cai")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=lao*")

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Tới phần nội dung")).to_be_focused()
        expect(page.get_by_role("link", name="Tới phần nội dung")).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Tới kết quả")).to_be_in_viewport()
        page.keyboard.press("Enter")
        _tab_until(reader, "Ngày đầu trên cao tốc Nội Bài – Lào Cai")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ngày đầu trên cao tốc")


def _tab_until(reader: Reader, text: str, most: int = 5) -> None:
    focused: Callable[[], str] = partial(reader.page.evaluate, "document.activeElement.textContent.trim()")
    for _ in range(most):
        reader.page.keyboard.press("Tab")
        if focused() == text:
            return
    pytest.fail(f"{most} times Tab do not lead to “{text}”")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (390, "light"),
        (390, "dark"),
        (768, "light"),
        (1280, "light"),
        (1280, "dark"),
        (1920, "light"),
    ],
)
def test_no_page_scrolls_sideways_or_complains(opens: Opens, width: int, scheme: str) -> None:
    with opens(width=width, scheme=scheme) as reader:
        for name, path in STATES.items():
            reader.page.goto(reader.home + path)
            reader.shoot(f"{name}-{width}-{scheme}")
            assert not reader.is_wider_than_the_window(), name
        said = [
            one for one in reader.watch.said if "410 (GONE)" not in one
        ]  # as the withdrawn one is answered
        assert (said, reader.watch.elsewhere) == ([], [])


def test_an_error_keeps_the_query_in_the_box(opens: Opens) -> None:
    with opens(width=390) as reader:
        reader.page.goto(reader.home + "/?q=lao+cai&from=31/31/2013")
        expect(reader.page.get_by_label("Tìm trong kho", exact=True)).to_have_value("lao cai")
        reader.shoot("error")


def test_dates_are_typed_as_people_write_them(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        page.goto(reader.home + "/?q=lao+cai")
        page.get_by_label("Từ", exact=True).fill("5/2013")
        page.get_by_label("Đến", exact=True).fill("2013")
        page.get_by_role("button", name="Lọc theo ngày").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2 bài khớp")
        expect(page.locator(".chips")).to_contain_text("5/2013")


def test_on_paper_there_is_nothing_to_click(opens: Opens) -> None:
    with opens() as reader:
        reader.page.goto(reader.home + "/article/bsh-2014-002?q=lao+cai")
        reader.page.emulate_media(media="print")
        expect(reader.page.locator("form.search")).to_be_hidden()
        expect(reader.page.locator("article")).to_be_visible()
        reader.shoot("print")
