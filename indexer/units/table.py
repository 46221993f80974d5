"""Which units does the corpus know, and which of them can typed syllables be?

===================  =====  ==========================================================================
array                dtype  one for each
===================  =====  ==========================================================================
unit_total           i8     two values: the words of the corpus, counted with repetitions; its articles
spelling_bytes       u1     byte of the spellings, sorted by reading key and by word
spelling_ends        u4     spelling
spelling_counts      u4     spelling: how often it is cut as a word by itself
spelling_places      u4     spelling: how often it stands anywhere
unit_key_bytes       u1     byte of the reading keys, sorted
unit_key_ends        u4     reading key
key_spellings        u4     reading key, and one more: where its spellings begin
run_hashes           u8     run of 2 to 6 syllables that is a unit: hash of its reading keys, ascending
run_ends             u4     run: where its syllables end in run_spellings
run_spellings        u4     syllable of a run: the number of its spelling
run_counts           u4     run: how often it is cut as one word; of a phrase, how often it stands in heads
run_places           u4     run: how often its syllables stand side by side; of a phrase, heads with all of it
run_kinds            u1     run: index in KINDS; of a phrase also the length of its first word << 4
===================  =====  ==========================================================================

Terms that are one word in another spelling (hoà, hòa; kỹ, kĩ) are one spelling here, written as most often.

In a run of several syllables marks bind together: where any syllable of it is typed with a mark, every
syllable is complete, so "sinh viên" is not sinh viện, and "giá vang" is no unit; where none is, all marks are
free ("da nang" is Đà Nẵng).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.tones import bears_mark
from indexer.arrays.file import AnyArray, strings
from indexer.text.readings import means, reading_key
from indexer.word_counts import LONGEST_WORD

LONGEST = LONGEST_WORD
"""Syllables of a unit, at most."""

KIND_BITS = 15
FIRST_SHIFT = 4

_MASK = (1 << 64) - 1
_MIXERS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
    0xE7037ED1A0B428DB,
)
_REMEMBERED = 1 << 14
_UNKNOWN = -1


class UnitKind(StrEnum):
    """Why syllables are a unit."""

    SYLLABLE = "syllable"
    WORD = "word"
    NAME = "name"
    PHRASE = "phrase"


KINDS = (UnitKind.WORD, UnitKind.NAME, UnitKind.PHRASE)
"""The kinds of runs, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of the table.

    Attributes:
        syllables: as the corpus writes them.
        count: how often it is cut as one word; of a phrase, the heads in which its words stand side by side.
        places: how often its syllables stand side by side; of a phrase, the heads that hold both its words.
        first: of a phrase, the syllables of its first word; else 0.
    """

    syllables: tuple[str, ...]
    kind: UnitKind
    count: int
    places: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """The commonest reading of a typed syllable: how often it is a word by itself, and stands anywhere."""

    text: str
    count: int
    places: int


def _fits(typed: str, spelling: str, marked: bool) -> bool:
    return not marked or means(typed, spelling, complete=True)


def hash_keys(numbers: Sequence[int]) -> int:
    """The hash of a run, from the numbers of its reading keys; of 64 bits."""
    return sum((number + 1) * mixer for number, mixer in zip(numbers, _MIXERS, strict=False)) & _MASK


def hash_rows(rows: npt.NDArray[np.integer]) -> npt.NDArray[np.uint64]:
    """The same for runs of one length, given as (N, L) numbers of keys: uint64 (N,)."""
    mixers = np.array(_MIXERS[: rows.shape[1]], np.uint64)
    hashes: npt.NDArray[np.uint64] = ((rows.astype(np.uint64) + np.uint64(1)) * mixers).sum(
        axis=1, dtype=np.uint64
    )
    return hashes


class UnitTable:
    """Reads the arrays of a table; safe for threads.

    Attributes:
        total: the words of the corpus, counted with repetitions.
        articles: the articles whose heads were read.
    """

    total: int
    articles: int

    def __init__(self, arrays: Mapping[str, AnyArray]) -> None:
        self.total, self.articles = arrays["unit_total"].tolist()
        self._spellings = strings(arrays, "spelling")
        self._counts = arrays["spelling_counts"]
        self._spelling_places = arrays["spelling_places"]
        self._numbers = {key: number for number, key in enumerate(strings(arrays, "unit_key"))}
        self._key_spellings = arrays["key_spellings"]
        self._hashes = arrays["run_hashes"]
        self._ends = arrays["run_ends"]
        self._run_spellings = arrays["run_spellings"]
        self._run_counts = arrays["run_counts"]
        self._places = arrays["run_places"]
        self._kinds = arrays["run_kinds"]
        self._fits = lru_cache(maxsize=_REMEMBERED)(_fits)
        self._entry = lru_cache(maxsize=_REMEMBERED)(self._read_entry)
        self.key_number = lru_cache(maxsize=_REMEMBERED)(self._find_key)
        self._reading = lru_cache(maxsize=_REMEMBERED)(self._find_reading)

    def __len__(self) -> int:
        return len(self._hashes)

    def _find_key(self, syllable: str) -> int:
        """The number of a typed syllable's reading key; _UNKNOWN where no unit has it."""
        return self._numbers.get(reading_key(syllable).encode(), _UNKNOWN)

    def reading(self, syllable: str, *, complete: bool = False) -> Spelling | None:
        """The commonest reading of one typed syllable, or if it is complete the one that it is."""
        return self._reading(syllable, complete)

    def _find_reading(self, syllable: str, complete: bool) -> Spelling | None:
        """The commonest reading of one typed syllable; the marks that it has bind."""
        number = self.key_number(syllable)
        if number == _UNKNOWN:
            return None
        here = range(int(self._key_spellings[number]), int(self._key_spellings[number + 1]))
        counted = [
            (int(self._counts[spelling]), -spelling)
            for spelling in here
            if means(syllable, self._spelling(spelling), complete=complete)
        ]
        if not counted:
            return None
        count, spelling = max(counted)
        return Spelling(self._spelling(-spelling), count, int(self._spelling_places[-spelling]))

    def find(self, syllables: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[UnitEntry | None]:
        """For each span of typed syllables (normalised), the commonest unit that they can be.

        A span is the index of its first syllable and of the one behind its last; it has 2 to LONGEST.
        """
        entries: list[UnitEntry | None] = [None] * len(spans)
        numbers = [self.key_number(syllable) for syllable in syllables]
        unknown = [place for place, number in enumerate(numbers) if number == _UNKNOWN]
        known = [
            place
            for place, (first, last) in enumerate(spans)
            if not any(first <= gap < last for gap in unknown)
        ]
        hashes = [hash_keys(numbers[slice(*spans[place])]) for place in known]
        firsts = np.searchsorted(self._hashes, np.array(hashes, np.uint64))
        there = self._hashes[np.minimum(firsts, len(self._hashes) - 1)].tolist() if len(self) else ()
        for place, first, wanted, held in zip(known, firsts.tolist(), hashes, there, strict=False):
            if held == wanted:
                entries[place] = self._best(syllables[slice(*spans[place])], first, wanted)
        return entries

    def _best(self, run: Sequence[str], first: int, wanted: int) -> UnitEntry | None:
        """The commonest of the runs from ``first`` on with this hash that the typed syllables can be."""
        marked = any(bears_mark(syllable) for syllable in run)
        best: UnitEntry | None = None
        while first < len(self._hashes) and int(self._hashes[first]) == wanted:
            entry = self._entry(first)
            if len(entry.syllables) == len(run) and all(
                self._fits(typed, spelling, marked)
                for typed, spelling in zip(run, entry.syllables, strict=True)
            ):
                best = entry if best is None or entry.count > best.count else best
            first += 1
        return best

    def _read_entry(self, run: int) -> UnitEntry:
        kind = int(self._kinds[run])
        return UnitEntry(
            tuple(map(self._spelling, self._spellings_of(run))),
            KINDS[kind & KIND_BITS],
            int(self._run_counts[run]),
            int(self._places[run]),
            kind >> FIRST_SHIFT,
        )

    def _spellings_of(self, run: int) -> list[int]:
        start = int(self._ends[run - 1]) if run else 0
        numbers: list[int] = self._run_spellings[start : int(self._ends[run])].tolist()
        return numbers

    def _spelling(self, number: int) -> str:
        return self._spellings[number].decode()
