"""Scores of answers: means, what is ahead, what is a part of clean, and whether runs are kept whole."""

from pathlib import Path

import pytest

from benchmarks.relevance.runs import Run
from benchmarks.relevance.scores import Scores, difference, different, ratio
from benchmarks.relevance.sets import MEASURES, MRR, SETS, queries_of
from tests.shared import shared

CLEAN = {"a": ["x", "y"], "b": ["y"], "c": []}


def scores(name: str, rankings: dict[str, list[str]], values: dict[str, float]) -> Scores:
    return Scores(name, rankings, dict.fromkeys(rankings, 2.0), dict.fromkeys(MEASURES, values))


def test_means_errors_and_what_found_nothing() -> None:
    found = scores("clean", CLEAN, {"a": 1.0, "b": 0.5, "c": 0.0})
    assert found.mean(MRR) == pytest.approx(0.5)
    assert found.error(MRR) == pytest.approx(0.5 / 3**0.5)
    assert found.nothing == 1
    assert found.timing.p95 == 2.0
    assert found.only({"a": 0}).mean(MRR) == 1.0


def test_a_difference_is_of_the_queries_that_both_were_asked() -> None:
    ours = scores("ours", CLEAN, {"a": 1.0, "b": 0.5, "c": 0.0})
    theirs = scores("theirs", {"a": ["x"], "b": ["x"]}, {"a": 0.5, "b": 0.5})
    assert difference(ours, theirs, MRR) == pytest.approx((0.25, 0.25))


def test_a_part_of_clean_lies_within_its_interval() -> None:
    clean = scores("clean", CLEAN, {"a": 1.0, "b": 1.0, "c": 1.0})
    part, low, high = ratio(scores("typo", CLEAN, {"a": 1.0, "b": 0.5, "c": 0.0}), clean, MRR)
    assert part == pytest.approx(0.5)
    assert low <= part <= high


def test_answers_differ_down_to_the_last_result() -> None:
    clean = scores("clean", CLEAN, dict.fromkeys(CLEAN, 1.0))
    other = scores("nfd", CLEAN | {"a": ["y", "x"]}, dict.fromkeys(CLEAN, 1.0))
    assert different(clean, clean) == []
    assert different(other, clean) == ["a"]


def test_a_run_is_read_as_it_was_written_and_under_its_stamp_only(tmp_path: Path) -> None:
    run, times_ms = Run(tmp_path, "FTS5 marks", "set"), dict.fromkeys(CLEAN, 1.5)
    assert run.read() == ({}, {})
    run.write(CLEAN, times_ms, {"version": "1"})
    assert run.read({"version": "1"}) == (CLEAN, times_ms)
    assert run.read({"version": "2"}) == ({}, {})
    assert run.path.read_text("utf-8").splitlines()[1] == "a Q0 y 2 0.500000 FTS5-marks"


def test_a_set_and_its_variants_draw_the_same_queries() -> None:
    shared("relevance")
    clean, variant = SETS["known-item-title"], SETS["known-item-title-telex"]
    assert variant.clean == clean.name
    assert list(queries_of(clean, 50)) == list(queries_of(variant, 50))
    assert len(queries_of(clean, 50)) == 50
    assert list(queries_of(clean)) == list(queries_of(variant))
