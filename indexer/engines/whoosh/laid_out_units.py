"""What stands beside hits in some articles, and which runs of units have these? The twin of forward.c."""

import numpy as np

from indexer.counting import EDGE, CountedText, Int64Array, Mask, TokenUnit
from indexer.engines.whoosh.item_keys import Uint64Array, keys_of_runs
from indexer.engines.whoosh.laid_out import LaidOut
from indexer.engines.whoosh.witnesses import witness_runs
from indexer.kernels.forward import HitsOfArticles


class LaidOutUnits:
    """Some articles, laid out, with their units.

    Args:
        keys: of the term of each form; anything in gaps.
    """

    def __init__(self, laid_out: LaidOut, keys: Uint64Array, unit: TokenUnit) -> None:
        self._laid_out = laid_out
        self._keys = keys
        self._firsts = laid_out.firsts(unit)
        self._stops = self._firsts + laid_out.lengths(self._firsts, unit)
        self._paragraphs = laid_out.paragraphs[self._firsts]

    def beside(self, hits: HitsOfArticles, distances: list[int]) -> tuple[Int64Array, Int64Array]:
        """The keys of the units at distances from hits, and where these stand: (h, n); EDGE where none is."""
        begin, end = self._edges(hits)
        keys = np.full((len(begin), len(distances)), EDGE, np.int64)
        witnesses = keys.copy()
        for column, distance in enumerate(distances):
            at = end + distance if distance > 0 else begin + distance
            inside = np.clip(at, 0, max(len(self._firsts) - 1, 0))
            stays = np.flatnonzero((at == inside) & (self._paragraphs[inside] == self._paragraphs[begin]))
            firsts, stops = self._firsts[at[stays]], self._stops[at[stays]]
            keys[stays, column], witnesses[stays, column] = self.items(firsts, stops)
        return keys, witnesses

    def nearby(
        self, hits: HitsOfArticles, before: int, after: int, text: CountedText
    ) -> tuple[Int64Array, Int64Array]:
        """The units in any window, each once, without those in a hit; only whole ones that are counted."""
        count = len(self._firsts)
        begin, end = self._edges(hits)
        near, inside = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
        opens = np.searchsorted(self._paragraphs, self._paragraphs[begin], "left")
        closes = np.searchsorted(self._paragraphs, self._paragraphs[begin], "right")
        np.add.at(near, np.maximum(begin - before, opens), 1)
        np.add.at(near, np.minimum(end + 1 + after, closes), -1)
        np.add.at(inside, begin, 1)
        np.add.at(inside, end + 1, -1)
        chosen = np.flatnonzero((np.cumsum(near)[:-1] > 0) & (np.cumsum(inside)[:-1] == 0))
        return self._counted(self._firsts[chosen], self._stops[chosen], text)

    def runs(self, size: int, text: CountedText) -> tuple[Int64Array, Int64Array]:
        """The runs of so many units within paragraphs; only those that are counted as a whole."""
        firsts, stops = self._firsts, self._stops
        if size > 1:
            firsts, stops = firsts[: 1 - size], stops[size - 1 :]
        numbers = self._laid_out.paragraphs
        whole = numbers[firsts] == numbers[stops - 1]
        return self._counted(firsts[whole], stops[whole], text)

    def items(self, firsts: Int64Array, stops: Int64Array) -> tuple[Int64Array, Int64Array]:
        """The keys of items, and where these stand."""
        rows = self._laid_out.rows_of(firsts)
        within = firsts - self._laid_out.starts[rows]
        witnesses = witness_runs(self._laid_out.numbers[rows], within, stops - firsts)
        return keys_of_runs(self._keys, firsts, stops), witnesses

    def _edges(self, hits: HitsOfArticles) -> tuple[Int64Array, Int64Array]:
        """The units in which the hits begin and end."""
        rows = np.repeat(np.arange(len(hits.numbers)), np.diff(hits.ends, prepend=0))
        firsts = self._laid_out.at(rows, hits.starts)
        lasts = firsts + (hits.stops - hits.starts) - 1
        begin: Int64Array = np.searchsorted(self._firsts, firsts, "right") - 1
        end: Int64Array = np.searchsorted(self._firsts, lasts, "right") - 1
        return begin, end

    def _counted(
        self, firsts: Int64Array, stops: Int64Array, text: CountedText
    ) -> tuple[Int64Array, Int64Array]:
        counted: Mask = self._laid_out.counted(text)
        sums = np.concatenate([[0], np.cumsum(counted)])
        whole = sums[stops] - sums[firsts] == stops - firsts
        return firsts[whole], stops[whole]
