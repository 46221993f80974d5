"""In which order do hits come? Exactly sorted, without sorting more of them than a page touches.

Keys come level by level, the most important first. After each level only those hits go on whose bucket of
equal keys reaches into the window that is asked for. Neighbours are compared by the rank of their texts in
Vietnamese collation; only distinct ones are read as texts.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from indexer.counting import EDGE, CountReader, Int64Array, LocatedHits, Neighbours, TokenUnit
from search_app.answer.collation import collation_key

Level = Callable[[Int64Array], Int64Array]
"""A sort key of hits, given by their ascending places: whole numbers from 0."""


def select_window(count: int, levels: Iterable[Level], window: tuple[int, int]) -> Int64Array:
    """The places of the hits of a window, in their order; ties keep the order in which hits are given.

    Args:
        window: the first of them, and the one after the last.
    """
    first, last = max(0, window[0]), min(count, window[1])
    if first >= last:
        return np.empty(0, np.int64)
    places, keys = np.arange(count), np.zeros(count, np.int64)
    before = 0
    for level in levels:
        tied = _tied(keys)
        if not tied.any():
            break
        added = np.zeros(len(places), np.int64)
        added[tied] = level(places[tied])
        keys = keys * (int(added.max()) + 1) + added
        low, high = np.partition(keys, sorted({first - before, last - before - 1}))[
            [first - before, last - before - 1]
        ]
        stays = (keys >= low) & (keys <= high)
        before += int(np.count_nonzero(keys < low))
        places, keys = places[stays], _dense(keys[stays])
    order = np.argsort(keys, kind="stable")
    return places[order[first - before : last - before]]


def _dense(keys: Int64Array) -> Int64Array:
    """The rank of each key among the distinct ones."""
    ranks: Int64Array = np.unique(keys, return_inverse=True)[1]
    return ranks


def _tied(keys: Int64Array) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which of dense keys stand several times."""
    return np.bincount(keys)[keys] > 1


def by_neighbours(counts: CountReader, hits: LocatedHits, side: int, depth: int) -> list[Level]:
    """The levels that sort by the neighbours of hits, the nearest first.

    Args:
        side: -1: those before them; 1: those after.
        depth: how many are compared.
    """
    parts = [range(1, 2), range(2, 4), range(4, depth + 1)]
    distances = [[side * one for one in part if one <= depth] for part in parts]
    return [partial(_neighbour_keys, counts, hits, some) for some in distances if some]


def _neighbour_keys(
    counts: CountReader, hits: LocatedHits, distances: Sequence[int], places: Int64Array
) -> Int64Array:
    ranks = collation_ranks(counts.neighbours(hits.only(places), distances, TokenUnit.SYLLABLE))
    keys = np.zeros(len(places), np.int64)
    for column in ranks.T:
        keys = _dense(keys * (int(column.max(initial=0)) + 1) + column)
    return keys


def collation_ranks(neighbours: Neighbours) -> Int64Array:
    """The rank of each neighbour in Vietnamese collation, from 1; 0 where the paragraph ends."""
    distinct, places = np.unique(neighbours.keys, return_inverse=True)
    known = distinct[distinct != EDGE]
    ranks = np.zeros(len(distinct), np.int64)
    ranks[len(distinct) - len(known) :] = text_ranks(neighbours.texts_of(known)) + 1
    found: Int64Array = ranks[places].reshape(neighbours.keys.shape)
    return found


def text_ranks(texts: Sequence[str]) -> Int64Array:
    """The rank of each of some distinct texts in Vietnamese collation, from 0."""
    ranks = np.empty(len(texts), np.int64)
    ranks[sorted(range(len(texts)), key=lambda place: collation_key(texts[place]))] = np.arange(len(texts))
    return ranks
