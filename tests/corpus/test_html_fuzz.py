"""Whatever the bytes, a page is an article or a refusal with its reason."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.errors import ImpossibleValueError
from corpus.readers.html.article import PageContext, article_of_html
from tests.corpus.html_pages import mixed, modern, old
from tests.corpus.html_pages.story import STORIES

_PAGES = [
    layout(story, "https://bao.example/a/b.html").encode()
    for layout in (*modern.LAYOUTS, *old.LAYOUTS, *mixed.LAYOUTS)
    for story in STORIES
]
_TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<a href='/x'>", "</a>"),
        *("<h1>", "</h1>", "<img>", "<br>", "<article>", "<b>", "<time>", "<figure>", "<figcaption>"),
        *(
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<meta charset=>",
            "&#0;",
            "&amp;#7871;",
            "Chợ.",
            "5/10/2025",
        ),
    ]
)


def _read(raw: bytes, url: str = "") -> Article | str:
    try:
        return article_of_html(raw, PageContext("trang", url))
    except ImpossibleValueError as error:
        return error.reason


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_are_an_article_or_a_refusal(raw: bytes, url: str) -> None:
    assert _read(raw, url)


@given(st.lists(_TAGS, max_size=60))
def test_any_mark_up_is_an_article_or_a_refusal(tags: list[str]) -> None:
    assert _read(" ".join(tags).encode())


@settings(max_examples=60)
@given(st.sampled_from(_PAGES), st.data())
def test_a_damaged_page_is_an_article_or_a_refusal(page: bytes, data: st.DataObject) -> None:
    raw = bytearray(page[: data.draw(st.integers(0, len(page)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if raw:
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert _read(bytes(raw))


def test_a_page_made_to_be_slow_or_deep_is_read_all_the_same() -> None:
    deep = (
        b"<div>" * 20_000
        + b"Ch\xe1\xbb\xa3 phi\xc3\xaan h\xe1\xbb\x8dp s\xc3\xa1ng ch\xe1\xbb\xa7 nh\xe1\xba\xadt."
    )
    assert _read(deep)
    assert _read(b"<p>" * 50_000)
    assert _read(b"<a href=/x>Ch\xe1\xbb\xa3 phi\xc3\xaan N\xe1\xba\xadm S\xc3\xa0i</a><br>" * 5_000)
    assert _read(b"<table><tr><td>" * 3_000 + b"x" * 500)
