"""A small archive is cut by the word model; what it joins is a unit only if an article holds it."""

import pytest

from corpus.archive import Archive
from indexer.build import build
from indexer.query import Match
from indexer.units.unit_cut import NOTHING_GIVEN
from search_app.bootstrap import index_writer, open_cutter
from search_app.query.units.by_model import cut_by_model
from search_app.query.units.cutter import CorpusCutter
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.units.tables import bracketed, loose


@pytest.fixture(scope="module")
def cutter(tmp_path_factory: pytest.TempPathFactory) -> CorpusCutter:
    """The cutter of an archive with one article, as the service has it."""
    data = Settings(tmp_path_factory.mktemp("small"))
    with Archive(data.archive) as archive, index_writer(data) as writer:
        archive.store([reading(title="Sinh viên xem bóng đá", lede="Bộ trưởng cũng đến.")])
        build(archive, writer, lambda _done, _total: None, workers=0)
    return open_cutter(data)


@pytest.mark.parametrize(
    ("units", "rule"),
    [
        ("[sinh viên]", "an article holds it"),
        ("[sinh] [viện]", "none does, though the model joins it: sinh may lack its tone"),
        ("[bộ trưởng]", "an article holds it"),
        ("[bộ] [trương]", "it may be bộ trưởng, half typed"),
        ("[hiệu] [trưởng]", "no article holds it, though the model joins it"),
        ("[bóng] [da]", "neither the model nor an article joins it"),
    ],
)
def test_what_the_model_joins_is_a_unit_if_an_article_holds_it(
    cutter: CorpusCutter, units: str, rule: str
) -> None:
    text = units.replace("[", "").replace("]", "")
    assert bracketed(text, cutter.current()(loose(text))) == units, rule


def test_only_what_the_model_joins_is_asked_of_the_index() -> None:
    asked: list[str] = []

    def holds(match: Match) -> bool:
        asked.append(match.label)
        return match.label == "bộ trưởng"

    cut = cut_by_model(loose("bộ trưởng gặp sinh viên"), NOTHING_GIVEN, holds)
    assert (cut.lengths, sorted(asked)) == ((2, 1, 1, 1), ["bộ trưởng", "sinh viên"])
