"""Which prints make one story? Those that were verified against its first.

The articles are gone through from the first published to the last. One that is in no story yet begins one,
and every later article that may be like it (it shares a band) and is in none is compared with it; prints of
it join. So each member of a story is a print of its first, chains of small changes end where the text is no
longer that of the first, and the stories depend on the articles alone, not on the order they came in. Of a
thousand prints of one text each is compared once, with the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.stories.rows import Rows, Whole

Pair = tuple[int, int]
"""The numbers of two texts, the lesser first."""

Judge = Callable[[int, list[int]], list[bool]]
"""Whether the texts of some rows are prints of that of the first row given."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """S stories of two articles or more.

    Attributes:
        members: of each story the rows, the first published first.
        verdicts: of each two texts that were compared, whether they are prints of each other.
    """

    members: list[list[int]]
    verdicts: dict[Pair, bool]


class _Shelves(NamedTuple):
    """Rows by what they share: ``rows[starts[shelf] : starts[shelf + 1]]`` share one band or text."""

    rows: Whole
    starts: Whole
    of_row: Mapping[int, list[int]]


def group(rows: Rows, known: Mapping[Pair, bool], judge: Judge) -> Grouping:
    """The stories of all rows; ``known`` verdicts are not asked for again."""
    shelves = _shelved(rows)
    order = rows.order()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    free = np.ones(len(order), np.bool_)
    found = Grouping([], {})
    for first in order[np.isin(order, list(shelves.of_row))].tolist():
        if not free[first]:
            continue
        free[first] = False
        near = _near(shelves, first)
        near = near[free[near]]
        prints = _prints(rows, first, near, _Verdicts(known, found.verdicts, judge))
        if prints:
            free[prints] = False
            found.members.append([first, *sorted(prints, key=rank.__getitem__)])
    return found


class _Verdicts(NamedTuple):
    known: Mapping[Pair, bool]
    given: dict[Pair, bool]
    judge: Judge


def _prints(rows: Rows, first: int, near: Whole, verdicts: _Verdicts) -> list[int]:
    """Those of the rows near the first that are prints of it."""
    same = rows.texts[near] == rows.texts[first]
    other = near[~same & ~_of_a_series(rows, first, near)]
    pairs = {row: _pair(int(rows.texts[first]), int(rows.texts[row])) for row in other.tolist()}
    asked: dict[Pair, int] = {}
    for row, pair in pairs.items():
        if pair in verdicts.known:
            verdicts.given[pair] = verdicts.known[pair]
        elif pair not in verdicts.given:
            asked.setdefault(pair, row)
    if asked:
        verdicts.given.update(zip(asked, verdicts.judge(first, list(asked.values())), strict=True))
    equal: list[int] = near[same].tolist()
    return equal + [row for row, pair in pairs.items() if verdicts.given[pair]]


def _of_a_series(rows: Rows, first: int, near: Whole) -> npt.NDArray[np.bool_]:
    """Whose headlines differ in their numbers only, or name other days: gold, lottery, another exam paper."""
    days = rows.days[near]
    numbered = (rows.series[near] == rows.series[first]) & (rows.titles[near] != rows.titles[first])
    daily = (days != 0) & (rows.days[first] != 0) & (days != rows.days[first])
    return np.asarray(numbered | daily, np.bool_)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _near(shelves: _Shelves, row: int) -> Whole:
    """The rows that share a band or the text with a row, ascending; without itself."""
    found = [shelves.rows[shelves.starts[one] : shelves.starts[one + 1]] for one in shelves.of_row[row]]
    every: Whole = np.unique(np.concatenate(found))
    return np.asarray(every[every != row])


def _shelved(rows: Rows) -> _Shelves:
    """Rows that share a band, or have the same text, on one shelf; what shares nothing is on none."""
    compared = np.flatnonzero(rows.compared)
    columns = [(compared, rows.bands[compared, band]) for band in range(rows.bands.shape[1])]
    shelves, lengths = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for places, keys in [(np.arange(len(rows.ids)), rows.texts), *columns]:
        order = np.argsort(keys, kind="stable")
        here = np.diff(_edges(keys[order]))
        lengths.append(here[here > 1])
        shelves.append(places[order[np.repeat(here > 1, here)]])
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    every = np.concatenate(shelves)
    return _Shelves(every, starts, _of_rows(every, starts))


def _edges(ascending: npt.NDArray[np.generic]) -> Whole:
    """Where each run of equal values begins, and the end."""
    changes = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    return np.concatenate([[0], changes, [len(ascending)]]).astype(np.int64)


def _of_rows(every: Whole, starts: Whole) -> dict[int, list[int]]:
    """The shelves on which each row stands."""
    shelf = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(every, kind="stable")
    edges = _edges(every[order]).tolist()
    return {
        int(every[order[start]]): shelf[order[start:stop]].tolist()
        for start, stop in pairwise(edges)
        if start < stop
    }
