"""What stands beside hits, and how often does each item stand in some articles? Passes over forward lists.

Numpy does the same where there is no library (indexer.engines.whoosh.laid_out_units).
"""

import ctypes
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import MappedArrays
from indexer.kernels.library import DAMAGED, NO_MEMORY, OUTSIDE, Loop, address, contiguous, library
from indexer.places import PARAGRAPH_GAP

Int64Array = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]
TermKeys = npt.NDArray[np.uint64]

_ARRAYS = {
    "forward_forms": "u4", "forward_starts": "u4", "forward_low_starts": "u4", "forward_far_starts": "u4",
    "forward_codes": "u1", "forward_lows": "u1", "forward_far": "u4", "zone_starts": "u2 u4",
    "repeat_ends": "u4",
}  # fmt: skip
_LISTS = {
    "forward_codes": "forward_starts",
    "forward_lows": "forward_low_starts",
    "forward_far": "forward_far_starts",
}
"""The arrays that are read article by article, and where each article begins in them."""

_LENGTHS = ("form_count", "articles", "code_count", "low_count", "far_count", "position_bytes", "gap")
_ZONES = 3  # that have a start
_FEW = 64  # articles whose parts are proven one by one
_FREE = -1
GAP = 0xFFFF_FFFF
"""The form of a gap; forward.h has it too."""
FIRST_PAIRED = 208
"""Ranks below it are one code, as in forward.h; measured: 192 and 224 take a hundredth more."""
_NO_CODE = 256
SHARE_SHIFT = 32
"""The bits of a key above it say to which share it falls; the table is filled by those below."""
_SMALLEST = 1 << 12

_beside = Loop("khobao_beside", "aanananaa")
_syllables_beside = Loop("khobao_syllables_beside", "aanananaa")
_nearby = Loop("khobao_nearby", "aanaaaa")
_runs = Loop("khobao_runs", "aanaaa")
_forms = Loop("khobao_forms", "aanaa")
_terms_of_runs = Loop("khobao_terms_of_runs", "aaaana")
_number_keys = Loop("khobao_number_keys", "ananaa")
_move_items = Loop("khobao_move_items", "aa")


def number_keys(keys: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Where each distinct key stands first, in any order; and the number of each key; -1 of a key of -1."""
    keys = contiguous(keys.ravel(), np.int64)
    if library() is None:
        _, firsts, codes = np.unique(keys, return_index=True, return_inverse=True)
        has_none = len(firsts) > 0 and keys[firsts[0]] == _FREE
        return firsts[int(has_none) :], codes - int(has_none)
    codes, size, count = np.empty(len(keys), np.int64), _SMALLEST, _FREE
    while count == _FREE:
        slots, firsts = np.full((2 * size, 2), _FREE, np.int64), np.empty(size, np.int64)
        count = _number_keys(address(keys), len(keys), address(slots), size, address(firsts), address(codes))
        size *= 4
    return firsts[:count].copy(), codes


class _Forward(ctypes.Structure):
    """The structure ``forward`` of forward.h."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in (*_ARRAYS, "keys")),
        *((name, ctypes.c_int64) for name in _LENGTHS),
    ]


class CountedZones(NamedTuple):
    """Which text counts: a bit for each zone, and 1 where what repeats the lede is left out."""

    zones: int
    once: int

    @property
    def packed(self) -> Int64Array:
        """As the loops are given it."""
        return np.array(self, np.int64)


class HitsOfArticles(NamedTuple):
    """The hits of some articles.

    Attributes:
        numbers: uint16 (A,): the articles, ascending.
        ends: int64 (A,): where the hits of each end.
        starts, stops: int64 (h,): flat positions, by start in each article.
    """

    numbers: DocumentNumbers
    ends: Int64Array
    starts: Int64Array
    stops: Int64Array

    def of_articles(self, first: int, last: int) -> "tuple[int, HitsOfArticles]":
        """The hits of some of the articles, and the place of the first of these hits."""
        ends = self.ends[first:last]
        begin = int(self.ends[first - 1]) if first else 0
        end = int(ends[-1]) if len(ends) else begin
        some = HitsOfArticles(
            self.numbers[first:last], ends - begin, self.starts[begin:end], self.stops[begin:end]
        )
        return begin, some

    def chunks(self, articles: int) -> "Iterator[tuple[int, HitsOfArticles]]":
        """The hits of some articles at a time, each time with the place of the first."""
        for first in range(0, len(self.numbers), articles):
            yield self.of_articles(first, first + articles)


class ItemTable:
    """The items that were counted, by key: an open-addressing table, which grows."""

    def __init__(self) -> None:
        self._make(_SMALLEST)

    def _make(self, capacity: int) -> None:
        self._slots = np.full((capacity, 2), _FREE, np.int64)
        self._witnesses = np.empty(capacity, np.int64)
        self.structure = np.array([address(self._slots), address(self._witnesses), capacity, 0], np.int64)

    @property
    def used(self) -> int:
        """How many items there are."""
        return int(self.structure[3])

    def grow(self, items: int) -> None:
        """Makes it large enough for so many more items, and for twice as many as there are."""
        wanted = 2 * max(self.used + items, 2 * self.used)
        before = self._slots, self._witnesses, self.structure
        self._make(1 << (wanted - 1).bit_length())
        _move_items(address(before[2]), address(self.structure))

    def items(self) -> tuple[Int64Array, Int64Array, Int64Array]:
        """Keys, counts and witnesses, by key."""
        held = np.flatnonzero(self._slots[:, 0] != _FREE)
        held = held[np.argsort(self._slots[held, 0])]
        return self._slots[held, 0], self._slots[held, 1], self._witnesses[held]


class ForwardView:
    """The forward lists of a segment, and what of them is proven before a loop reads it.

    Args:
        keys: of the term of each form.
    """

    def __init__(self, arrays: MappedArrays, keys: TermKeys) -> None:
        self._arrays, self._keys = arrays, contiguous(keys, np.uint64)
        self.path: Path = arrays.path
        self._is_readable = _is_readable(arrays, self._keys)
        lengths = (
            arrays.length("forward_forms"), arrays.length("forward_starts") - 1,
            arrays.length("forward_codes"), arrays.length("forward_lows"), arrays.length("forward_far"),
            arrays.dtype("zone_starts").itemsize, PARAGRAPH_GAP,
        )  # fmt: skip
        locations = (arrays.location(name) for name in _ARRAYS)
        self._structure = _Forward(*locations, address(self._keys), *lengths)
        self._address = ctypes.addressof(self._structure)

    @property
    def is_usable(self) -> bool:
        """Whether there is a library, and the arrays are of the types and lengths that it reads."""
        return self._is_readable and library() is not None

    @property
    def forms(self) -> int:
        """How many forms there are."""
        return len(self._keys)

    def beside(
        self, hits: HitsOfArticles, distances: Sequence[int], *, by_word: bool
    ) -> tuple[Int64Array, Int64Array]:
        """The keys of the units at distances from hits, and where these stand: (h, n); -1 where none is."""
        self._prove(hits.numbers)
        shape, asked = (len(hits.starts), len(distances)), np.array(distances, np.int64)
        keys, witnesses = np.full(shape, _FREE, np.int64), np.full(shape, _FREE, np.int64)
        given = _addresses(hits)
        loop, how = _beside, int(by_word)
        if not by_word and self._gap_code is not None:
            loop, how = _syllables_beside, self._gap_code
        self._run(
            loop, address(hits.numbers), len(hits.numbers), address(given), how, address(asked),
            len(asked), address(keys), address(witnesses),
        )  # fmt: skip
        return keys, witnesses

    @cached_property
    def _gap_code(self) -> int | None:
        """The one code by which a gap is written, or one that no code is where there is no gap; else None."""
        (ranks,) = np.nonzero(self._arrays["forward_forms"] == GAP)
        if not len(ranks):
            return _NO_CODE
        return int(ranks[0]) if len(ranks) == 1 and ranks[0] < FIRST_PAIRED else None

    def count_nearby(
        self, hits: HitsOfArticles, reach: tuple[int, int, bool], text: CountedZones, table: ItemTable
    ) -> None:
        """Counts the units in the windows of hits: so many before, so many after, whether by word."""
        self._prove(hits.numbers)
        window, packed, done = np.array(reach, np.int64), text.packed, 0
        while done < len(hits.numbers):
            _, left = hits.of_articles(done, len(hits.numbers))
            given = _addresses(left)
            done += self._run(
                _nearby, address(left.numbers), len(left.numbers), address(given), address(window),
                address(packed), address(table.structure),
            )  # fmt: skip
            self._grow_for(table, hits.numbers[done:])

    def count_runs(
        self,
        numbers: DocumentNumbers,
        asked: tuple[int, bool, int, int],
        text: CountedZones,
        table: ItemTable,
    ) -> None:
        """Counts runs of units in some articles: of how many, whether by word, which share of how many."""
        self._prove(numbers)
        packed, runs, done = text.packed, np.array(asked, np.int64), 0
        while done < len(numbers):
            left = numbers[done:]
            done += self._run(
                _runs, address(left), len(left), address(runs), address(packed), address(table.structure)
            )
            self._grow_for(table, numbers[done:])

    def count_forms(self, numbers: DocumentNumbers, text: CountedZones, counts: Int64Array) -> None:
        """Adds how often each form stands in some articles, by its rank."""
        self._prove(numbers)
        packed = text.packed
        self._run(_forms, address(numbers), len(numbers), address(packed), address(counts))

    def terms_of_runs(self, numbers: DocumentNumbers, firsts: Int64Array, lengths: Int64Array) -> Int64Array:
        """The terms of runs of forms, end to end: of each its article, its first form, its length."""
        self._prove(np.unique(numbers))
        numbers, firsts = contiguous(numbers, np.uint16), contiguous(firsts, np.int64)
        lengths = contiguous(lengths, np.int64)
        terms = np.empty(int(lengths.sum()), np.int64)
        self._run(
            _terms_of_runs, address(numbers), address(firsts), address(lengths), len(numbers), address(terms)
        )
        return terms

    def _grow_for(self, table: ItemTable, left: DocumentNumbers) -> None:
        """Room for the articles that a loop left, where it left some."""
        if len(left):
            starts = self._arrays["forward_starts"]
            table.grow(int(starts[int(left[0]) + 1]) - int(starts[left[0]]))

    def _run(self, loop: Loop, *values: float) -> int:
        count = loop(self._address, *values)
        if count == DAMAGED:
            raise DamagedFileError(self.path, OUTSIDE)
        if count == NO_MEMORY:
            raise MemoryError
        return count

    def _prove(self, numbers: DocumentNumbers) -> None:
        """Proves what a loop reads of some articles.

        Raises:
            DamagedFileError: a block is not what was written, or there are no such articles.
        """
        for name in _ARRAYS:
            if name not in _LISTS or len(numbers) > _FEW:
                self._arrays[name]
        if len(numbers) > _FEW:
            return
        count = self._arrays.length("forward_starts") - 1
        for number in numbers.tolist():
            if number >= count:
                raise DamagedFileError(self.path, OUTSIDE)
            for name, starts in _LISTS.items():
                first, last = self._arrays[starts][number : number + 2].tolist()
                self._arrays.part(name, slice(first, last))


def _addresses(hits: HitsOfArticles) -> Int64Array:
    """The structure ``hits`` of forward.c."""
    return np.array([address(hits.ends), address(hits.starts), address(hits.stops)], np.int64)


def _is_readable(arrays: MappedArrays, keys: TermKeys) -> bool:
    """Whether the arrays have the types that the loops read, in this machine's order of bytes, and fit."""
    if sys.byteorder != "little":
        return False
    types = all(arrays.dtype(name) in map(np.dtype, kinds.split()) for name, kinds in _ARRAYS.items())
    starts = arrays.length("forward_starts")
    return (
        types
        and starts == arrays.length("forward_low_starts") == arrays.length("forward_far_starts")
        and starts == arrays.length("repeat_ends") + 1
        and arrays.length("zone_starts") == _ZONES * (starts - 1)
        and len(keys) == arrays.length("forward_forms")
    )
