"""The best article still comes first: floors of MRR@10 over the sample corpus, through the service."""

import json
from pathlib import Path

import pytest

from search_app.answer.selection import Selection
from search_app.answer.service import Service
from tests.relevance import gate
from tests.relevance.gate import FLOORS, data_hash, figures, judged_queries, rank, sample_service

AT_LEAST = 40


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return sample_service(tmp_path_factory.mktemp("relevance"))


def test_the_floors_are_of_these_queries_and_this_corpus() -> None:
    """Where either is changed, look at the figures and pin them: python -m tests.relevance.gate --pin."""
    assert json.loads(FLOORS.read_text("utf-8"))["data_sha256"] == data_hash()


@pytest.mark.slow
def test_no_group_of_queries_falls_below_its_floor(service: Service) -> None:
    judged = judged_queries()
    assert len(judged) >= AT_LEAST
    floors = json.loads(FLOORS.read_text("utf-8"))["mrr_at_10"]
    ranks = {one: rank(service, one) for one in judged}
    found = figures(ranks)
    below = {name: (found.get(name), floor) for name, floor in floors.items() if found.get(name, 0) < floor}
    not_first = [f"{one.query}: {place or 'not found'}" for one, place in ranks.items() if place != 1]
    assert not below, f"found, floor: {below}; not first: {not_first}"
    assert set(found) == set(floors)


@pytest.mark.slow
def test_decomposed_queries_are_answered_alike(service: Service) -> None:
    for one in judged_queries():
        typed, decomposed = (
            service.exporting.ranked(Selection(query), 100) for query in (one.query, one.decomposed.query)
        )
        assert [(hit.id, hit.score) for hit in typed] == [(hit.id, hit.score) for hit in decomposed], (
            one.query
        )


def test_a_floor_is_lowered_only_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "FLOORS", kept)
    gate.pin({"all": 0.9}, "")
    with pytest.raises(SystemExit, match="below the floor"):
        gate.pin({"all": 0.8}, "")
    assert json.loads(kept.read_text("utf-8"))["mrr_at_10"] == {"all": 0.9}
    gate.pin({"all": 0.8}, "another rule of ranking")
    found = json.loads(kept.read_text("utf-8"))
    assert found["mrr_at_10"] == {"all": 0.8}
    assert found["lowered"] == ["all: another rule of ranking"]
    gate.pin({"all": 0.95}, "")
    assert json.loads(kept.read_text("utf-8"))["lowered"] == ["all: another rule of ranking"]
