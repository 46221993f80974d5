"""Real pages: five articles whole, two lists refused, nothing lost that trafilatura finds."""

import re
from pathlib import Path

import pytest
import trafilatura

from corpus.article import Article
from corpus.cleaning.lines import comparison_key
from corpus.errors import ImpossibleValueError
from corpus.readers.html.article import PageContext, article_of_html
from tests.corpus.html_pages import mixed, modern, old
from tests.corpus.html_pages.story import PROMISED, STORIES, TEASERS

_REAL = [  # file, source, section, authors, published, paragraphs, captions
    ("cafef", "CafeF", "Thị trường chứng khoán", ("Dương Ngọc",), "2026-03-07T00:01+07:00", 12, 0),
    ("dantri", "Dân trí", "Kinh doanh", ("Tri Túc",), "2026-03-07T08:07+07:00", 12, 0),
    ("nld", "NLĐ", "Kinh tế", ("Minh Chiến",), "2026-03-07T08:06+07:00", 19, 2),
    ("tuoitre", "Tuổi Trẻ", "Kinh doanh", ("NHẬT XUÂN", "NGHI VŨ"), "2026-03-07T08:01+07:00", 26, 2),
    ("vnexpress", "VnExpress", "Kinh doanh", ("Hà Thu",), "2026-03-07T00:05+07:00", 28, 2),
]


def _page(shared: Path, name: str) -> bytes:
    return (shared / "pages" / f"{name}.html").read_bytes()


def _read(raw: bytes) -> Article:
    return article_of_html(raw, PageContext("trang"))


@pytest.mark.parametrize(
    ("name", "source", "section", "authors", "published", "paragraphs", "captions"),
    _REAL,
    ids=[r[0] for r in _REAL],
)
def test_a_real_article_comes_out_whole(
    shared: Path, name: str, source: str, section: str, authors: tuple[str, ...], published: str,
    paragraphs: int, captions: int,
) -> None:  # fmt: skip
    article = _read(_page(shared, f"{name}_article"))
    assert (article.source, article.section, article.authors) == (source, section, authors)
    assert article.published.text == published
    assert (len(article.paragraphs), len(article.captions)) == (paragraphs, captions)
    assert not re.match(r"\(|[A-ZĐ]+ -", article.lede)
    assert article.url.startswith("https://")
    assert article.tags


@pytest.mark.parametrize("name", [row[0] for row in _REAL])
def test_nothing_of_a_real_article_that_another_reader_finds_is_lost(shared: Path, name: str) -> None:
    """Another reader's lines of some length are all among ours, beside the text or in it."""
    raw = _page(shared, f"{name}_article")
    article = _read(raw)
    ours = comparison_key(" ".join((article.title, article.lede, *article.paragraphs, *article.related)))
    theirs = (trafilatura.extract(raw, include_comments=False) or "").splitlines()
    letters = re.sub(r"\W", "", ours)
    long_ones = [line for line in theirs if len(line) > 60]
    assert len(long_ones) > 8
    assert [line for line in long_ones if re.sub(r"\W", "", comparison_key(line))[8:] not in letters] == []


@pytest.mark.parametrize("name", ["tuoitre_list", "vnexpress_list"])
def test_a_real_list_is_refused(shared: Path, name: str) -> None:
    with pytest.raises(ImpossibleValueError) as refused:
        _read(_page(shared, name))
    assert refused.value.reason == "not-an-article"


def test_the_way_through_the_tree_is_better_than_trafilatura_alone() -> None:
    """Why trafilatura is what we measure against and not the reader; docs/measurements.md has the figures."""
    wanted = found = leaked = 0
    for layout in (*modern.LAYOUTS, *old.LAYOUTS, *mixed.LAYOUTS):
        for story in STORIES:
            text = (
                trafilatura.extract(layout(story, "https://bao.example/a/b.html"), include_comments=False)
                or ""
            )
            parts = (story.lede, *story.paragraphs)
            wanted, found = wanted + len(parts), found + sum(part in text for part in parts)
            leaked += sum(line in text for teaser in TEASERS for line in teaser) + (PROMISED in text)
    assert wanted == 324
    assert found < wanted
    assert leaked > 0
