"""What does the corpus know of syllables? Their readings, their neighbours in spelling, and bigrams.

Counts are read from the segments' files as they are: a deleted article counts until its segment is merged.
But no term is given that stands in deleted or withdrawn articles alone.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray
from indexer.engine import Counts
from indexer.engines.whoosh.bigrams import bigram_counts
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.fields import Field
from indexer.text.edits import MAX_LETTERS, edits
from indexer.text.fold import fold
from indexer.text.readings import reading_key

_REMEMBERED = 4_096  # reading keys in each LRU cache
_KEY = np.dtype(f"S{MAX_LETTERS + 1}")  # keys of at most so many bytes are compared as one value
_NOWHERE = -1


class WhooshLexicon:
    """Implements indexer.engine.Lexicon; safe for threads."""

    def __init__(self, readers: Sequence[SegmentReader]) -> None:
        self._segments = tuple(reader.segment for reader in readers)
        self._live = tuple(reader.live for reader in readers)
        self._readings = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._counted = lru_cache(maxsize=_REMEMBERED)(self._count)

    @cached_property
    def total(self) -> int:
        """Occurrences of all terms of the text."""
        return sum(_occurrences(segment, _text_terms(segment)) for segment in self._segments)

    def readings(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Terms with the syllable's reading key, and their occurrences."""
        return self._counted(reading_key(syllable))

    def _count(self, key: str) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        for segment, numbers in zip(self._segments, self._readings(key), strict=True):
            for term, number in numbers.items():
                counts[term] += _occurrences(segment, number + 1) - _occurrences(segment, number)
        return _ordered(counts)

    def neighbours(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Reading keys one edit away, and the occurrences of their terms."""
        wanted = set(map(reading_key, edits(fold(syllable)))) - {reading_key(syllable)}
        encoded = [key.encode() for key in wanted]
        typed = np.array([key for key in encoded if len(key) <= _KEY.itemsize], _KEY)
        counts: Counter[str] = Counter()
        for keys in self._keys:
            for key, count in keys.find(typed):
                counts[key] += count
        if any(live is not None for live in self._live):
            counts = Counter({key: count for key, count in counts.items() if self._counted(key)})
        return _ordered(counts)

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        """How often each of ``seconds`` follows each of ``firsts``."""
        counts = np.zeros((len(firsts), len(seconds)), np.int64)
        ours, theirs = self._numbers(firsts), self._numbers(seconds)
        for segment, first, second in zip(self._segments, ours, theirs, strict=True):
            counts += bigram_counts(segment.arrays, first, second)
        return counts

    def _read(self, key: str) -> tuple[dict[str, int], ...]:
        """For each segment, the terms of a reading key, with their numbers."""
        return tuple(
            {
                segment.term(number): number
                for number in segment.key_terms(Field.TEXT, key)
                if live is None or segment.has_live(number, live)
            }
            for segment, live in zip(self._segments, self._live, strict=True)
        )

    def _numbers(self, terms: Sequence[str]) -> list[list[int]]:
        """For each segment, the numbers of the terms; _NOWHERE for a term that it has not."""
        readings = [self._readings(reading_key(term)) for term in terms]
        return [
            [numbers[place].get(term, _NOWHERE) for numbers, term in zip(readings, terms, strict=True)]
            for place in range(len(self._segments))
        ]

    @cached_property
    def _keys(self) -> list["_Keys"]:
        return [_Keys(segment) for segment in self._segments]


class _Keys:
    """The short reading keys of a segment's text, as an array in which many keys are searched at once."""

    def __init__(self, segment: Segment) -> None:
        arrays = segment.arrays
        count = int(arrays["field_keys"][1])
        ends = arrays["key_ends"][:count].astype(np.int64)
        lengths = np.diff(ends, prepend=0)
        short = np.flatnonzero(lengths <= _KEY.itemsize)
        self._keys = _strings(arrays["key_bytes"], (ends - lengths)[short], lengths[short])
        occurrences = arrays["occurrence_starts"][arrays["key_terms"][: count + 1]].astype(np.int64)
        self._counts = np.diff(occurrences)[short]

    def find(self, wanted: "npt.NDArray[np.bytes_]") -> list[tuple[str, int]]:
        """Those of the wanted keys that the segment has, with the occurrences of their terms."""
        if not len(self._keys):
            return []
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        present = places[self._keys[places] == wanted]
        keys: list[bytes] = self._keys[present].tolist()
        return [
            (key.decode(), count) for key, count in zip(keys, self._counts[present].tolist(), strict=True)
        ]


def _strings(data: AnyArray, starts: Counts, lengths: Counts) -> "npt.NDArray[np.bytes_]":
    """Strings in an array of bytes, as NumPy values of one width."""
    letters = np.zeros((len(starts), _KEY.itemsize), np.uint8)
    for place in range(_KEY.itemsize):
        here = lengths > place
        letters[here, place] = data[starts[here] + place]
    return letters.view(_KEY).ravel()


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The counts, the most frequent first."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _text_terms(segment: Segment) -> int:
    """How many terms the field TEXT has; they come first."""
    return int(segment.arrays["key_terms"][segment.arrays["field_keys"][1]])


def _occurrences(segment: Segment, term: int) -> int:
    """How many occurrences precede those of a term."""
    return int(segment.arrays["occurrence_starts"][term])
