"""Where do the arrays of a segment's file lie? The one value that every loop over a segment is given."""

import ctypes
from typing import Protocol
from weakref import WeakSet

from indexer.arrays.file import MappedArrays
from indexer.kernels.library import AnyArray, library

_ARRAYS = (
    "numbers", "frequencies", "stride_starts", "posting_starts", "frequencies_at", "counts_past",
    "weights_past", "positions", "zone_starts",
)  # fmt: skip
_STRIDE_BITS = 4  # a stride is 16 postings
_LENGTHS = ("postings", "strides", "terms", "wide", "occurrences", "articles", "position_bytes")


class _Segment(ctypes.Structure):
    """The structure ``segment`` of kernels.c."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in _ARRAYS),
        *((name, ctypes.c_int64) for name in _LENGTHS),
    ]


class TermRuns(Protocol):
    """What a loop asks of a set of terms."""

    @property
    def terms(self) -> AnyArray:
        """Shape (2 · runs,), int64: the first term of each run, and the one after its last."""

    @property
    def slices(self) -> tuple[slice, ...]:
        """The postings of each run."""


class SegmentView:
    """The addresses and lengths of a segment's arrays, and what of them is proven before a loop reads it."""

    def __init__(self, arrays: MappedArrays) -> None:
        self._arrays = arrays
        size = arrays.itemsize("positions")
        lengths = (
            arrays.length("numbers"), arrays.length("stride_starts"), arrays.length("posting_starts") - 1,
            arrays.length("frequencies_at"), arrays.length("positions"), arrays.length("change"), size,
        )  # fmt: skip
        self._structure = _Segment(*(arrays.location(name) for name in _ARRAYS), *lengths)
        self.address = ctypes.addressof(self._structure)
        self._is_proven = False
        self._proven: WeakSet[TermRuns] = WeakSet()
        self._proven_positions: WeakSet[TermRuns] = WeakSet()

    @property
    def is_usable(self) -> bool:
        """Whether there is a library that can read the segment."""
        return library() is not None

    def prove(self, term_set: TermRuns, *, positions: bool = True) -> None:
        """Proves what a loop reads for a set of terms; with or without their positions.

        Raises:
            DamagedFileError: a block is not what was written.
        """
        if not self._is_proven:
            for name in ("posting_starts", "frequencies_at", "counts_past", "weights_past", "zone_starts"):
                self._arrays[name]
            self._is_proven = True
        if term_set not in self._proven:
            for postings in term_set.slices:
                self._arrays.part("numbers", postings)
                self._arrays.part("frequencies", postings)
            self._proven.add(term_set)
        if positions and term_set not in self._proven_positions:
            self._prove_positions(term_set)
            self._proven_positions.add(term_set)

    def _prove_positions(self, term_set: TermRuns) -> None:
        occurrences = self._arrays["occurrence_starts"]
        for run, postings in zip(term_set.terms.reshape(-1, 2).tolist(), term_set.slices, strict=True):
            first_stride, last_stride = postings.start >> _STRIDE_BITS, postings.stop >> _STRIDE_BITS
            self._arrays.part("stride_starts", slice(first_stride, last_stride + 1))
            self._arrays.part(
                "frequencies", slice(first_stride << _STRIDE_BITS, postings.stop)
            )  # those before the first
            self._arrays.part("positions", slice(int(occurrences[run[0]]), int(occurrences[run[1]])))
