"""Which reprints make one story? Those that were verified against its first article.

The articles are visited from the first published to the last. An article that is in no story yet begins one,
and is compared with every later article that is a candidate (it shares an LSH band) and is in none; its
reprints join. So each member of a story is a reprint of its first article, chains of small changes end where
the text is no longer that of the first, and the stories depend on the articles alone, not on the order in
which they were imported. Each of a thousand prints of one text is compared once, with the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.stories.rows import ArticleRows, Int64Array

TextPair = tuple[int, int]
"""The numbers of two texts, the lesser first."""

Compare = Callable[[int, list[int]], list[bool]]
"""Whether each text of some rows is a reprint of the text of the row given first."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """S stories of two articles or more.

    Attributes:
        clusters: of each story the rows, the first published first.
        comparisons: for each pair of texts that was compared, whether they are reprints of each other.
    """

    clusters: list[list[int]]
    comparisons: dict[TextPair, bool]


class _Buckets(NamedTuple):
    """Hash buckets of rows: ``rows[starts[bucket] : starts[bucket + 1]]`` share one band or text."""

    rows: Int64Array
    starts: Int64Array
    of_row: Mapping[int, list[int]]


def cluster(rows: ArticleRows, known: Mapping[TextPair, bool], compare: Compare) -> Clustering:
    """The stories of all rows; ``known`` comparisons are not made again."""
    buckets = _bucketed(rows)
    order = rows.order()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    free = np.ones(len(order), np.bool_)
    clustering = Clustering([], {})
    for first in order[np.isin(order, list(buckets.of_row))].tolist():
        if not free[first]:
            continue
        free[first] = False
        candidates = _candidates(buckets, first)
        candidates = candidates[free[candidates]]
        prints = _prints(rows, first, candidates, _Comparisons(known, clustering.comparisons, compare))
        if prints:
            free[prints] = False
            clustering.clusters.append([first, *sorted(prints, key=rank.__getitem__)])
    return clustering


class _Comparisons(NamedTuple):
    known: Mapping[TextPair, bool]
    given: dict[TextPair, bool]
    compare: Compare


def _prints(rows: ArticleRows, first: int, candidates: Int64Array, comparisons: _Comparisons) -> list[int]:
    """Those of the candidate rows that are reprints of the first."""
    same = rows.texts[candidates] == rows.texts[first]
    other = candidates[~same & ~_of_a_series(rows, first, candidates)]
    pairs = {row: _pair(int(rows.texts[first]), int(rows.texts[row])) for row in other.tolist()}
    asked: dict[TextPair, int] = {}
    for row, pair in pairs.items():
        if pair in comparisons.known:
            comparisons.given[pair] = comparisons.known[pair]
        elif pair not in comparisons.given:
            asked.setdefault(pair, row)
    if asked:
        comparisons.given.update(zip(asked, comparisons.compare(first, list(asked.values())), strict=True))
    equal: list[int] = candidates[same].tolist()
    return equal + [row for row, pair in pairs.items() if comparisons.given[pair]]


def _of_a_series(rows: ArticleRows, first: int, candidates: Int64Array) -> npt.NDArray[np.bool_]:
    """Which headlines differ only in numbers, or name other days: a series (gold prices, lottery draws)."""
    days = rows.days[candidates]
    numbered = (rows.series[candidates] == rows.series[first]) & (
        rows.titles[candidates] != rows.titles[first]
    )
    daily = (days != 0) & (rows.days[first] != 0) & (days != rows.days[first])
    return np.asarray(numbered | daily, np.bool_)


def _pair(first: int, second: int) -> TextPair:
    return (first, second) if first < second else (second, first)


def _candidates(buckets: _Buckets, row: int) -> Int64Array:
    """The other rows that share a band or the text with a row, ascending."""
    shared = [
        buckets.rows[buckets.starts[place] : buckets.starts[place + 1]] for place in buckets.of_row[row]
    ]
    rows: Int64Array = np.unique(np.concatenate(shared))
    return np.asarray(rows[rows != row])


def _bucketed(rows: ArticleRows) -> _Buckets:
    """Buckets of the rows that share a band, or have the same text; a row that shares nothing is in none."""
    compared = np.flatnonzero(rows.compared)
    columns = [(compared, rows.bands[compared, band]) for band in range(rows.bands.shape[1])]
    buckets, lengths = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for places, keys in [(np.arange(len(rows.ids)), rows.texts), *columns]:
        order = np.argsort(keys, kind="stable")
        here = np.diff(_edges(keys[order]))
        lengths.append(here[here > 1])
        buckets.append(places[order[np.repeat(here > 1, here)]])
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    every = np.concatenate(buckets)
    return _Buckets(every, starts, _of_rows(every, starts))


def _edges(ascending: npt.NDArray[np.generic]) -> Int64Array:
    """Where each run of equal values begins, and the end."""
    changes = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    return np.concatenate([[0], changes, [len(ascending)]]).astype(np.int64)


def _of_rows(every: Int64Array, starts: Int64Array) -> dict[int, list[int]]:
    """The buckets in which each row stands."""
    bucket = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(every, kind="stable")
    edges = _edges(every[order]).tolist()
    return {
        int(every[order[start]]): bucket[order[start:stop]].tolist()
        for start, stop in pairwise(edges)
        if start < stop
    }
