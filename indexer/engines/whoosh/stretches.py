"""What stands beside hits in a stretch of articles that is laid out?"""

from typing import NamedTuple

import numpy as np

from indexer.counting import Int64Array, LocatedHits, Mask, TokenUnit
from indexer.engines.whoosh.laid_out import LaidOut

_ROW_BITS = 32
_PLACE_BITS, _ARTICLE_BITS, _FIRST_BITS, _LENGTH_BITS = 8, 16, 27, 12


class StretchHits(NamedTuple):
    """Hits in a stretch: their places among all hits, and the rows of their articles in the stretch."""

    places: Int64Array
    rows: Int64Array


class HitStretch:
    """Some articles of a segment, laid out, and the hits in them.

    Args:
        place: of the segment.
    """

    def __init__(self, place: int, laid_out: LaidOut, hits: StretchHits) -> None:
        self._place = place
        self._rows = hits.rows
        self.laid_out = laid_out
        self.hits = hits.places

    def edges(self, hits: LocatedHits) -> tuple[Int64Array, Int64Array]:
        """The indices of the first and of the last syllable of each hit of the stretch."""
        firsts = self.laid_out.at(self._rows, hits.starts[self.hits])
        return firsts, firsts + (hits.stops[self.hits] - hits.starts[self.hits]) - 1

    def witnesses(self, firsts: Int64Array, stops: Int64Array) -> Int64Array:
        """Where items stand, as one number each: segment, article, first form in it, number of syllables."""
        rows = self.laid_out.places[firsts] >> _ROW_BITS
        within = firsts - self.laid_out.starts[rows]
        lengths = np.minimum(stops - firsts, (1 << _LENGTH_BITS) - 1)
        packed = self._place << _ARTICLE_BITS | self.laid_out.numbers[rows]
        witnesses: Int64Array = (packed << _FIRST_BITS | within) << _LENGTH_BITS | lengths
        return witnesses


def unpack_witness(witness: int) -> tuple[int, int, int, int]:
    """Segment, article, first form in it, number of syllables."""
    length = witness & (1 << _LENGTH_BITS) - 1
    first = witness >> _LENGTH_BITS & (1 << _FIRST_BITS) - 1
    article = witness >> _LENGTH_BITS + _FIRST_BITS & (1 << _ARTICLE_BITS) - 1
    return witness >> _LENGTH_BITS + _FIRST_BITS + _ARTICLE_BITS, article, first, length


def hits_of(rows: Int64Array, hits: LocatedHits | None) -> StretchHits:
    """The hits of some articles, given by their rows, in the order of the rows."""
    nothing = np.empty(0, np.int64)
    if hits is None:
        return StretchHits(nothing, nothing)
    firsts, lasts = np.searchsorted(hits.rows, rows, "left"), np.searchsorted(hits.rows, rows, "right")
    counts = lasts - firsts
    before = np.cumsum(counts) - counts
    places = np.repeat(firsts - before, counts) + np.arange(int(counts.sum()))
    return StretchHits(places, np.repeat(np.arange(len(rows)), counts))


class Beside:
    """The units of a stretch, and which of them stand beside its hits."""

    def __init__(self, laid_out: LaidOut, unit: TokenUnit, firsts: Int64Array, lasts: Int64Array) -> None:
        self.firsts = laid_out.firsts(unit)
        self.stops = self.firsts + laid_out.lengths(self.firsts, unit)
        self._paragraphs = laid_out.paragraphs[self.firsts]
        self._begin = np.searchsorted(self.firsts, firsts, "right") - 1
        self._end = np.searchsorted(self.firsts, lasts, "right") - 1

    def units_at(self, distance: int) -> tuple[Int64Array, Int64Array]:
        """The units at a distance of those hits that have one, and which hits these are."""
        if not len(self.firsts):
            return self._begin, self._begin
        at = self._end + distance if distance > 0 else self._begin + distance
        inside = np.clip(at, 0, len(self.firsts) - 1)
        stays = np.flatnonzero((at == inside) & (self._paragraphs[inside] == self._paragraphs[self._begin]))
        return at[stays], stays

    def within(self, before: int, after: int, counted: Mask) -> Int64Array:
        """The units in any window, each once, without those in a hit; only whole ones that are counted."""
        count = len(self.firsts)
        if not count:
            return self.firsts
        near, inside = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
        opens = np.searchsorted(self._paragraphs, self._paragraphs[self._begin], "left")
        closes = np.searchsorted(self._paragraphs, self._paragraphs[self._begin], "right")
        np.add.at(near, np.maximum(self._begin - before, opens), 1)
        np.add.at(near, np.minimum(self._end + 1 + after, closes), -1)
        np.add.at(inside, self._begin, 1)
        np.add.at(inside, self._end + 1, -1)
        chosen = np.flatnonzero((np.cumsum(near)[:-1] > 0) & (np.cumsum(inside)[:-1] == 0))
        sums = np.concatenate([[0], np.cumsum(counted)])
        firsts, stops = self.firsts[chosen], self.stops[chosen]
        whole: Int64Array = chosen[sums[stops] - sums[firsts] == stops - firsts]
        return whole
