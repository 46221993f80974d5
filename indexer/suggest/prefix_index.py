"""How are the n-grams found that begin with what was typed? By binary search in a sorted array.

N-grams are sorted by the numbers of their folded syllables: two binary searches find the range that begins
with the typed letters, and the form numbers in that range are tested for the typed marks.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.suggest.head_texts import FORM, Int64Array, Uint32Array
from indexer.suggest.ngram_counts import Flags

SORTED_SYLLABLES = 8
"""N-grams are sorted by so many syllables."""


@dataclass(frozen=True, slots=True)
class TypedSyllable:
    """A typed syllable as ranges of numbers.

    Attributes:
        first, last: the numbers of its folded forms are from ``first`` up to ``last`` (exclusive).
        fits: tests whether a form has the typed marks; None where none was typed.
    """

    first: int
    last: int
    fits: Callable[[int], bool] | None


@dataclass(frozen=True, slots=True)
class PrefixIndex:
    """N sorted n-grams.

    Attributes:
        tokens: (S,) of all heads.
        folded: (F,); for each form the number of its folded form; ascending.
        at, lengths: (N,); the token index at which each begins, and its syllables.
    """

    tokens: Uint32Array
    folded: Uint32Array
    at: Uint32Array
    lengths: Uint32Array

    def starting_with(self, typed_syllables: Sequence[TypedSyllable]) -> Int64Array:
        """The n-grams that begin with the typed syllables, ascending: (M,)."""
        if not typed_syllables:
            return np.zeros(0, np.int64)
        sorted_by = typed_syllables[:SORTED_SYLLABLES]
        before, last = tuple(one.first for one in sorted_by[:-1]), sorted_by[-1]
        key = self._key(len(sorted_by))
        runs = range(len(self.at))
        start = bisect_left(runs, (*before, last.first), key=key)
        stop = bisect_left(runs, (*before, last.last), lo=start, key=key)
        found = np.arange(start, stop, dtype=np.int64)
        for step, one in enumerate(typed_syllables):
            if step >= SORTED_SYLLABLES:
                found = found[self.lengths[found] > step]
                folded = self.folded[self.forms(found, step)]
                found = found[(folded >= one.first) & (folded < one.last)]
            if one.fits is not None and len(found):
                found = found[self._fitting(found, step, one.fits)]
        return found

    def forms(self, runs: Int64Array, step: int) -> Uint32Array:
        """The form of the syllable ``step`` (from 0) of each n-gram."""
        return np.asarray(self.tokens[self.at[runs].astype(np.int64) + step] & np.uint32(FORM))

    def _fitting(self, runs: Int64Array, step: int, fits: Callable[[int], bool]) -> Flags:
        numbers, places = np.unique(self.forms(runs, step), return_inverse=True)
        return np.array([fits(number) for number in numbers.tolist()], bool)[places]

    def _key(self, depth: int) -> Callable[[int], tuple[int, ...]]:
        """The sort key of an n-gram: the numbers of its first folded syllables."""

        def key(run: int) -> tuple[int, ...]:
            start = int(self.at[run])
            forms = self.tokens[start : start + min(depth, int(self.lengths[run]))] & np.uint32(FORM)
            return tuple(self.folded[forms].tolist())

        return key


def prefix_order(tokens: Uint32Array, folded: Int64Array, at: Int64Array, lengths: Int64Array) -> Int64Array:
    """The order of n-grams in the index: (N,); equal ones stay in the order given."""
    columns = []
    for step in range(min(SORTED_SYLLABLES, int(lengths.max(initial=0)))):
        there = lengths > step
        column = np.full(len(at), -1, np.int32)
        column[there] = folded[tokens[at[there] + step] & np.uint32(FORM)]
        columns.append(column)
    return np.lexsort(columns[::-1]) if columns else np.arange(len(at))
