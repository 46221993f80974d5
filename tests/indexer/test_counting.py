"""What both engines count is the same: articles, hits, neighbours, windows, items; on random histories."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
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
from indexer.engine import AnalysedArticle
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.places import Zone
from indexer.query import Dates, FacetFilter, Question
from indexer.story_numbers import StoryNumbers
from tests.examples import examples
from tests.indexer.articles import drawn_articles, drawn_queries

IDS = [f"bài-{number}" for number in range(6)]

histories = st.lists(
    st.sampled_from(IDS).flatmap(drawn_articles) | st.sampled_from(IDS) | st.none(), min_size=1, max_size=12
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
        for before, after in [(1, 1), (0, 2), (3, 0)]:
            near = counts.nearby(hits, Window(before, after, unit), text)
            said.append(sorted(zip(near.texts_of(near.keys), near.counts.tolist(), strict=True)))
        for length in (1, 2, 3):
            items = counts.items(hits.articles, text, unit, length)
            said.append(
                (items.total, sorted(zip(items.texts_of(items.keys), items.counts.tolist(), strict=True)))
            )
    return said


@given(
    history=histories,
    asked=st.lists(st.tuples(questions, texts), min_size=1, max_size=3),
    stories=st.dictionaries(st.integers(1, 12), st.integers(0, 2), max_size=9),
)
@settings(max_examples=examples(150))
def test_engines_count_alike(
    history: Sequence[AnalysedArticle | str | None],
    asked: list[tuple[Question, CountedText]],
    stories: dict[int, int],
) -> None:
    numbers, index = StoryNumbers.of(stories), MemoryIndex()
    with tempfile.TemporaryDirectory() as folder:
        writers = (MemoryWriter(index), WhooshWriter(Path(folder) / "0001"))
        for number, step in enumerate([*history, None], 1):
            for writer in writers:
                if step is None:
                    writer.commit(number)
                elif isinstance(step, str):
                    writer.remove(step)
                else:
                    writer.add(replace(step, change=number))
        reader = WhooshReader(Path(folder) / "0001", stories=numbers)
        memory = MemoryReader(index, numbers).counts()
        whoosh = reader.counts()
        assert whoosh is not None
        for question, text in asked:
            assert answers(whoosh, question, text) == answers(memory, question, text)
        reader.close()


if __name__ == "__main__":
    pytest.main([__file__])
