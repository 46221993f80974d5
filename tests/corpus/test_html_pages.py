"""Articles of our own in the layouts of Vietnamese newspapers must come out as they went in."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from corpus.article import Article
from corpus.errors import ImpossibleValueError
from corpus.readers.html.article import PageContext, article_of_html
from tests.corpus.html_pages import lists, mixed, modern, old
from tests.corpus.html_pages.story import ASKED, LONG, PROMISED, SHORT, STORIES, TEASERS, Story

Layout = Callable[[Story, str], str]

_URL = "https://bao.example/thoi-su/bai-123.html"
_LAYOUTS: tuple[Layout, ...] = (*modern.LAYOUTS, *old.LAYOUTS, *mixed.LAYOUTS)
# What a layout does not print cannot come out of it.
_WITHOUT_SECTION = {"prefixed_classes", "line_breaks", "short_intro", "bare"}
_WITHOUT_TAGS = {"classes_on_paragraphs", "prefixed_classes", "line_breaks", "small_print", "bare"}
_WITHOUT_CAPTIONS = {"only_in_json"}
_WITHOUT_ZONE = {"line_breaks", "divisions"}
_WITHOUT_ADDRESS = {"classes_on_paragraphs", "prefixed_classes", "line_breaks"}


def _article(page: str, url: str = "") -> Article:
    return article_of_html(page.encode(), PageContext("trang", url))


@pytest.mark.parametrize("layout", _LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("story", STORIES, ids=("long", "short", "asked"))
def test_an_article_comes_out_of_every_layout_whole(layout: Layout, story: Story) -> None:
    name = layout.__name__
    article = _article(layout(story, _URL))
    assert article.title == story.title
    assert article.lede == story.lede
    assert article.paragraphs == story.paragraphs
    assert article.captions == (() if name in _WITHOUT_CAPTIONS else story.captions)
    assert len(article.caption_places) == len(article.captions)
    assert [author.casefold() for author in article.authors] == [story.author.casefold()]
    assert article.section == ("" if name in _WITHOUT_SECTION else story.section)
    assert article.tags == (() if name in _WITHOUT_TAGS else story.tags)
    assert article.url == ("" if name in _WITHOUT_ADDRESS else _URL)


@pytest.mark.parametrize("layout", _LAYOUTS, ids=lambda layout: layout.__name__)
def test_captions_are_read_where_the_page_prints_them(layout: Layout) -> None:
    page = layout(LONG, _URL)
    shown = re.sub("<script.*?</script>|<[^>]+>", "", page, flags=re.DOTALL)
    body = [one.text for one in _article(page).body() if one.text in shown]
    places = [shown.index(text) for text in body]
    assert places == sorted(places)
    assert len(body) > len(LONG.captions) or layout.__name__ in _WITHOUT_CAPTIONS | {"spans"}


@pytest.mark.parametrize("layout", _LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_date_is_the_articles_own_with_its_zone(layout: Layout) -> None:
    """The clock at the top of an old page says 2026, and so do teasers and the small print."""
    day = "2005-10-02" if layout in old.LAYOUTS[:3] else "2025-10-05"
    zone = "" if layout.__name__ in _WITHOUT_ZONE else "+07:00"
    for story in STORIES:
        assert _article(layout(story, _URL)).published.text == f"{day}T07:30{zone}"


@pytest.mark.parametrize("layout", _LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_neighbour_and_no_small_print_is_searched(layout: Layout) -> None:
    for story in STORIES:
        article = _article(layout(story, _URL))
        searched = "\n".join((article.lede, *article.paragraphs, *article.captions))
        assert not [text for teaser in TEASERS for text in teaser if text in searched]
        assert PROMISED not in searched


@pytest.mark.parametrize("page", lists.LISTS, ids=lambda page: page.__name__)
def test_a_list_of_articles_is_refused(page: Callable[[], str]) -> None:
    with pytest.raises(ImpossibleValueError) as refused:
        _article(page(), "https://bao.example/kinh-te")
    assert refused.value.reason == "not-an-article"


def test_a_home_page_is_refused() -> None:
    with pytest.raises(ImpossibleValueError) as refused:
        _article(lists.old_home(), "https://bao.example/")
    assert refused.value.reason == "not-an-article"


def test_a_video_without_a_text_is_refused_for_what_it_is() -> None:
    with pytest.raises(ImpossibleValueError) as refused:
        _article(lists.video())
    assert refused.value.reason == "media-without-text"


def test_a_page_without_any_text_is_refused() -> None:
    for raw in (b"", b"<html></html>", b"<!-- -->", b"\0\0", b"<p></p>"):
        with pytest.raises(ImpossibleValueError) as refused:
            article_of_html(raw, PageContext("trang"))
        assert refused.value.reason == "no-text"


@pytest.mark.parametrize(
    ("encoding", "declared", "meta"),
    [
        ("utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "windows-1258", "windows-1252"),
        ("utf-8-sig", "", "iso-8859-1"),
        ("utf-16", "", "utf-8"),
        ("utf-16-le", "", "utf-8"),
        ("cp1258", "windows-1258", "utf-8"),
        ("cp1258", "", "windows-1258"),
    ],
)
def test_what_the_bytes_are_comes_before_what_the_page_says(encoding: str, declared: str, meta: str) -> None:
    page = modern.wide_columns(LONG, _URL).replace('charset="utf-8"', f'charset="{meta}"')
    raw = _in_1258(page) if encoding == "cp1258" else page.encode(encoding)
    article = article_of_html(raw, PageContext("trang", charset=declared))
    assert (article.title, article.paragraphs) == (LONG.title, LONG.paragraphs)


def _in_1258(text: str) -> bytes:
    """The text in windows-1258, which writes the tone behind its letter."""
    raw = bytearray()
    for mark in text:
        for form in _in_its_forms(mark):
            raw += form.encode("cp1258", "xmlcharrefreplace")
    return bytes(raw)


def _in_its_forms(mark: str) -> str:
    """The letter as windows-1258 can write it: whole, or with its tone behind it."""
    parts = unicodedata.normalize("NFD", mark)
    for cut in range(len(parts), 0, -1):
        base = unicodedata.normalize("NFC", parts[:cut])
        try:
            (base + parts[cut:]).encode("cp1258")
        except UnicodeEncodeError:
            continue
        return base + parts[cut:]
    tones = [one for one in parts if one in "\u0300\u0301\u0303\u0309\u0323"]
    rest = unicodedata.normalize("NFC", "".join(one for one in parts if one not in tones))
    return rest + "".join(tones)


@pytest.mark.parametrize(
    ("stated", "shown", "expected"),
    [
        ("2025-10-05T00:30:00Z", "05/10/2025 07:30 (GMT+7)", "2025-10-05T07:30+07:00"),
        ("2025-10-05T07:30:00Z", "05/10/2025 07:30", "2025-10-05T07:30+07:00"),
        ("2025-10-05T07:30:00", "05/10/2025", "2025-10-05T07:30+07:00"),
        ("2025-10-04T22:00:00.000Z", "", "2025-10-05T05:00+07:00"),
        ("2025-10-05T07:30:00+07:00", "01/01/2020 00:00", "2025-10-05T07:30+07:00"),
        ("2025-10-05", "", "2025-10-05"),
        ("", "Chủ nhật, 5/10/2025, 07:30", "2025-10-05T07:30+07:00"),
        ("05/10/2025", "", "2025-10-05"),
        ("hôm qua", "", ""),
    ],
)
def test_a_vietnamese_papers_time_is_on_its_clock(stated: str, shown: str, expected: str) -> None:
    page = (
        f'<html><head><meta property="article:published_time" content="{stated}"></head><body>'
        f"<h1>{SHORT.title}</h1><span class=date>{shown}</span><p>{SHORT.lede}</p>"
        f"{''.join(f'<p>{line}</p>' for line in SHORT.paragraphs)}</body></html>"
    )
    assert _article(page, "https://bao-song.vn/a/b.html").published.text == expected


def test_an_address_that_names_a_day_dates_a_page_that_does_not() -> None:
    page = f"<html><body><h1>{SHORT.title}</h1><p>{SHORT.lede}</p></body></html>"
    assert _article(page, "https://bao.example/2005/10/2/ben-do.html").published.text == "2005-10-02"


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://bao.example/", "https://bao.example/amp/b.html"),
        ("/thoi-su/b.html#top", "https://bao.example/thoi-su/b.html"),
        ("javascript:;", "https://bao.example/amp/b.html"),
        ("https://[", "https://bao.example/amp/b.html"),
    ],
)
def test_a_canonical_address_counts_where_it_is_one_of_a_page(canonical: str, expected: str) -> None:
    head = f'<head><link rel="canonical" href="{canonical}"></head>'
    page = f"<html>{head}<body><h1>{SHORT.title}</h1><p>{SHORT.lede}</p></body></html>"
    assert _article(page, "https://bao.example/amp/b.html").url == expected


def test_the_id_comes_from_the_address_alone() -> None:
    one = article_of_html(modern.boxes(LONG, _URL).encode(), PageContext("luu-1"))
    two = article_of_html(modern.boxes(SHORT, _URL).encode(), PageContext("luu-2", "https://khac.example/x"))
    assert one.id == two.id == "bao-example-" + one.id[-12:]


def test_rows_of_a_table_of_figures_stay_together() -> None:
    table = "<table><tr><th>Loại</th><th>Giá</th></tr><tr><td>Lúa thơm</td><td>7.200</td></tr></table>"
    lede, first, last = (f"<p>{line}</p>" for line in (ASKED.lede, ASKED.paragraphs[1], ASKED.paragraphs[3]))
    page = f"<html><body><h1>{ASKED.title}</h1>{lede}{first}{table}{last}</body></html>"
    assert _article(page).paragraphs[1:3] == ("Loại | Giá", "Lúa thơm | 7.200")
