"""What both engines count is the same: articles, hits, neighbours, windows, items; on random histories."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.counting import (
    EDGE,
    ArticleCounts,
    CountedText,
    CountReader,
    LocatedHits,
    TokenUnit,
    Window,
)
from indexer.engine import AnalysedArticle, IndexWriter
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.pin import PinnedVersions
from indexer.places import Zone
from indexer.query import Dates, FacetFilter, Question
from indexer.story_numbers import StoryNumbers
from tests.examples import examples
from tests.indexer.articles import analysed, article, drawn_articles, drawn_queries

IDS = [f"bài-{number}" for number in range(6)]

PHASES = [phase for phase in Phase if phase is not Phase.explain]
Step = AnalysedArticle | str | None
"""An article to add, an id to remove, or a commit."""


@st.composite
def begins_with_its_lede(draw: st.DrawFn, article_id: str) -> AnalysedArticle:
    """An article whose body repeats its lede, and may go on."""
    lede, more = "lào cai học", draw(st.sampled_from(["", " sinh lào cai", "\nhọc sinh"]))
    return analysed(article(article_id, "Lào Cai", lede + more, lede=lede), joined="lào cai, học sinh")


histories: st.SearchStrategy[list[Step]] = st.lists(
    st.sampled_from(IDS).flatmap(drawn_articles)
    | st.sampled_from(IDS).flatmap(begins_with_its_lede)
    | st.sampled_from(IDS)
    | st.none(),
    min_size=1,
    max_size=12,
)
texts = st.builds(
    CountedText,
    st.sampled_from([frozenset(Zone), frozenset({Zone.TITLE}), frozenset({Zone.LEDE, Zone.BODY})]),
    st.booleans(),
)
questions = st.builds(
    Question,
    drawn_queries(),
    st.just(()) | st.just((FacetFilter(FacetName.SOURCE, ("Tuổi Trẻ",)),)),
    st.just(Dates(None, None)),
)


def counted(articles: ArticleCounts) -> list[tuple[object, ...]]:
    """The articles in the order of their versions."""
    order = np.argsort(articles.changes, kind="stable")
    names = [name for name in ArticleCounts.__slots__ if name != "numbers"]
    return list(zip(*(getattr(articles, name)[order].tolist() for name in names), strict=True))


def located(hits: LocatedHits) -> list[tuple[int, int, int]]:
    changes = hits.articles.changes[hits.rows]
    return sorted(zip(changes.tolist(), hits.starts.tolist(), hits.stops.tolist(), strict=True))


def answers(counts: CountReader, question: Question, text: CountedText) -> list[object]:
    """All that is counted of a question, in a form that does not depend on the engine."""
    hits = counts.hits(question, text)
    said: list[object] = [counted(counts.articles(question, text)), counted(hits.articles), located(hits)]
    ids = counts.ids(hits.articles)
    by_rank = [ids[row] for row in np.argsort(counts.id_ranks(hits.articles)).tolist()]
    said.append((by_rank, by_rank == sorted(ids)))
    column = counts.values(hits.articles, FacetName.SOURCE)
    pairs = zip(hits.articles.changes.tolist(), column.codes.tolist(), strict=True)
    said.append(sorted((change, column.values[code]) for change, code in pairs))
    order = np.lexsort((hits.stops, hits.starts, hits.articles.changes[hits.rows]))
    spans = counts.spans(hits)
    said.append(
        [
            (one.change, one.start, one.stop, one.first, one.last, one.spans.tolist())
            for one in (spans[place] for place in order.tolist())
        ]
    )
    for unit in TokenUnit:
        beside = counts.neighbours(hits, [-2, -1, 1, 3], unit)
        known = [key for key in np.unique(beside.keys).tolist() if key != EDGE]
        names = dict(zip(known, beside.texts_of(np.array(known, np.int64)), strict=True)) | {EDGE: ""}
        said.append([[names[key] for key in beside.keys[place].tolist()] for place in order.tolist()])
        distinct, codes = beside.numbered()
        assert sorted(distinct.tolist()) == known
        assert np.array_equal(np.append(distinct, EDGE)[codes], beside.keys)
        for before, after in [(1, 1), (0, 2), (3, 0)]:
            near = counts.nearby(hits, Window(before, after, unit), text)
            said.append(sorted(zip(near.texts_of(near.keys), near.counts.tolist(), strict=True)))
        for length, least in ((1, 1), (1, 2), (2, 1), (2, 2), (3, 3)):
            items = counts.items(hits.articles, text, unit, length, at_least=least)
            said.append(
                (items.total, sorted(zip(items.texts_of(items.keys), items.counts.tolist(), strict=True)))
            )
    return said


WAYS: dict[str, dict[str, object]] = {
    "as it is": {},
    "by numpy": {"kernels.forward.ForwardView.is_usable": False},
    "by numpy, two articles at a time": {
        "kernels.forward.ForwardView.is_usable": False,
        "engines.whoosh.forward_reader._LAID_OUT": 2,
        "engines.whoosh.counting._LAID_OUT": 1,
    },
    "in many segments, some articles at a time": {
        "engines.whoosh.merging.ALWAYS_MERGED_BELOW": 0,
        "engines.whoosh.forward_reader._AT_A_TIME": 2,
        "engines.whoosh.forward_list._AT_A_TIME": 1,
        "kernels.forward._FEW": 0,
    },
    "with tables that grow": {"kernels.forward._SMALLEST": 1},
    "with runs of units that are shared out": {"engines.whoosh.counting._SYLLABLES": 5},
    "with runs that numpy shares out": {
        "engines.whoosh.counting._SYLLABLES": 5,
        "kernels.forward.ForwardView.is_usable": False,
    },
    "with nothing kept": {"engines.whoosh.forward_reader._KEPT": 0},
}
"""What the engine chooses by size or by machine, forced: it counts the same."""


def apply(writer: IndexWriter, history: Sequence[Step]) -> None:
    """Does the steps; each version has a change of its own, as in an archive."""
    for number, step in enumerate([*history, None], 1):
        if step is None:
            writer.commit(number)
        elif isinstance(step, str):
            writer.remove(step)
        else:
            writer.add(replace(step, change=number))
    writer.close()


@pytest.mark.parametrize("way", WAYS)
@given(
    history=histories,
    asked=st.lists(st.tuples(questions, texts), min_size=1, max_size=3),
    stories=st.dictionaries(st.integers(1, 12), st.integers(0, 2), max_size=9),
    absent=st.frozensets(st.integers(1, 12), max_size=4),
)
@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES
)
def test_engines_count_alike(
    way: str,
    history: Sequence[Step],
    asked: list[tuple[Question, CountedText]],
    stories: dict[int, int],
    absent: frozenset[int],
) -> None:
    """In the state that is, in one of some versions alone, and as it was before some came."""
    numbers, index = StoryNumbers.of(stories), MemoryIndex()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patching:
        for name, value in WAYS[way].items():
            patching.setattr(f"indexer.{name}", value)
        apply(MemoryWriter(index), history)
        apply(WhooshWriter(Path(folder) / "0001"), history)
        reader, right = WhooshReader(Path(folder) / "0001", stories=numbers), MemoryReader(index, numbers)
        assert reader.damage() == ()
        for found, expected in (
            (reader, right),
            (reader.only(absent), right.only(absent)),
            (reader.pinned(PinnedVersions(9, absent)), right.pinned(PinnedVersions(9, absent))),
        ):
            whoosh, memory = found.counts(), expected.counts()
            assert whoosh is not None
            for question, text in asked:
                assert answers(whoosh, question, text) == answers(memory, question, text)
        reader.close()
