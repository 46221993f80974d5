"""The Whoosh engine answers as the oracle does: ids, order, scores, totals, facets, contents."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import AnalysedArticle, Hit, IndexWriter, Results
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.query import Dates, FacetFilter, Question, Sort
from indexer.request_cache import MAX_BYTES, request_cache
from indexer.story_numbers import StoryNumbers
from tests.examples import examples
from tests.indexer.articles import drawn_articles, drawn_queries

IDS = [f"bài-{number}" for number in range(6)]
Step = AnalysedArticle | str | None
"""An article to add, an id to remove, or a commit."""

steps = st.lists(
    st.sampled_from(IDS).flatmap(drawn_articles) | st.sampled_from(IDS) | st.none(), min_size=1, max_size=14
)
choices = st.lists(
    st.builds(
        FacetFilter,
        st.just(FacetName.SOURCE),
        st.sampled_from([("Tuổi Trẻ",), ("", "Báo Sông Hồng"), ("không có",)]),
    )
    | st.builds(FacetFilter, st.just(FacetName.MONTH), st.just(("2013-05", "")))
    | st.builds(FacetFilter, st.just(FacetName.SECTION), st.just(("Kinh tế", "")), st.just(value=True))
    | st.builds(
        FacetFilter,
        st.sampled_from([FacetName.AUTHOR, FacetName.TAG]),
        st.sampled_from([("LÀO CAI", "Nguyễn Văn A"), ("hoà", ""), ("",), ("không có", "Trần B")]),
        st.booleans(),
    ),
    max_size=2,
    unique_by=lambda one: one.facet,
).map(tuple)
questions = st.builds(
    Question,
    query=drawn_queries(),
    filters=choices,
    dates=st.just(Dates(None, None)),
    sort=st.sampled_from(Sort),
    facets=st.just(tuple(FacetName)),
    offset=st.sampled_from([0, 0, 1, 3]),
    size=st.sampled_from([0, 1, 3, 50]),
    occurrences=st.booleans(),
    expanded=st.booleans(),
    readings=st.booleans(),
    date_histogram=st.booleans(),
    stories=st.booleans(),
    collapse_stories=st.booleans(),
    first_tier_only=st.booleans(),
    most_values=st.sampled_from([None, 0, 1, 2]),
    count_hits=st.booleans(),
    once=st.booleans(),
)
stories = (
    st.dictionaries(st.integers(1, 14), st.integers(0, 3), max_size=14)
    .flatmap(lambda drawn: st.permutations(list(drawn.items())))
    .map(lambda pairs: StoryNumbers.of(dict(pairs)))
)
"""Which changes, as ``apply`` counts them, are of which story, in any order of printing."""

CHEAP, DEAR = 0, 1 << 20
WAYS: dict[str, dict[str, int]] = {
    "as small indexes are searched": {},
    "looked up one by one": {
        "occurrences.SEARCH_COST": CHEAP,
        "matching.SEARCH_COST": CHEAP,
        "occurrences._STRIDE_COST": CHEAP,
        "occurrences._FEWER": 0,
        "segment_matches._COMMON": 0,
    },
    "on whole arrays": {
        "occurrences.SEARCH_COST": DEAR,
        "matching.SEARCH_COST": DEAR,
        "occurrences._STRIDE_COST": DEAR,
        "segment_matches._COMMON": DEAR,
        "segment_answer._SCORED": -1,
        "score_bounds._HEIGHT": 2,
        "matching._FEW": 0,
        "spot_intersection._SIEVE": 4,
        "place_bits.MAX_PLACES": 0,
        "occurrences._FEWER": DEAR,
        "occurrences._RUN_COST": 0,
        "occurrences._PIECE": 2,
        "matching._NEARLY_ALL": 0,
        "top_k._MANY": 0,
        "top_k._BLOCK": 2,
    },
    "bounded before they are scored": {
        "segment_matches._COMMON": 3,
        "segment_answer._SCORED": -1,
        "score_bounds._HEIGHT": 1,
        "score_bounds._NARROW": 0,
        "evaluation.RERANK_DEPTH": 2,
    },
    "in bits of places": {
        "occurrences._FEWER": DEAR,
        "occurrences._RUN_COST": 0,
        "occurrences._PIECE": 2,
        "place_bits._PIECE": 2,
        "place_bits._COARSE": 3,
        "place_pairs._MOST": -1,
        "segments._POSTINGS": 2,
        "short_prefixes.MIN_TERMS": 1,
        "request_cache._FREQUENT_AFTER": 0,
    },
    "in places that are sorted together": {
        "occurrences._FEWER": DEAR,
        "occurrences._RUN_COST": 0,
        "occurrences._PIECE": 2,
    },
    "with two articles to look for neighbours in": {"evaluation.RERANK_DEPTH": 2},
}
"""What an engine chooses by size, forced: whichever way it takes, the answer is the same."""

SHARED = {"request_cache._FREQUENT_AFTER"}
"""What is chosen for several questions of one request: they are asked so."""


def apply(writer: IndexWriter, plan: list[Step]) -> None:
    """Does the steps, and commits at the end; each version has a change of its own, as in an archive."""
    for number, step in enumerate(plan):
        match step:
            case AnalysedArticle():
                writer.add(replace(step, change=number + 1))
            case str():
                writer.remove(step)
            case None:
                writer.commit(number)
    writer.commit(len(plan))


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=steps, asked=st.lists(questions, min_size=5, max_size=12), numbers=stories)
def test_whoosh_answers_as_the_oracle(
    way: str, plan: list[Step], asked: list[Question], numbers: StoryNumbers
) -> None:
    """Over any history of additions, replacements, removals and commits, any stories, and any question."""
    with pytest.MonkeyPatch.context() as patching:
        for name, value in WAYS[way].items():
            patching.setattr(f"indexer.{'' if name in SHARED else 'engines.whoosh.'}{name}", value)
            if name == "evaluation.RERANK_DEPTH":
                patching.setattr("indexer.engines.memory.reader.RERANK_DEPTH", value)
        with request_cache(MAX_BYTES if SHARED & WAYS[way].keys() else 0):
            _check(plan, asked, numbers)


def _check(plan: list[Step], asked: list[Question], numbers: StoryNumbers) -> None:
    oracle = MemoryIndex()
    apply(MemoryWriter(oracle), plan)
    with tempfile.TemporaryDirectory() as folder:
        writer = WhooshWriter(Path(folder) / "0001")
        apply(writer, plan)
        reader = WhooshReader(Path(folder) / "0001", stories=numbers)
        try:
            assert MemoryReader(oracle).contents() == reader.contents()
            for question in asked:
                right, found = MemoryReader(oracle, numbers).search(question), reader.search(question)
                assert right == found
                assert _spans(right) == _spans(found)
                for one in IDS:
                    assert MemoryReader(oracle).explain(question, one) == reader.explain(question, one)
                assert [_standing(hit) for hit in right.hits] == [_standing(hit) for hit in found.hits]
        finally:
            reader.close()


def _spans(results: Results) -> dict[tuple[int, int], int] | None:
    """When the articles were published, as values that compare."""
    return None if results.date_histogram is None else results.date_histogram.by_span()


def _standing(hit: Hit) -> tuple[object, ...] | None:
    """Where a hit's syllables stand, as values that compare."""
    one = hit.occurrences
    return None if one is None else (one.change, one.places, one.spans.tolist())
