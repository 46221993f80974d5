"""In a real browser: the link of a citation shows the passage and marks it; words are cited by readers."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from search_app.answer.passages import cut_passage
from search_app.app import create_app
from search_app.bootstrap import open_service, writing
from search_app.settings import Settings
from tests.citing.passages import (
    ARTICLE,
    BODY,
    NFD,
    PARAGRAPHS,
    PASSAGES,
    SIGNS,
    TEXTS,
    TWICE,
    WIDER,
    decomposed,
    place,
)
from tests.corpus.records import reading
from tests.web.browser import Opens, serving
from tests.web.html import read_html
from tests.web.withheld import refresh

MARKED = "::target-text { background: #f0f; color: #f0f; }"
_FIND_MARK = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const size = { width: image.width, height: image.height };
  const canvas = Object.assign(document.createElement("canvas"), size);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const rows = [];
  for (let y = 0; y < image.height; y++) {
    let [left, right] = [-1, -1];
    for (let x = 0; x < image.width; x++) {
      const at = 4 * (y * image.width + x);
      if (data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255) {
        if (left < 0) left = x;
        right = x;
      }
    }
    if (left >= 0) rows.push([y, left, right]);
  }
  return rows;
}"""
"""The rows of a picture that have the mark's colour: each with its first and its last column."""
_RANGE = """([start, stop]) => {
  const texts = [...document.querySelectorAll("[data-at]")];
  const holder = (at) => texts.filter((one) => Number(one.dataset.at) <= at)
    .sort((a, b) => Number(b.dataset.at) - Number(a.dataset.at))[0];
  const place = (at) => {
    const text = holder(at);
    let left = [...text.textContent].slice(0, at - Number(text.dataset.at)).join("").length;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.data.length) return [node, left];
      left -= node.data.length;
    }
  };
  const range = document.createRange();
  range.setStart(...place(start));
  range.setEnd(...place(stop));
  return range;
}"""
_BOXES = """(range) => {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType !== 3 || !range.intersectsNode(node)) continue;
    if (!node.parentElement.closest("[data-at]")) continue;
    const part = document.createRange();
    part.selectNodeContents(node);
    if (node === range.startContainer) part.setStart(node, range.startOffset);
    if (node === range.endContainer) part.setEnd(node, range.endOffset);
    boxes.push(...[...part.getClientRects()].filter((one) => one.width > 1));
  }
  return boxes.map((one) => [one.left, one.top, one.right, one.bottom]);
}"""
"""The boxes of a range's text, line by line."""
_SELECT = f"(edges) => {{ getSelection().removeAllRanges(); getSelection().addRange(({_RANGE})(edges)); }}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = Settings(tmp_path_factory.mktemp("passages"))
    with writing(made) as archive:
        archive.store(
            [
                reading("lu-0"),
                reading(
                    "lu-1",
                    ARTICLE.title,
                    **{
                        name: getattr(ARTICLE, name)
                        for name in (
                            "lede",
                            "paragraphs",
                            "captions",
                            "caption_places",
                            "source",
                            "section",
                            "authors",
                        )
                    },
                ),
            ]
        )
    refresh(made)
    return create_app(open_service(made), made)


@pytest.fixture(scope="module")
def home(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    """A window in which the text that a fragment leads to is marked by a colour of its own."""
    window = browser.new_page(base_url=home, viewport={"width": 1000, "height": 900})

    def mark(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{answer.text()}\n{MARKED}")

    window.route("**/article.css*", mark)
    yield window
    window.close()


@pytest.fixture(scope="module")
def reader_of_pictures(browser: Browser) -> Iterator[Page]:
    blank = browser.new_page()
    blank.goto("about:blank")
    yield blank
    blank.close()


def marked_rows(page: Page, reader_of_pictures: Page) -> list[tuple[int, int, int]]:
    """The rows of the window that are marked, once some are."""
    for _ in range(40):
        picture = base64.b64encode(page.screenshot()).decode()
        if rows := reader_of_pictures.evaluate(_FIND_MARK, picture):
            return [tuple(row) for row in rows]
    return []


@pytest.mark.parametrize("name", PASSAGES)
def test_the_link_shows_the_passage_and_marks_it_alone(
    app: Flask, page: Page, reader_of_pictures: Page, name: str
) -> None:
    start, stop = PASSAGES[name]
    shown = read_html(app.test_client().get(f"/cite?id=lu-1&at={start}&to={stop}").text)
    (link,) = (one.attributes["href"] for one in shown.all("a", class_="pinned"))
    page.goto(link)
    rows = marked_rows(page, reader_of_pictures)
    passage = cut_passage(ARTICLE, *WIDER.get(name, (start, stop)))
    boxes = page.evaluate(f"(edges) => ({_BOXES})(({_RANGE})(edges))", [passage.start, passage.stop])
    assert rows, "nothing is marked"
    for y, left, right in rows:
        of_line = [one for one in boxes if one[1] - 4 <= y <= one[3] + 4]
        assert of_line, f"{name}: row {y} is marked, and no line of the passage stands there"
        assert min(one[0] for one in of_line) - 2 <= left
        assert right <= max(one[2] for one in of_line) + 2
    for one in boxes:
        middle = [row for row in rows if one[1] <= row[0] <= one[3]]
        assert middle, f"{name}: a line of the passage is not marked"
    assert min(row[1] for row in rows) <= min(one[0] for one in boxes) + 3
    assert max(row[2] for row in rows) >= max(one[2] for one in boxes) - 3


def test_the_link_stays_after_a_newer_version(app: Flask) -> None:
    """It is pinned: the page shows the version that was cited."""
    shown = read_html(app.test_client().get("/cite?id=lu-1&at=0&to=4").text)
    (link,) = (one.attributes["href"] for one in shown.all("a", class_="pinned"))
    assert parse_qs(urlsplit(link).query) == {"as_of": ["2"]}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_paragraph_has_a_link_that_cites_it(opens: Opens, scripts: bool) -> None:
    with opens(scripts=scripts) as reader:
        reader.page.goto(f"{reader.home}/article/lu-1#p26")
        link = reader.page.get_by_role("link", name="Trích dẫn đoạn 26")
        expect(link).to_have_css("opacity", "1")
        link.click()
        expect(reader.page.locator("blockquote")).to_have_text(PARAGRAPHS[25])
        expect(reader.page.locator(".citation").first).to_contain_text("đoạn 26: “Nước lên nhanh")


def test_the_hit_that_is_shown_is_cited_without_scripts(opens: Opens) -> None:
    start, _ = place(SIGNS, "giá")
    with opens(scripts=False) as reader:
        reader.page.goto(f"{reader.home}/article/lu-1?q=giá&at={start}")
        reader.page.get_by_role("link", name="Trích dẫn chỗ đang xem").click()
        expect(reader.page.locator("blockquote")).to_have_text("giá")


def test_a_line_of_a_concordance_is_cited(opens: Opens) -> None:
    with opens(scripts=False) as reader:
        reader.page.goto(f"{reader.home}/concordance?q=Covid")
        reader.page.get_by_role("link", name="trích", exact=True).first.click()
        expect(reader.page.locator("blockquote")).to_have_text("Covid")
        expect(reader.page.locator("h1")).to_have_text("Trích dẫn một đoạn văn")


@pytest.mark.parametrize(
    ("edges", "words"),
    [
        (place(SIGNS, "giá 5,5%"), "giá 5,5%"),
        (place(NFD, decomposed("ọc sin")), decomposed("học sinh")),
        (place(0, "về bản"), "về bản"),
        (
            place(TWICE, "sáng", NFD, decomposed("Đường")),
            f"sáng sớm.\n{PARAGRAPHS[SIGNS - BODY]}\n{decomposed('Đường')}",
        ),
        (place(1, "sáng", BODY, "Nước lên"), "sáng sớm."),
    ],
)
def test_what_is_selected_is_cited(opens: Opens, edges: tuple[int, int], words: str) -> None:
    """Of what reaches from the lede into the text, the lede's part."""
    with opens() as reader:
        reader.page.goto(f"{reader.home}/article/lu-1")
        link = reader.page.get_by_role("link", name="Trích dẫn phần đang chọn")
        expect(link).to_be_hidden()
        reader.page.evaluate(_SELECT, list(edges))
        link.click()
        assert reader.page.locator("blockquote").text_content() == words
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


def test_letters_outside_the_first_plane_count_once(tmp_path: Path, browser: Browser) -> None:
    made = Settings(tmp_path / "kho")
    with writing(made) as archive:
        archive.store([reading("a", "Chữ 𠀀𠀁 cổ", lede="Một 𠀂 hai ba.", paragraphs=("Bốn 𠀃𠀄 năm sáu.",))])
    refresh(made)
    with serving(create_app(open_service(made), made)) as address:
        window = browser.new_page()
        window.goto(f"{address}/article/a")
        window.evaluate("() => getSelection().selectAllChildren(document.getElementById('p1'))")
        href = window.get_by_role("link", name="Trích dẫn phần đang chọn").get_attribute("href")
        window.close()
    asked = parse_qs(urlsplit(href or "").query)
    title, lede = "Chữ 𠀀𠀁 cổ", "Một 𠀂 hai ba."
    start = len(title) + 1 + len(lede) + 1
    assert (asked["at"], asked["to"]) == ([str(start)], [str(start + len("Bốn 𠀃𠀄 năm sáu."))])


def test_the_texts_of_the_page_lie_where_the_archive_counts(app: Flask) -> None:
    shown = read_html(app.test_client().get("/article/lu-1").text)
    texts = [one for one in shown.elements if "data-at" in one.attributes]
    assert len(texts) == len(TEXTS.texts)
    for one in texts:
        assert one.text == TEXTS.texts[TEXTS.number_at(int(one.attributes["data-at"]))]
