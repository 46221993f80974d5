"""Where do the arrays of a segment's file lie? The one value that every loop over a segment is given."""

import ctypes
import sys
from pathlib import Path
from typing import Protocol
from weakref import WeakSet

import numpy as np

from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import MappedArrays
from indexer.kernels.library import DAMAGED, NO_MEMORY, OUTSIDE, AnyArray, Loop, library

_ARRAYS = {
    "numbers": "u2", "frequencies": "u1", "stride_starts": "u4", "posting_starts": "u4",
    "frequencies_at": "u4", "counts_past": "u4", "weights_past": "u4", "positions": "u2 u4",
    "zone_starts": "u2 u4", "flags": "u1", "spans": "u1", "spans_at": "u4", "spans_past": "u8",
}  # fmt: skip
"""The arrays of the structure, and the types that the loops read."""
_LENGTHS = (
    "postings", "strides", "terms", "wide", "occurrences", "articles", "position_bytes", "flag_bytes",
    "span_count", "spans_wide",
)  # fmt: skip
_STRIDE_BITS = 4  # a stride is 16 postings
_FLAGS_BITS = 2  # four flags are in a byte
_ZONES = 3  # that have a start; the first begins at 0


class _Segment(ctypes.Structure):
    """The structure ``segment`` of kernels.c."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in _ARRAYS),
        *((name, ctypes.c_int64) for name in _LENGTHS),
    ]


class RunsOfTerms(Protocol):
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
        self.path: Path = arrays.path
        self._is_readable = _is_readable(arrays)
        lengths = (
            arrays.length("numbers"), arrays.length("stride_starts"), arrays.length("posting_starts") - 1,
            arrays.length("frequencies_at"), arrays.length("positions"), arrays.length("change"),
            arrays.dtype("positions").itemsize, arrays.length("flags"), arrays.length("spans"),
            arrays.length("spans_at"),
        )  # fmt: skip
        self._structure = _Segment(*(arrays.location(name) for name in _ARRAYS), *lengths)
        self._address = ctypes.addressof(self._structure)
        self._is_proven = self._are_spans_proven = False
        self._proven: WeakSet[RunsOfTerms] = WeakSet()
        self._proven_positions: WeakSet[RunsOfTerms] = WeakSet()

    @property
    def is_usable(self) -> bool:
        """Whether there is a library, and the arrays are of the types and lengths that it reads."""
        return self._is_readable and library() is not None

    def run(self, loop: Loop, *values: float) -> int:
        """What a loop over the segment gives back.

        Raises:
            DamagedFileError: a number in an array leads outside another.
        """
        count = loop(self._address, *values)
        if count == DAMAGED:
            raise DamagedFileError(self.path, OUTSIDE)
        if count == NO_MEMORY:
            raise MemoryError
        return count

    def prove(self, term_set: RunsOfTerms, *, positions: bool = True) -> None:
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

    def spans_of(self, article: int) -> tuple[int, int]:
        """Where the spans of an article lie in the file; they are proven.

        Raises:
            DamagedFileError: a block is not what was written.
        """
        if not self._are_spans_proven:
            for name in ("spans_at", "spans_past"):
                self._arrays[name]
            self._are_spans_proven = True
        first, last = self._arrays["span_starts"][article : article + 2].tolist()
        self._arrays.part("spans", slice(first, last))
        return first, last

    def _prove_positions(self, term_set: RunsOfTerms) -> None:
        occurrences = self._arrays["occurrence_starts"]
        for run, postings in zip(term_set.terms.reshape(-1, 2).tolist(), term_set.slices, strict=True):
            first_stride, last_stride = postings.start >> _STRIDE_BITS, postings.stop >> _STRIDE_BITS
            self._arrays.part("stride_starts", slice(first_stride, last_stride + 1))
            # The counts of the postings before the first one of its stride are added up.
            self._arrays.part("frequencies", slice(first_stride << _STRIDE_BITS, postings.stop))
            first, last = int(occurrences[run[0]]), int(occurrences[run[1]])
            self._arrays.part("positions", slice(first, last))
            self._arrays.part("flags", slice(first >> _FLAGS_BITS, (last >> _FLAGS_BITS) + 1))


def _is_readable(arrays: MappedArrays) -> bool:
    """Whether the arrays have the types that the loops read, in this machine's order of bytes, and fit."""
    if sys.byteorder != "little":
        return False
    types = all(arrays.dtype(name) in map(np.dtype, kinds.split()) for name, kinds in _ARRAYS.items())
    wide = arrays.length("frequencies_at")
    return (
        types
        and arrays.dtype("positions") == arrays.dtype("zone_starts")
        and arrays.length("frequencies") == arrays.length("numbers")
        and arrays.length("counts_past") == wide == arrays.length("weights_past")
        and arrays.length("zone_starts") == _ZONES * arrays.length("change")
        and arrays.length("posting_starts") > 0
        and arrays.length("spans_past") == arrays.length("spans_at")
    )
