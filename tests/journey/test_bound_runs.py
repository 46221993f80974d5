"""The staff's own tables of runs change how a query is cut, and so what it finds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.settings import Settings
from tests.journey.command import khobao

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bound")
    assert khobao(folder, "add", SAMPLE).code == 0
    return folder


def totals(data: Path) -> Callable[[str], int]:
    """How many articles match a query, by a service that starts now."""
    searching = open_service(Settings(data)).searching
    return lambda query: searching.page(SearchRequest(Selection(query))).total


def test_a_bound_run_must_stand_together_and_one_that_is_never_bound_need_not(data: Path) -> None:
    before = totals(data)
    apart, together = before("giá vàng"), before("học sinh")
    names = data / "names"
    names.mkdir()
    (names / "ours.tsv").write_text("bind\tsource\ngiá vàng\tours\n", "utf-8")
    (names / "apart.tsv").write_text("never_bind\tsource\nhọc sinh\tours\n", "utf-8")
    after = totals(data)
    assert 0 < after("giá vàng") == after("giá_vàng") == before("giá_vàng") < apart
    assert after("học sinh") == before("học AND sinh") > together == after("học_sinh")
    assert khobao(data, "units", "gia vang").out == "[gia vang] is bound by the archive's own table\n"
    assert khobao(data, "units", "học sinh").out == "[học] stands by itself\n[sinh] stands by itself\n"
