"""How often does each article hold a common syllable? As a row of one byte per article, in an LRU cache.

The postings of all readings of a syllable lie term by term; a row has one place for each article of the
segment. Rows of bytes are compared, joined and summed some fifty times as fast as postings are gathered. A
row is made from the postings when it is first asked for, and the least recently used rows are dropped.
"""

import threading
import weakref
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.kernels import spots as spots_in_c
from indexer.kernels.library import library

Bytes = npt.NDArray[np.uint8]
Frequencies = npt.NDArray[np.float64]

MAX_CACHE_BYTES = 32 << 20
"""Bytes that the rows of a process may take: some 190 syllables at 127,000 articles."""

_PAST = 255
STEPS = 255
"""An impact is frequency / (frequency + norm), BM25's saturation, in so many steps, rounded up."""


class FrequencyRow:
    """The weighted frequencies of some terms together in every article of a segment.

    Attributes:
        capped: uint8 (articles,); 255 stands for 255 or more, see ``frequencies``.
    """

    __slots__ = ("_known", "_past_at", "_past_values", "capped")

    def __init__(self, capped: Bytes, past_at: DocumentNumbers, past_values: Frequencies) -> None:
        self.capped = capped
        self._past_at, self._past_values = past_at, past_values
        # In one value: readers of two states of the index share a row, and have other norms.
        self._known: tuple[weakref.ref[Frequencies], Bytes] | None = None

    @classmethod
    def of(cls, frequencies: Frequencies) -> "FrequencyRow":
        """The row of the frequencies in every article."""
        past_at = np.flatnonzero(frequencies >= _PAST).astype(np.uint16)
        return cls(np.minimum(frequencies, _PAST).astype(np.uint8), past_at, frequencies[past_at])

    @property
    def past(self) -> tuple[DocumentNumbers, Frequencies]:
        """The articles (ascending) with a frequency of 255 or more, and these."""
        return self._past_at, self._past_values

    def frequencies(self, numbers: DocumentNumbers) -> Frequencies:
        """The exact frequencies in some articles; 0 where an article holds none of the terms."""
        frequencies: Frequencies = self.capped.take(numbers).astype(np.float64)
        if len(self._past_at):
            wide = np.flatnonzero(frequencies == _PAST)
            if len(wide):
                frequencies[wide] = self._past_values[np.searchsorted(self._past_at, numbers[wide])]
        return frequencies

    def _made_impacts(self, norms: Frequencies) -> Bytes:
        if library() is not None:
            row = spots_in_c.impacts_of_row(self.capped, norms)
            row[self._past_at] = impacts(self._past_values, norms.take(self._past_at))
            return row
        # flatnonzero of bytes, instead of booleans, is ten times as slow.
        numbers = np.flatnonzero(self.capped != 0).astype(np.uint16)
        row = np.zeros(len(self.capped), np.uint8)
        row[numbers] = impacts(self.frequencies(numbers), norms.take(numbers))
        return row

    def impacts(self, norms: Frequencies) -> Bytes:
        """The impact in every article (see ``impacts``); at least 1 where an article holds a term."""
        known = self._known
        if known is None or known[0]() is not norms:
            known = self._known = weakref.ref(norms), self._made_impacts(norms)
        return known[1]


def impacts(frequencies: Frequencies, norms: Frequencies) -> Bytes:
    """The ratio frequency / (frequency + norm) in STEPS, rounded up: never less than the exact value.

    >>> impacts(np.array([0.0, 1.0, 300.0]), np.array([1.0, 1.0, 1.0])).tolist()
    [0, 128, 255]
    """
    steps: Bytes = np.ceil(STEPS * (frequencies / (frequencies + norms))).astype(np.uint8)
    return steps


class RowCache:
    """An LRU cache of rows, shared by the segments of a process; safe for threads."""

    def __init__(self, budget: int = MAX_CACHE_BYTES) -> None:
        self._left = budget
        self._lock = threading.Lock()
        self._rows: OrderedDict[TermSet, FrequencyRow] = OrderedDict()

    def row(self, segment: Segment, term_set: TermSet) -> FrequencyRow:
        """The row of the terms that a syllable means; made where the cache has it not."""
        with self._lock:
            if term_set in self._rows:
                self._rows.move_to_end(term_set)
                return self._rows[term_set]
        row = _made(segment, term_set)
        with self._lock:
            if term_set not in self._rows:
                self._rows[term_set] = row
                self._left -= _bytes(row)
            while self._left < 0 and len(self._rows) > 1:
                _, dropped = self._rows.popitem(last=False)
                self._left += _bytes(dropped)
        return row


def _bytes(row: FrequencyRow) -> int:
    return 2 * len(row.capped)


def _made(segment: Segment, term_set: TermSet) -> FrequencyRow:
    if segment.view.is_usable:
        return FrequencyRow(*spots_in_c.row(segment.view, term_set, segment.count))
    return FrequencyRow.of(_summed(segment, term_set))


def _summed(segment: Segment, term_set: TermSet) -> Frequencies:
    """The weighted frequencies of the terms together in every article of the segment: (articles,)."""
    frequencies = np.zeros(segment.count)
    if term_set.single:
        frequencies[segment.numbers(term_set.slices[0])] = segment.weights(term_set.slices[0])
        return frequencies
    for postings in term_set.slices:
        frequencies += np.bincount(
            segment.numbers(postings), segment.weights(postings), minlength=segment.count
        )
    return frequencies
