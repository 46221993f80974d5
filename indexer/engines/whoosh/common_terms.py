"""Which articles hold a common syllable, and how often? A byte an article, remembered within a bound.

The postings of all readings of a syllable lie term by term; as a row, each article of the segment has one
place. Rows of bytes are compared, joined and summed some fifty times as fast as postings are gathered.
They are made from the postings when first asked for, and dropped when others are asked for more.
"""

import threading
import weakref
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet

Bytes = npt.NDArray[np.uint8]
Frequencies = npt.NDArray[np.float64]

MAX_CACHE_BYTES = 32 << 20
"""Bytes that the rows of a process may take: some 190 syllables at 127,000 articles."""

_PAST = 255
STEPS = 255
"""An impact is the part of a weight that a frequency reaches, in so many steps, rounded up."""


class FrequencyRow:
    """The weighted frequencies of some terms together in every article of a segment.

    Attributes:
        held: in a byte, shape (articles,); 255: that or more, see ``of``.
    """

    __slots__ = ("_impacts", "_norms", "_past_at", "_past_values", "held")

    def __init__(self, frequencies: Frequencies) -> None:
        self._past_at = np.flatnonzero(frequencies >= _PAST).astype(np.uint16)
        self._past_values = frequencies[self._past_at]
        self.held: Bytes = np.minimum(frequencies, _PAST).astype(np.uint8)
        self._norms: weakref.ref[Frequencies] | None = None
        self._impacts: Bytes = self.held

    def of(self, numbers: DocumentNumbers) -> Frequencies:
        """The frequencies in some articles; 0 where none of the terms is held."""
        found: Frequencies = self.held.take(numbers).astype(np.float64)
        if len(self._past_at):
            wide = np.flatnonzero(found == _PAST)
            if len(wide):
                found[wide] = self._past_values[np.searchsorted(self._past_at, numbers[wide])]
        return found

    def impacts(self, norms: Frequencies) -> Bytes:
        """The impact in every article; at least 1 where a term is held. See ``impacts``."""
        if self._norms is None or self._norms() is not norms:
            numbers = np.flatnonzero(self.held != 0).astype(np.uint16)  # of bytes it is ten times as slow
            found = np.zeros(len(self.held), np.uint8)
            found[numbers] = impacts(self.of(numbers), norms.take(numbers))
            self._impacts = found
            self._norms = weakref.ref(norms)
        return self._impacts


def impacts(frequencies: Frequencies, norms: Frequencies) -> Bytes:
    """The part frequency / (frequency + norm) in STEPS, rounded up: never less than it is.

    >>> impacts(np.array([0.0, 1.0, 300.0]), np.array([1.0, 1.0, 1.0])).tolist()
    [0, 128, 255]
    """
    found: Bytes = np.ceil(STEPS * (frequencies / (frequencies + norms))).astype(np.uint8)
    return found


class RowCache:
    """Rows that are remembered, the least recently asked for going first; safe for threads."""

    def __init__(self, budget: int = MAX_CACHE_BYTES) -> None:
        self._left = budget
        self._lock = threading.Lock()
        self._rows: OrderedDict[TermSet, FrequencyRow] = OrderedDict()

    def of(self, segment: Segment, term_set: TermSet) -> FrequencyRow:
        """The row of the terms that a syllable means."""
        with self._lock:
            if term_set in self._rows:
                self._rows.move_to_end(term_set)
                return self._rows[term_set]
        found = FrequencyRow(_summed(segment, term_set))
        with self._lock:
            if term_set not in self._rows:
                self._rows[term_set] = found
                self._left -= _bytes(found)
            while self._left < 0 and len(self._rows) > 1:
                _, dropped = self._rows.popitem(last=False)
                self._left += _bytes(dropped)
        return found


def _bytes(row: FrequencyRow) -> int:
    return 2 * len(row.held)


def _summed(segment: Segment, term_set: TermSet) -> Frequencies:
    """The weighted frequencies of the terms together in every article of the segment."""
    found = np.zeros(segment.count)
    if term_set.single:
        found[segment.numbers(term_set.slices[0])] = segment.weights(term_set.slices[0])
        return found
    for one in term_set.slices:
        found += np.bincount(segment.numbers(one), segment.weights(one), minlength=segment.count)
    return found
