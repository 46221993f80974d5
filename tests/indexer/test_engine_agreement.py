"""The Whoosh engine answers as the oracle does: ids, order, scores, totals, facets, contents."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import AnalysedArticle, IndexWriter
from indexer.engines.memory import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Chosen, Dates, FacetName, Question, Sort
from tests.indexer.articles import drawn_articles, drawn_queries

IDS = [f"bài-{number}" for number in range(6)]
Step = AnalysedArticle | str | None
"""An article to add, an id to remove, or a commit."""

steps = st.lists(
    st.sampled_from(IDS).flatmap(drawn_articles) | st.sampled_from(IDS) | st.none(), min_size=1, max_size=14
)
choices = st.lists(
    st.builds(
        Chosen,
        st.just(FacetName.SOURCE),
        st.sampled_from([("Tuổi Trẻ",), ("", "Báo Sông Hồng"), ("không có",)]),
    )
    | st.builds(Chosen, st.just(FacetName.MONTH), st.just(("2013-05", ""))),
    max_size=2,
    unique_by=lambda one: one.facet,
).map(tuple)
questions = st.builds(
    Question,
    query=drawn_queries(),
    chosen=choices,
    dates=st.just(Dates(None, None)),
    sort=st.sampled_from(Sort),
    facets=st.just(tuple(FacetName)),
    offset=st.sampled_from([0, 0, 1, 3]),
    size=st.sampled_from([1, 3, 50]),
)


def apply(writer: IndexWriter, plan: list[Step]) -> None:
    """Does the steps, and commits at the end."""
    for number, step in enumerate(plan):
        match step:
            case AnalysedArticle():
                writer.add(step)
            case str():
                writer.remove(step)
            case None:
                writer.commit(number)
    writer.commit(len(plan))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(plan=steps, asked=st.lists(questions, min_size=5, max_size=12))
def test_whoosh_answers_as_the_oracle(plan: list[Step], asked: list[Question]) -> None:
    """Over any history of additions, replacements, removals and commits, and any question."""
    oracle = MemoryIndex()
    apply(MemoryWriter(oracle), plan)
    with tempfile.TemporaryDirectory() as folder:
        writer = WhooshWriter(Path(folder) / "0001")
        apply(writer, plan)
        reader = WhooshReader(Path(folder) / "0001")
        try:
            assert MemoryReader(oracle).contents() == reader.contents()
            for question in asked:
                assert MemoryReader(oracle).search(question) == reader.search(question)
        finally:
            reader.close()
