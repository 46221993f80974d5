"""What does one segment hold, as arrays?

A Whoosh segment never changes, but for which of its articles are deleted; so what is read of it is
kept and shared by every later state of the index that still has the segment.
"""

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt
from whoosh.reading import SegmentReader

from indexer.engines.whoosh.schema import PLACE, Facts, places_array
from indexer.query import Field
from indexer.text.readings import reading_key

CACHE_BYTES = 64 << 20  # of occurrences, a segment
DOCUMENT_SHIFT = 32

Occurrences = npt.NDArray[np.int64]
"""Shape (n,): document number << 32 | packed place; ascending."""


class Terms:
    """The term dictionary of one field: found by the key their readings share."""

    def __init__(self, terms: list[str]) -> None:
        self._by_key: dict[str, list[str]] = {}
        for term in terms:
            self._by_key.setdefault(reading_key(term), []).append(term)

    def alike(self, typed: str) -> list[str]:
        """Terms with the key of a typed syllable."""
        return self._by_key.get(reading_key(typed), [])

    def beginning(self, typed: str) -> Iterator[str]:
        """Terms whose key begins with that of a typed prefix."""
        prefix = reading_key(typed)
        for place in range(bisect_left(self._keys, prefix), len(self._keys)):
            if not self._keys[place].startswith(prefix):
                return
            yield from self._by_key[self._keys[place]]

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._by_key)


class Segment:
    """One immutable segment; safe for threads. Closed when the last state that has it is."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._terms: dict[Field, Terms] = {}
        self._cache: OrderedDict[tuple[Field, str], Occurrences] = OrderedDict()
        self._cached_bytes = 0
        self.holders = 0
        self.count: int = reader.doc_count_all()
        column = reader.column_reader("facts")
        self.facts = tuple(Facts.from_bytes(column[number]) for number in range(self.count))

    def terms(self, field: Field) -> Terms:
        """The term dictionary of a field."""
        with self._lock:
            if field not in self._terms:
                self._terms[field] = Terms([term.decode() for term in self._reader.lexicon(field.value)])
            return self._terms[field]

    def occurrences(self, field: Field, term: str) -> Occurrences:
        """Every place of a term, in deleted articles too."""
        with self._lock:  # whoosh's files have one cursor each
            key = (field, term)
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            found = self._read(field, term)
            self._cache[key] = found
            self._cached_bytes += found.nbytes
            while self._cached_bytes > CACHE_BYTES and len(self._cache) > 1:
                self._cached_bytes -= self._cache.popitem(last=False)[1].nbytes
            return found

    def each_posting(self) -> Iterator[tuple[Field, str, int, bytes]]:
        """Every posting: field, term, document number, places as bytes."""
        with self._lock:
            for name, term in self._reader.all_terms():
                if name in set(Field):
                    for number, value in _postings(self._reader, name, term):
                        yield Field(name), term.decode(), number, value

    def hold(self) -> None:
        """One more state has this segment."""
        self.holders += 1

    def release(self) -> None:
        """One state less; the last closes the files."""
        self.holders -= 1
        if not self.holders:
            self._reader.close()

    def _read(self, field: Field, term: str) -> Occurrences:
        postings = list(_postings(self._reader, field.value, term.encode()))
        numbers = np.fromiter((number for number, _ in postings), np.int64, len(postings))
        counts, places = places_array([value for _, value in postings])
        found: Occurrences = np.repeat(numbers << DOCUMENT_SHIFT, counts)
        found |= places
        return found


def _postings(reader: SegmentReader, field: str, term: bytes) -> Iterator[tuple[int, bytes]]:
    """A term's postings: document number, places as bytes."""
    matcher = reader.postings(field, term)
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()


EMPTY: Occurrences = np.empty(0, np.int64)
assert PLACE.itemsize == DOCUMENT_SHIFT // 8  # noqa: S101 - a place fills the lower half of an occurrence
