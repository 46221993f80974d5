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
from tests.relevance.gate import DEPTH, judged_queries, sample_service

MORE = ("du lich khong phai quoc te ha noi", "Ai là chủ tịch nước Việt Nam")
"""Several units of many words without marks; a question with a name."""

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
    queries = [*dict.fromkeys(one.query for one in judged_queries()), *MORE]
    return {query: [(hit.id, hit.score) for hit in ask(Selection(query), DEPTH)] for query in queries}


@pytest.mark.slow
@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda one: one.label)
def test_evidence_is_left_out_and_comes_back(evidence: Evidence, folder: Path, whole: Answers) -> None:
    with without(evidence):
        assert answers(folder) != whole
    assert answers(folder) == whole


def test_a_value_is_replaced_wherever_it_was_imported() -> None:
    before = proximity.WINDOW_BOOST
    with without(Evidence("window", (Setting("indexer.proximity", "WINDOW_BOOST", 0.0),))):
        assert (proximity.WINDOW_BOOST, ranking_loops.WINDOW_BOOST) == (0.0, 0.0)
    assert (proximity.WINDOW_BOOST, ranking_loops.WINDOW_BOOST) == (before, before)


def test_a_name_that_is_gone_is_said() -> None:
    gone = Evidence("gone", (Setting("indexer.proximity", "NO_SUCH_NAME", 0.0),))
    with pytest.raises(LookupError, match="NO_SUCH_NAME"), without(gone):
        pass
