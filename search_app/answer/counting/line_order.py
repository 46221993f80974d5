"""In which order do the lines of a concordance stand, and how are they told apart?"""

from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import partial

import numpy as np

from indexer.counting import ArticleCounts, CountReader, Int64Array, LocatedHits
from indexer.facets import FacetName
from search_app.answer.counting.grouping import Side
from search_app.answer.counting.lines import Context
from search_app.answer.counting.ordering import Level, by_neighbours, select_window, text_ranks

_UNDATED_LAST = np.iinfo(np.int64).max >> 1
_DEPTH = 8
"""Syllables that are compared where the context is the sentence."""
_BATCH = 10_000


class LineSort(StrEnum):
    """The order of lines: by date of publication, by what stands before or after the hit, by source."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LEFT = "left"
    RIGHT = "right"
    SOURCE = "source"


class LineKeys(Collection[str]):
    """What tells each line from all others, in their order: its version, and its place in the text.

    Args:
        places: of the hits that are lines, in the order of the lines.
    """

    def __init__(self, hits: LocatedHits, places: Int64Array) -> None:
        self._hits = hits
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self._places), _BATCH):
            some = self._places[start : start + _BATCH]
            changes = self._hits.articles.changes[self._hits.rows[some]].tolist()
            starts, stops = self._hits.starts[some].tolist(), self._hits.stops[some].tolist()
            yield from (f"{one[0]} {one[1]} {one[2]}" for one in zip(changes, starts, stops, strict=True))

    def __contains__(self, key: object) -> bool:
        return any(one == key for one in self)


def ordered_places(
    counts: CountReader, hits: LocatedHits, sort: LineSort, context: Context, window: tuple[int, int]
) -> Int64Array:
    """The places of the hits of a window of lines, in the order asked for."""
    by_id = partial(_id_ranks, counts, hits)
    return select_window(len(hits), [*_levels(counts, hits, sort, context), by_id], window)


def _levels(counts: CountReader, hits: LocatedHits, sort: LineSort, context: Context) -> list[Level]:
    match sort:
        case LineSort.LEFT | LineSort.RIGHT as side:
            beside = context.left if side is LineSort.LEFT else context.right
            depth = _DEPTH if context.by_sentence else max(beside, 1)
            return by_neighbours(counts, hits, Side(side.value).step, depth)
        case LineSort.SOURCE:
            return [partial(_article_keys, hits, _source_ranks(counts, hits.articles))]
        case _:
            minutes = hits.articles.minutes
            dated = minutes if sort is LineSort.OLDEST else int(minutes.max(initial=0)) - minutes
            keys = np.unique(np.where(minutes > 0, dated, _UNDATED_LAST), return_inverse=True)[1]
            return [partial(_article_keys, hits, keys)]


def _article_keys(hits: LocatedHits, keys: Int64Array, places: Int64Array) -> Int64Array:
    return keys[hits.rows[places]]


def _id_ranks(counts: CountReader, hits: LocatedHits, places: Int64Array) -> Int64Array:
    return counts.id_ranks(hits.articles)[hits.rows[places]]


def _source_ranks(counts: CountReader, articles: ArticleCounts) -> Int64Array:
    """The rank of each article's source in Vietnamese collation; where none is given, after all."""
    column = counts.values(articles, FacetName.SOURCE)
    ranks = text_ranks(column.values)
    given = np.array([bool(value) for value in column.values], np.bool_)
    return np.where(given, ranks, len(ranks))[column.codes]
