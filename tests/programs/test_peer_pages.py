"""Do the pages that ours is measured beside show what they should? Those whose libraries tests have."""

from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.peer_pages import fts5_page, whoosh_page
from benchmarks.peer_pages.texts import row_of
from corpus.article import Article

ARTICLES = [
    Article("a", "Giá vàng hôm nay", "Vàng <b> tăng.", ("Một đoạn.",), source="Báo A", section="Kinh tế"),
    Article("b", "Mùa vàng", paragraphs=("Lúa chín & giá lúa.",), source="Báo B", section="Kinh tế"),
    Article("c", "Trời mưa", paragraphs=("Không có gì.",), source="Báo B", section="Xã hội"),
]
MANY = [Article(f"n{number}", f"Tin số {number}", "Giá vàng.") for number in range(25)]


@pytest.fixture(params=[fts5_page, whoosh_page], ids=["fts5", "whoosh"])
def module(request: pytest.FixtureRequest) -> ModuleType:
    found: ModuleType = request.param
    return found


def _page(module: ModuleType, folder: Path, articles: list[Article], address: str) -> str:
    module.build(folder, articles)
    assert module.held(folder) == len(articles)
    text: str = module.app(str(folder)).test_client().get(address).get_data(as_text=True)
    return text


@pytest.mark.parametrize(
    ("query", "total"), [("vàng", 2), ("GIÁ", 2), ("giá vàng", 2), ("vang", 0), ("lúa", 1)]
)
def test_all_words_are_wanted_and_marks_are_kept(
    module: ModuleType, tmp_path: Path, query: str, total: int
) -> None:
    assert module.total(_page(module, tmp_path, ARTICLES, module.path(query))) == total


def test_facets_count_what_is_found(module: ModuleType, tmp_path: Path) -> None:
    page = _page(module, tmp_path, ARTICLES, module.path("giá vàng"))
    assert ">Kinh tế</a> 2" in page
    assert ">Báo A</a> 1" in page
    assert "Xã hội" not in page


def test_a_snippet_is_escaped_around_its_marks(module: ModuleType, tmp_path: Path) -> None:
    page = _page(module, tmp_path, ARTICLES, module.path("tăng"))
    assert "Vàng &lt;b&gt; <" in page
    assert ">tăng</" in page


def test_the_next_page_has_the_next_results(module: ModuleType, tmp_path: Path) -> None:
    page = _page(module, tmp_path, MANY, f"{module.path('giá')}&page=3")
    assert module.total(page) == len(MANY)
    assert page.count("<h3>") == len(MANY) - 20
    assert '<a href="/?q=gi%C3%A1&amp;page=2">2</a>' in page


def test_letters_are_composed_for_every_peer() -> None:
    assert row_of(Article("d", "Gia\u0301", "Va\u0300ng")).title == "Giá"
