"""What is offered while a person types? The address, and the box in a browser, by keys, mouse and Telex."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, expect

from tests.shared import ROOT
from tests.web.articles import ODD
from tests.web.browser import Reader, reading

HEADLINE = "Ngày đầu trên cao tốc Nội Bài – Lào Cai"
SCRIPT = ROOT / "search_app" / "web" / "static" / "suggest.js"


def test_the_shape_of_an_answer(client: FlaskClient) -> None:
    assert client.get("/api/suggest?q=lao+ca").get_json() == {
        "query": "lao ca",
        "suggestions": [
            {"text": "Lào Cai", "kind": "phrase", "count": 6, "id": None},
            {"text": "Lào Cai dài", "kind": "phrase", "count": 2, "id": None},
        ],
    }
    (headline,) = client.get("/api/suggest?q=ngay+dau+tr").get_json()["suggestions"]
    assert headline == {"text": HEADLINE, "kind": "headline", "count": 1, "id": "bsh-2014-002"}


def test_an_answer_is_kept_for_a_minute_and_then_asked_by_its_tag(client: FlaskClient) -> None:
    answer = client.get("/api/suggest?q=lao")
    assert {"private", "max-age=60"} == set(answer.headers["Cache-Control"].split(", "))
    again = client.get("/api/suggest?q=lao", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_withdrawn_article_is_not_offered(client: FlaskClient) -> None:
    title = next(one.title for one in ODD if one.id == "withdrawn")
    found = client.get("/api/suggest", query_string={"q": title[:-1]}).get_json()["suggestions"]
    assert "withdrawn" not in [one["id"] for one in found]


def test_a_headline_that_is_offered_finds_its_article(client: FlaskClient) -> None:
    typed = [*"abcdghklmnpqstvx", "ngay dau tr", "gia v", "cao toc", "lu"]
    offered = [one for q in typed for one in client.get(f"/api/suggest?q={q}").get_json()["suggestions"]]
    headlines = {one["text"] for one in offered if one["kind"] == "headline"}
    assert headlines
    for text in headlines:
        hits = client.get("/api/search", query_string={"q": text}).get_json()["hits"]
        assert text == hits[0]["title"]


def test_the_script_is_small() -> None:
    assert len(SCRIPT.read_bytes()) < 6 * 1024


@contextmanager
def at_home(
    browser: Browser, home: str, shots: Path, *, width: int = 1280, scheme: str = "light", path: str = "/"
) -> Iterator[Reader]:
    """A window with the box, which held its peace at the end."""
    with reading(browser, home, shots, width=width, scripts=True, scheme=scheme) as reader:
        reader.page.goto(home + path)
        if path.partition("?")[0] == "/" and "q=" not in path:
            expect(box(reader.page)).to_be_focused()  # what is typed before would go nowhere
        yield reader
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def test_what_is_typed_opens_options_and_stays_as_it_is(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        expect(box(page)).to_have_attribute("aria-expanded", "false")
        page.keyboard.type("lao ca")
        expect(options(page)).to_have_count(2)
        expect(options(page).first).to_contain_text("Lào Cai")
        expect(box(page)).to_have_value("lao ca")
        expect(page.get_by_role("status")).to_have_text("2 gợi ý; chọn bằng phím mũi tên")


def test_a_screen_reader_is_told(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path, path="/?lang=en") as reader:
        page = reader.page
        box(page).focus()
        page.keyboard.type("ngay dau tr")
        listed = page.get_by_role("listbox", name="Suggestions")
        expect(listed).to_be_visible()
        expect(box(page)).to_have_attribute("aria-expanded", "true")
        expect(box(page)).to_have_attribute("aria-autocomplete", "list")
        expect(box(page)).to_have_attribute("aria-controls", str(listed.get_attribute("id")))
        expect(page.get_by_role("status")).to_have_text("1 suggestion; the arrow keys choose it")
        expect(page.get_by_role("option", name=f"{HEADLINE} headline")).to_be_visible()
        page.keyboard.press("ArrowDown")
        chosen = page.get_by_role("option", selected=True)
        expect(box(page)).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))


def test_arrows_highlight_and_enter_fills_and_searches(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        page.keyboard.type("lao ca")
        expect(options(page)).to_have_count(2)
        for key, selected in (("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowDown", 0)):
            page.keyboard.press(key)
            places = [one.get_attribute("aria-selected") for one in options(page).all()]
            assert places == [str(place == selected).lower() for place in range(2)]
            expect(box(page)).to_have_value("lao ca")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=L%C3%A0o+Cai&g=2")
        expect(page.get_by_label("Tìm trong kho", exact=True)).to_have_value("Lào Cai")


def test_enter_without_a_choice_searches_what_was_typed(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        reader.page.keyboard.type("lao ca")
        expect(options(reader.page)).to_have_count(2)
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_url("**/?q=lao+ca&g=2")


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_a_key_closes_and_leaves_what_was_typed(
    browser: Browser, home: str, tmp_path: Path, key: str
) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        page.keyboard.type("lao ca")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("ArrowDown")
        page.keyboard.press(key)
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box(page)).to_have_value("lao ca")
        expect(box(page)).to_have_attribute("aria-expanded", "false")
        assert box(page).get_attribute("aria-activedescendant") is None
        if key == "Escape":
            expect(box(page)).to_be_focused()
            page.keyboard.press("ArrowDown")
            expect(options(page)).to_have_count(2)
        else:
            expect(page.get_by_role("button", name="Tìm")).to_be_focused()


def test_a_click_chooses(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path, width=390) as reader:
        reader.page.keyboard.type("gia vang ha n")
        option = options(reader.page).filter(has_text="gia vang Hà Nội").first
        option.click()
        reader.page.wait_for_url("**/?q=gia+vang+H%C3%A0+N%E1%BB%99i*")


def test_nothing_is_done_while_telex_composes(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        asked: list[str] = []
        page.wait_for_load_state("networkidle")
        page.on("request", lambda request: asked.append(request.url))
        ime = page.context.new_cdp_session(page)
        page.clock.install()
        box(page).focus()
        for text in ("l", "la", "lao", "lào"):
            ime.send(
                "Input.imeSetComposition",
                {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
            )
            expect(box(page)).to_have_value(text)
        page.clock.run_for(10_000)
        assert asked == []
        expect(page.get_by_role("listbox")).to_be_hidden()
        ime.send("Input.insertText", {"text": "lào"})
        page.clock.run_for(1_000)
        expect(options(page).first).to_contain_text("Lào Cai")
        expect(box(page)).to_have_value("lào")
        assert [url.rpartition("=")[2] for url in asked] == ["l%C3%A0o"]


def test_backspaces_of_an_input_method_are_not_disturbed(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        for keys in ("l", "a", "o", "Backspace", "Backspace"):
            page.keyboard.press(keys)
        page.keyboard.insert_text("ào")
        page.keyboard.type(" cai")
        expect(options(page).first).to_contain_text("Lào Cai")
        expect(box(page)).to_have_value("lào cai")


def test_inside_the_text_nothing_is_offered(browser: Browser, home: str, tmp_path: Path) -> None:
    with at_home(browser, home, tmp_path) as reader:
        page = reader.page
        page.keyboard.type("lao ca")
        expect(options(page)).to_have_count(2)
        page.keyboard.press("Home")
        page.keyboard.type("x")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box(page)).to_have_value("xlao ca")


def test_where_nobody_answers_the_form_works(browser: Browser, home: str, tmp_path: Path) -> None:
    with reading(browser, home, tmp_path, width=390, scripts=True, scheme="light") as reader:
        page = reader.page
        page.route("**/api/suggest*", lambda route: route.abort())
        page.goto(home)
        expect(page.get_by_role("combobox")).to_be_focused()
        with page.expect_event("requestfailed"):
            page.keyboard.type("lao cai")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text("Lào Cai")


def test_without_scripts_the_box_is_a_plain_one(browser: Browser, home: str, tmp_path: Path) -> None:
    with reading(browser, home, tmp_path, width=390, scripts=False, scheme="light") as reader:
        page = reader.page
        page.goto(home)
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("lao cai")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text("Lào Cai")


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
)
def test_options_fit_the_window(browser: Browser, home: str, tmp_path: Path, width: int, scheme: str) -> None:
    with at_home(browser, home, tmp_path, width=width, scheme=scheme) as reader:
        page = reader.page
        for name, path in (("home", "/"), ("results", "/?q=gi%C3%A1")):
            page.goto(home + path)
            box(page).fill("")
            box(page).press_sequentially("g")
            expect(options(page)).to_have_count(8)
            page.keyboard.press("ArrowDown")
            reader.shoot(f"suggest-{name}")
            assert not reader.is_wider_than_the_window()
        page.emulate_media(media="print")
        expect(page.get_by_role("listbox")).to_be_hidden()
