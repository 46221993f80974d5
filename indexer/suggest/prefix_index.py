"""How are runs of syllables laid out so that those that begin as typed are found at once?

Sorted by their syllables without marks, compared by number: a binary search finds the stretch that begins
with the unmarked letters, and arrays of form numbers tell within it which have the marks.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.suggest.head_texts import FORM, Int64Array, Uint32Array
from indexer.suggest.ngram_counts import Flags

SORTED_SYLLABLES = 8
"""Syllables that runs are sorted by."""


@dataclass(frozen=True, slots=True)
class TypedSyllable:
    """A syllable as typed.

    Attributes:
        first, last: its unmarked forms are numbered from ``first`` up to, not including, ``last``.
        fits: whether a form's marks are those that bind; None where no mark was typed.
    """

    first: int
    last: int
    fits: Callable[[int], bool] | None


@dataclass(frozen=True, slots=True)
class PrefixIndex:
    """N runs of syllables, sorted.

    Attributes:
        tokens: (S,) of all heads.
        folded: (F,); for each form the number of its unmarked form; ascending.
        at, lengths: (N,); where each run begins among the tokens, and its syllables.
    """

    tokens: Uint32Array
    folded: Uint32Array
    at: Uint32Array
    lengths: Uint32Array

    def starting_with(self, typed_syllables: Sequence[TypedSyllable]) -> Int64Array:
        """Which runs begin so, ascending: (M,)."""
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
        """The form of each run's syllable number ``step``, from 0."""
        return np.asarray(self.tokens[self.at[runs].astype(np.int64) + step] & np.uint32(FORM))

    def _fitting(self, runs: Int64Array, step: int, fits: Callable[[int], bool]) -> Flags:
        numbers, places = np.unique(self.forms(runs, step), return_inverse=True)
        return np.array([fits(number) for number in numbers.tolist()], bool)[places]

    def _key(self, depth: int) -> Callable[[int], tuple[int, ...]]:
        """What a run is compared by: the numbers of its first unmarked syllables."""

        def key(run: int) -> tuple[int, ...]:
            start = int(self.at[run])
            forms = self.tokens[start : start + min(depth, int(self.lengths[run]))] & np.uint32(FORM)
            return tuple(self.folded[forms].tolist())

        return key


def prefix_order(tokens: Uint32Array, folded: Int64Array, at: Int64Array, lengths: Int64Array) -> Int64Array:
    """The order in which runs stand on a shelf; (N,), equal runs in the order given."""
    columns = []
    for step in range(min(SORTED_SYLLABLES, int(lengths.max(initial=0)))):
        there = lengths > step
        column = np.full(len(at), -1, np.int32)
        column[there] = folded[tokens[at[there] + step] & np.uint32(FORM)]
        columns.append(column)
    return np.lexsort(columns[::-1]) if columns else np.arange(len(at))
