"""How is a segment read? Its arrays are mapped into memory, so that processes share them.

A segment's file never changes; the snapshot keeps which of its articles are deleted.
"""

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, MappedArrays, MappedStrings, places_in, strings
from indexer.engines.whoosh import frequencies
from indexer.engines.whoosh.postings import FIELDS, Postings, Term
from indexer.engines.whoosh.segment_facets import SegmentFacets
from indexer.engines.whoosh.segment_file import STRIDE, unpack_postings
from indexer.engines.whoosh.short_prefixes import is_short_prefix, terms_with_prefix
from indexer.fields import Field
from indexer.kernels.segment_view import SegmentView
from indexer.query import Typed
from indexer.text.readings import fits, prefix_keys, reading_key

_POSTINGS = 1 << 16  # postings read at a time
_FEW = 8  # of the segment's articles so large a part, of which each id is read by itself
_REMEMBERED = 4_096  # typed syllables in a segment's LRU cache of term sets

DocumentNumbers = npt.NDArray[np.uint16]
"""Shape (n,): article numbers within the segment, ascending."""

TermRuns = tuple[range, ...]
"""Term numbers as ascending runs; all readings of a syllable without marks are one run."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TermSet:
    """The terms that a typed syllable means in a field of a segment.

    Attributes:
        slices: where the postings of each run of terms lie.
        single: whether it is one term, so that the articles of its postings ascend.
        postings: the number of postings; at least the number of articles.
        articles: how many articles hold any of the terms, where the file has the number; else None.
        terms: the runs once more, as an array: the first term of each, and the one after its last.
    """

    runs: TermRuns
    slices: tuple[slice, ...]
    single: bool
    postings: int
    articles: int | None
    terms: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many terms there are."""
        return sum(map(len, self.runs))


class Segment:
    """One immutable segment; safe for threads."""

    def __init__(self, path: Path) -> None:
        self.arrays = MappedArrays(path)
        self.count = self.arrays.length("change")
        self.facets = SegmentFacets(self.arrays, self.count)
        self.view = SegmentView(self.arrays)
        self._lock = threading.Lock()
        self._remembered: OrderedDict[tuple[Field, Typed], TermSet] = OrderedDict()

    def term_set(self, field: Field, typed: Typed) -> TermSet:
        """The terms that a typed syllable means in a field."""
        key = (field, typed)
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return self._remembered[key]
        term_set = self._look_up(field, typed)
        with self._lock:
            self._remembered[key] = term_set
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return term_set

    def _look_up(self, field: Field, typed: Typed) -> TermSet:
        keys = self._beginning(field, typed.syllable) if typed.prefix else self._alike(field, typed.syllable)
        candidates = [self._terms_of(run) for run in keys]
        found = self.terms_as_set(
            [number for run in candidates for number in self._fitting(field, typed, run)]
        )
        if found.articles is None and found.runs == tuple(candidates) and len(keys[0]) == 1:
            return replace(found, articles=int(self.arrays["key_articles"][keys[0].start]))
        return found

    def terms_as_set(self, numbers: list[int]) -> TermSet:
        """Some terms, by their numbers (ascending), as a set."""
        runs = _runs(numbers)
        slices = tuple(map(self.postings_of, runs))
        postings = sum(part.stop - part.start for part in slices)
        single = len(numbers) == 1
        terms = np.array([edge for run in runs for edge in (run.start, run.stop)], np.int64)
        return TermSet(runs, slices, single, postings, postings if single or not runs else None, terms)

    def _fitting(self, field: Field, typed: Typed, terms: range) -> list[int]:
        """The numbers of those of consecutive terms that a typed syllable means, ascending."""
        if not is_short_prefix(typed, terms):
            return [number for number in terms if fits(typed, self.term(number))]
        data, ends = self.arrays["term_bytes"], self.arrays["term_ends"]
        alike = self.key_terms(field, typed.syllable)
        return list(map(int, terms_with_prefix(typed, terms, alike, data, ends, self.term)))

    def key_terms(self, field: Field, syllable: str) -> range:
        """The numbers of the terms that share a syllable's reading key."""
        return self._terms_of(self._key(field, reading_key(syllable)))

    def term(self, number: int) -> str:
        """The text of a term."""
        return self._term_bytes[number].decode()

    def postings_of(self, terms: range) -> slice:
        """The slice of a run of terms' postings."""
        starts = self.arrays["posting_starts"]
        return slice(starts.item(terms.start), starts.item(terms.stop))

    def numbers(self, postings: slice) -> DocumentNumbers:
        """The document numbers of consecutive postings."""
        return self.arrays.part("numbers", postings)

    def numbers_at(self, postings: npt.NDArray[np.int64]) -> DocumentNumbers:
        """The document numbers of postings, by their numbers."""
        return self.arrays.at("numbers", postings)

    def weights(self, postings: slice) -> npt.NDArray[np.float64]:
        """The weighted frequencies of consecutive postings."""
        return frequencies.weights(self.arrays, postings, np.float64)

    def counts(self, postings: slice) -> npt.NDArray[np.int64]:
        """How many positions each of consecutive postings has."""
        return frequencies.counts(self.arrays, postings, np.int64)

    def weights_at(self, postings: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The weighted frequencies of postings, by their numbers."""
        return frequencies.weights_at(self.arrays, postings)

    def counts_at(self, postings: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many positions postings have, by their numbers."""
        return frequencies.counts_at(self.arrays, postings)

    def first_occurrences(self, postings: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The index of the first position of postings, by their numbers."""
        blocks = postings // STRIDE
        before = blocks[:, None] * STRIDE + np.arange(STRIDE)
        clipped = np.minimum(before, self.arrays.length("numbers") - 1)
        counts = np.where(before < postings[:, None], frequencies.narrow_counts(self.arrays, clipped), 0)
        past, at = self._excess, self.arrays["frequencies_at"]
        more = past[places_in(at, postings)] - past[places_in(at, blocks * STRIDE)]
        starts = self.arrays.at("stride_starts", blocks).astype(np.int64)
        indices: npt.NDArray[np.int64] = starts + counts.sum(axis=1, dtype=np.int64) + more
        return indices

    @cached_property
    def _excess(self) -> npt.NDArray[np.int64]:
        return frequencies.excess_counts(self.arrays)

    @cached_property
    def zone_starts(self) -> AnyArray:
        """The flat positions at which lede, body and captions begin: (articles, 3)."""
        return self.arrays["zone_starts"].reshape(self.count, -1)

    @cached_property
    def zone_columns(self) -> tuple[AnyArray, ...]:
        """The same as contiguous columns: gathering from them is ten times as fast."""
        return tuple(np.ascontiguousarray(column) for column in self.zone_starts.T)

    @cached_property
    def place_starts(self) -> npt.NDArray[np.uint32]:
        """The first place of each article (see place_bits), and the number of places: (articles + 1,).

        Where there are more places than 32 bits can count, the last value is the largest of 32 bits.
        """
        ends = np.zeros(self.count + 1, np.int64)
        begin = 0
        for start in range(0, self.arrays.length("numbers"), _POSTINGS):
            here = slice(start, start + _POSTINGS)
            numbers = self.numbers(here)
            last = begin + np.cumsum(self.counts(slice(start, start + len(numbers))))
            np.maximum.at(ends[1:], numbers, self.arrays["positions"][last - 1].astype(np.int64) + 1)
            begin = int(last[-1])
        return np.minimum(np.cumsum(ends), np.iinfo(np.uint32).max).astype(np.uint32)

    @cached_property
    def lengths(self) -> npt.NDArray[np.float64]:
        """The weighted lengths: (articles,)."""
        return self.arrays["length"].astype(np.float64)

    @cached_property
    def days(self) -> range:
        """The days, as ordinals, from the first to the last on which an article was published."""
        first_days = self.arrays["first_day"]
        known = first_days[first_days > 0]
        return range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)

    @cached_property
    def order_keys(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Sort keys for newest first and oldest first: date, then id, as one distinct number per article."""
        minutes = self.arrays["minute"].astype(np.int64)
        ranks = self.arrays["id_rank"].astype(np.int64)
        latest = int(minutes.max(initial=0)) + 1
        oldest = np.where(minutes > 0, minutes, latest)
        return (latest - minutes) << 16 | ranks, oldest << 16 | ranks

    def id(self, number: int) -> str:
        """The id of an article."""
        return self._ids[number].decode()

    def ids_of(self, numbers: npt.NDArray[np.int64]) -> list[str]:
        """The ids of some articles."""
        if len(numbers) < self.count // _FEW:
            return list(map(self.id, numbers.tolist()))
        ids = list(strings(self.arrays, "id"))
        return [ids[number].decode() for number in numbers.tolist()]

    def document_number(self, article_id: str) -> int | None:
        """The document number of an id, by a linear search; None where the segment has it not."""
        wanted = article_id.encode()
        return next(
            (number for number, stored in enumerate(strings(self.arrays, "id")) if stored == wanted), None
        )

    def numbers_of(self, article_ids: AbstractSet[str]) -> list[int]:
        """The document numbers of those of some ids that the segment has."""
        wanted = {article_id.encode() for article_id in article_ids}
        return [number for number, stored in enumerate(strings(self.arrays, "id")) if stored in wanted]

    def has_live(self, term: int, live: npt.NDArray[np.bool_]) -> bool:
        """Whether a live article holds a term; ``live`` has a value for each article."""
        postings = self.postings_of(range(term, term + 1))
        if postings.stop - postings.start > self.count - int(live.sum()):
            return True
        return bool(live[self.numbers(postings)].any())

    def postings(self) -> Postings:
        """All postings, as copies: for merging and verifying."""
        keys = strings(self.arrays, "key")
        field_starts = self.arrays["field_keys"].astype(np.int64)
        key_starts = self.arrays["key_terms"].astype(np.int64)
        fields = np.repeat(np.arange(len(FIELDS)), field_starts[1:] - field_starts[:-1]).tolist()
        each = np.repeat(np.arange(len(keys)), key_starts[1:] - key_starts[:-1]).tolist()
        terms: list[Term] = [
            (fields[key], keys[key], term)
            for key, term in zip(each, strings(self.arrays, "term"), strict=True)
        ]
        return unpack_postings(self.arrays, self.count, terms)

    def text_terms(self) -> list[bytes]:
        """The terms of the text in UTF-8; the place of a term is its number."""
        return self._term_bytes[: self._terms_of(range(*self._key_range(Field.TEXT))).stop]

    def _alike(self, field: Field, typed: str) -> list[range]:
        """The reading key of a typed syllable, as a list of one run of keys."""
        return [self._key(field, reading_key(typed))]

    def _beginning(self, field: Field, typed: str) -> list[range]:
        """The keys of terms that may begin with a typed prefix, as runs."""
        beginning, others = prefix_keys(typed)
        first, last = self._key_range(field)
        prefix = beginning.encode()
        place = bisect_left(self._key_bytes, prefix, first, last)
        after = bisect_left(self._key_bytes, prefix + b"\xff", place, last)  # no UTF-8 byte is ff
        return sorted([range(place, after), *(self._key(field, key) for key in others)], key=_start)

    def _key(self, field: Field, key: str) -> range:
        """A key as a run of keys; empty where the segment has it not."""
        first, last = self._key_range(field)
        place = bisect_left(self._key_bytes, key.encode(), first, last)
        is_present = place < last and self._key_bytes[place] == key.encode()
        return range(place, place + 1) if is_present else range(0)

    def _terms_of(self, keys: range) -> range:
        """The terms of a run of keys."""
        starts = self.arrays["key_terms"]
        return range(starts.item(keys.start), starts.item(keys.stop))

    def _key_range(self, field: Field) -> tuple[int, int]:
        starts = self.arrays["field_keys"]
        place = FIELDS.index(field)
        return starts.item(place), starts.item(place + 1)

    @cached_property
    def _key_bytes(self) -> MappedStrings:
        return MappedStrings(self.arrays, "key")

    @cached_property
    def _term_bytes(self) -> MappedStrings:
        return MappedStrings(self.arrays, "term")

    @cached_property
    def _ids(self) -> MappedStrings:
        return MappedStrings(self.arrays, "id")


def _start(run: range) -> int:
    return run.start


def _runs(numbers: list[int]) -> TermRuns:
    """Ascending numbers as runs of consecutive ones.

    >>> _runs([3, 4, 5, 9])
    (range(3, 6), range(9, 10))
    """
    runs: list[range] = []
    for number in numbers:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return tuple(runs)
