"""How do the texts of some articles lie side by side, so that units beside a place are found by adding?

The numpy twin of the loops in forward.c, and what is read of a few hits.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import MappedArrays
from indexer.counting import CountedText, Int64Array, Mask, TokenUnit
from indexer.engines.whoosh.forward_list import unpack_forward
from indexer.kernels.forward import GAP
from indexer.places import Zone

_ROW_BITS = 32


@dataclass(frozen=True)
class LaidOut:
    """The texts of A articles of a segment, S forms: syllables, and gaps between paragraphs.

    Attributes:
        numbers: int64 (A,), ascending: the articles.
        starts: int64 (A + 1,): where each begins.
        forms: uint32 (S,).
        places: int64 (S,): row of the article << 32 | flat position, ascending.
    """

    arrays: MappedArrays
    numbers: Int64Array
    starts: Int64Array
    forms: npt.NDArray[np.uint32]
    places: Int64Array

    @cached_property
    def is_syllable(self) -> Mask:
        """Whether it is no gap: (S,)."""
        is_syllable: Mask = self.forms != GAP
        return is_syllable

    @cached_property
    def opens(self) -> Mask:
        """Whether a paragraph begins there: (S,)."""
        first = np.zeros(len(self.forms) + 1, np.bool_)
        first[self.starts] = True
        opens = first[:-1]
        opens[1:] |= ~self.is_syllable[:-1]
        return opens & self.is_syllable

    def firsts(self, unit: TokenUnit) -> Int64Array:
        """Where the units begin, ascending: (U,)."""
        if unit is TokenUnit.SYLLABLE:
            return np.flatnonzero(self.is_syllable)
        goes_on = np.concatenate([[False], self.forms[:-1] & 1 > 0])
        firsts: Int64Array = np.flatnonzero(self.is_syllable & (self.opens | ~goes_on))
        return firsts

    def lengths(self, firsts: Int64Array, unit: TokenUnit) -> Int64Array:
        """How many syllables each unit has."""
        if unit is TokenUnit.SYLLABLE:
            return np.ones(len(firsts), np.int64)
        before = np.concatenate([[0], np.cumsum(self.is_syllable)])
        ends: Int64Array = np.append(before[firsts[1:]], before[-1]) if len(firsts) else before[:0]
        lengths: Int64Array = ends - before[firsts]
        return lengths

    @cached_property
    def paragraphs(self) -> Int64Array:
        """The number of the paragraph of each syllable, ascending: (S,)."""
        numbers: Int64Array = np.cumsum(self.opens)
        return numbers

    def at(self, rows: Int64Array, positions: Int64Array) -> Int64Array:
        """The indices of syllables, by the rows of their articles and their positions."""
        places: Int64Array = np.searchsorted(self.places, rows << _ROW_BITS | positions)
        return places

    def rows_of(self, indices: Int64Array) -> Int64Array:
        """The rows of the articles of some syllables."""
        rows: Int64Array = self.places[indices] >> _ROW_BITS
        return rows

    def counted(self, text: CountedText) -> Mask:
        """Which syllables are of the text that is counted: (S,)."""
        counted = self.is_syllable.copy()
        if text.zones == frozenset(Zone) and not text.once:
            return counted
        rows, positions = self.places >> _ROW_BITS, self.places & (1 << _ROW_BITS) - 1
        count = self.arrays.length("change")
        starts = self.arrays["zone_starts"].reshape(count, -1)[self.numbers].astype(np.int64)
        zones = (starts[rows] <= positions[:, None]).sum(axis=1)
        counted &= np.isin(zones, sorted(text.zones))
        if text.once:
            ends = self.arrays["repeat_ends"][self.numbers].astype(np.int64)
            counted &= (zones != Zone.BODY) | (positions >= ends[rows])
        return counted


def lay_out(arrays: MappedArrays, numbers: npt.NDArray[np.integer]) -> LaidOut:
    """Lays out some articles (ascending) of a segment."""
    text = unpack_forward(arrays, numbers)
    rows = np.repeat(np.arange(len(numbers)), np.diff(text.starts))
    places = rows << _ROW_BITS | text.positions()
    return LaidOut(arrays, numbers.astype(np.int64), text.starts, text.forms, places)
