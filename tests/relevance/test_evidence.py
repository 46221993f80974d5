"""Leaving evidence out changes answers, and afterwards all is as it was."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.relevance.evidence import EVIDENCE, Evidence, Setting, without
from indexer import proximity
from indexer.engines.whoosh import ranking_loops
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.settings import Settings
from tests.relevance.gate import DEPTH, sample_service

QUERIES = (
    "vì sao nước biển đổi màu",
    "ruộng bậc thang Mù Cang Chải",
    "ruoongj baacj thang",
    "cho noi cai rang",
)
"""A question, a name with capitals and another spelling, a few words once corrected, many without marks."""

Answers = Mapping[str, list[tuple[str, float]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("evidence")
    sample_service(found)
    return found


@pytest.fixture(scope="module")
def whole(folder: Path) -> Answers:
    return answers(folder)


def answers(folder: Path) -> Answers:
    ask = open_service(Settings(folder)).exporting.ranked
    return {query: [(hit.id, hit.score) for hit in ask(Selection(query), DEPTH)] for query in QUERIES}


@pytest.mark.slow
@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda one: one.label)
def test_evidence_is_left_out_and_comes_back(evidence: Evidence, folder: Path, whole: Answers) -> None:
    with without(evidence):
        assert answers(folder) != whole
    assert answers(folder) == whole


def test_a_value_is_replaced_wherever_it_was_imported() -> None:
    before = proximity.WINDOW_BOOST
    assert before > 0
    with without(Evidence("window", (Setting("indexer.proximity", "WINDOW_BOOST", 0.0),))):
        assert {module.WINDOW_BOOST for module in (proximity, ranking_loops)} == {0.0}
    assert {module.WINDOW_BOOST for module in (proximity, ranking_loops)} == {before}


def test_a_name_that_is_gone_is_said() -> None:
    gone = Evidence("gone", (Setting("indexer.proximity", "NO_SUCH_NAME", 0.0),))
    with pytest.raises(LookupError, match="NO_SUCH_NAME"), without(gone):
        pass
