"""How do the texts of some articles lie side by side, so that units beside a place are found by adding?"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.counting import CountedText, Int64Array, Mask, TokenUnit
from indexer.engines.whoosh.forward_list import GAP, unpack_forward
from indexer.engines.whoosh.segments import Segment
from indexer.places import Zone

_ROW_BITS = 32
_PRIME = np.uint64(0x9E3779B97F4A7C15)  # odd, so that its powers have inverses


@dataclass(frozen=True)
class LaidOut:
    """The texts of A articles of a segment, S forms: syllables, and gaps between paragraphs.

    Attributes:
        numbers: int64 (A,), ascending: the articles.
        starts: int64 (A + 1,): where each begins.
        terms: int64 (S,): the number of each syllable's term in the whole index; -1 in gaps.
        joined: bool (S,): whether the word goes on with the next syllable.
        places: int64 (S,): row of the article << 32 | flat position, ascending.
    """

    segment: Segment
    numbers: Int64Array
    starts: Int64Array
    terms: Int64Array
    joined: Mask
    places: Int64Array

    @cached_property
    def is_syllable(self) -> Mask:
        """Whether it is no gap: (S,)."""
        return self.terms >= 0

    @cached_property
    def opens(self) -> Mask:
        """Whether a paragraph begins there: (S,)."""
        first = np.zeros(len(self.terms) + 1, np.bool_)
        first[self.starts] = True
        opens = first[:-1]
        opens[1:] |= ~self.is_syllable[:-1]
        return opens & self.is_syllable

    def firsts(self, unit: TokenUnit) -> Int64Array:
        """Where the units begin, ascending: (U,)."""
        if unit is TokenUnit.SYLLABLE:
            return np.flatnonzero(self.is_syllable)
        goes_on = np.concatenate([[False], self.joined[:-1]])
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

    def counted(self, text: CountedText) -> Mask:
        """Which syllables are of the text that is counted: (S,)."""
        counted = self.is_syllable.copy()
        if text.zones == frozenset(Zone) and not text.once:
            return counted
        rows, positions = self.places >> _ROW_BITS, self.places & (1 << _ROW_BITS) - 1
        starts = self.segment.zone_starts[self.numbers].astype(np.int64)
        zones = (starts[rows] <= positions[:, None]).sum(axis=1)
        counted &= np.isin(zones, sorted(text.zones))
        if text.once:
            ends = self.segment.arrays["repeat_ends"][self.numbers].astype(np.int64)
            counted &= (zones != Zone.BODY) | (positions >= ends[rows])
        return counted

    def keys(self, firsts: Int64Array, stops: Int64Array) -> Int64Array:
        """A key for the syllables of each run, the same wherever they stand: 63 bits of a hash."""
        powers = _powers(len(self.terms) + 1)
        with np.errstate(over="ignore"):
            sums = np.concatenate([[np.uint64(0)], np.cumsum(_mixed(self.terms) * powers[:-1])])
            keys = (sums[stops] - sums[firsts]) * _powers(len(self.terms) + 1, inverse=True)[firsts]
        return (_scrambled(keys) >> np.uint64(1)).astype(np.int64)


def lay_out(segment: Segment, numbers: npt.NDArray[np.integer], terms: Int64Array) -> LaidOut:
    """Lays out some articles (ascending) of a segment.

    Args:
        terms: the number of each term of the segment in the whole index.
    """
    text = unpack_forward(segment.arrays, numbers)
    is_gap = text.forms == GAP
    own = np.where(is_gap, -1, terms[np.where(is_gap, 0, text.forms >> 1)]) if len(terms) else terms
    rows = np.repeat(np.arange(len(numbers)), np.diff(text.starts))
    joined = ~is_gap & (text.forms & 1 > 0)
    return LaidOut(
        segment, numbers.astype(np.int64), text.starts, own, joined, rows << _ROW_BITS | text.positions()
    )


def _powers(count: int, *, inverse: bool = False) -> npt.NDArray[np.uint64]:
    base = np.uint64(pow(int(_PRIME), -1, 1 << 64)) if inverse else _PRIME
    steps = np.full(count, base)
    steps[:1] = 1
    with np.errstate(over="ignore"):
        powers: npt.NDArray[np.uint64] = np.cumprod(steps)
    return powers


def _mixed(terms: Int64Array) -> npt.NDArray[np.uint64]:
    return _scrambled(terms.astype(np.uint64) + np.uint64(1))


def _scrambled(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """SplitMix64's last steps: a bijection in which each bit depends on every bit."""
    with np.errstate(over="ignore"):
        values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    scrambled: npt.NDArray[np.uint64] = values ^ values >> np.uint64(31)
    return scrambled
