"""In which order do hits come? Exactly sorted, without sorting more of them than a page touches.

Keys come level by level, the most important first. After each level only those hits go on whose bucket of
equal keys reaches into the window that is asked for. Neighbours are compared by the rank of their texts in
Vietnamese collation; only distinct ones are read as texts.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from indexer.counting import EDGE, CountReader, Int64Array, LocatedHits, Neighbours, TokenUnit
from search_app.answer.collation import collation_key

_SLOTS, _SHIFT = 1 << 20, 20  # of the table in which keys are looked up
_BLOCK = 1 << 16
_TIMES = 4
_AT_ONCE = 1 << 19  # neighbours that are read at a time: some megabytes

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
        tied = np.flatnonzero(_tied(keys))
        if not len(tied):
            break
        keys = _refined(keys, tied, level(places[tied]))
        if (first - before, last - before) != (0, len(keys)):
            edges = first - before, last - before - 1
            low, high = np.partition(keys, sorted(set(edges)))[[*edges]]
            stays = (keys >= low) & (keys <= high)
            before += int(np.count_nonzero(keys < low))
            places, keys = places[stays], keys[stays]
        keys = _compact(keys)
    order = np.argsort(keys, kind="stable")
    return places[order[first - before : last - before]]


def _refined(keys: Int64Array, some: Int64Array, added: Int64Array) -> Int64Array:
    """Keys, those of some hits made finer by a further one."""
    finer = keys * (int(added.max(initial=0)) + 1)
    finer[some] += added
    return finer


def _compact(keys: Int64Array) -> Int64Array:
    """Keys in the same order, of which the largest is not much more than their number."""
    if int(keys.max(initial=0)) <= _TIMES * len(keys):
        return keys
    ranks: Int64Array = np.unique(keys, return_inverse=True)[1]
    return ranks


def _tied(keys: Int64Array) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which of compact keys stand several times."""
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
    """The keys of some hits by their neighbours; of many hits these are read distance by distance."""
    is_small = len(places) * len(distances) <= _AT_ONCE
    keys = np.zeros(len(places), np.int64)
    for some in [distances] if is_small else [[one] for one in distances]:
        tied = np.flatnonzero(_tied(keys))
        if len(tied):
            asked = places[tied]
            here = hits if len(asked) == len(hits) else hits.only(asked)
            for column in collation_ranks(counts.neighbours(here, some, TokenUnit.SYLLABLE)).T:
                keys = _compact(_refined(keys, tied, column))
    return keys


def collation_ranks(neighbours: Neighbours) -> Int64Array:
    """The rank of each neighbour in Vietnamese collation, from 1; 0 where the paragraph ends."""
    distinct, places = code_keys(neighbours.keys.ravel())
    known = distinct[distinct != EDGE]
    ranks = np.zeros(len(distinct), np.int64)
    ranks[len(distinct) - len(known) :] = text_ranks(neighbours.texts_of(known)) + 1
    found: Int64Array = ranks[places].reshape(neighbours.keys.shape)
    return found


def code_keys(keys: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The distinct keys, ascending, and for each key its place among them.

    As ``numpy.unique``, in an eighth of the time where many hits have few neighbours: keys are hashes, so
    their bits find most places in a table, and the rest is searched.
    """
    ascending = np.sort(keys)
    distinct = ascending[np.diff(ascending, prepend=ascending[:1] - 1) != 0]
    del ascending
    table = np.zeros(_SLOTS, np.int32)
    table[distinct >> _SHIFT & _SLOTS - 1] = np.arange(len(distinct))
    places = np.empty(len(keys), np.int64)
    for start in range(0, len(keys), _BLOCK):
        here = slice(start, start + _BLOCK)
        places[here] = _places(keys[here], distinct, table)
    return distinct, places


def _places(keys: Int64Array, distinct: Int64Array, table: npt.NDArray[np.int32]) -> Int64Array:
    places: Int64Array = table[keys >> _SHIFT & _SLOTS - 1].astype(np.int64)
    others = np.flatnonzero(distinct[places] != keys)
    places[others] = np.searchsorted(distinct, keys[others])
    return places


def text_ranks(texts: Sequence[str]) -> Int64Array:
    """The rank of each of some distinct texts in Vietnamese collation, from 0."""
    ranks = np.empty(len(texts), np.int64)
    ranks[sorted(range(len(texts)), key=lambda place: collation_key(texts[place]))] = np.arange(len(texts))
    return ranks
