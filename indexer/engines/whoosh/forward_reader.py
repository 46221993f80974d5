"""What is counted in the forward list of one segment? In C where there is a library, else in numpy.

How often each item stands in the whole segment is counted once, and kept: of more than half of its articles
the counts are those less what the others have.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import MappedArrays, MappedStrings
from indexer.budget import Stage, charge
from indexer.counting import CountedText, Int64Array, TokenUnit, Window
from indexer.engines.whoosh.forward_list import Forms, unpack_forward
from indexer.engines.whoosh.item_keys import Uint64Array, final_keys, keys_of_terms
from indexer.engines.whoosh.laid_out import lay_out
from indexer.engines.whoosh.laid_out_units import LaidOutUnits
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.engines.whoosh.tally import ItemRows, count_keys, sum_items
from indexer.engines.whoosh.witnesses import RunsOfForms, witness_terms
from indexer.kernels.forward import GAP, SHARE_SHIFT, CountedZones, ForwardView, HitsOfArticles, ItemTable
from indexer.kernels.library import OUTSIDE

_AT_A_TIME = 8_192  # articles, before the budget is looked at
_LAID_OUT = 2_048  # articles that numpy lays out at a time
_KEPT = 3
"""Counts of a whole segment that are kept: by unit, zones, once. On news those of all words take 6 MB."""


class RunsAsked(NamedTuple):
    """Which runs of units are counted.

    Attributes:
        length: how many units each has.
        share, shares: of the items only those are counted whose key falls to this share of so many.
    """

    text: CountedText
    unit: TokenUnit
    length: int = 1
    share: int = 0
    shares: int = 1


class ForwardReader:
    """Counts in one segment; safe for threads."""

    def __init__(self, arrays: MappedArrays) -> None:
        self._arrays = arrays
        self._count = arrays.length("change")
        self._term_keys = keys_of_terms(arrays["term_bytes"], arrays["term_ends"])
        self._keys = self._keys_of(arrays["forward_forms"])
        self._view = ForwardView(arrays, self._keys)
        self._terms = MappedStrings(arrays, "term")
        self._lock = threading.Lock()
        self._whole: OrderedDict[RunsAsked, ItemRows] = OrderedDict()

    def beside(
        self, hits: HitsOfArticles, distances: Sequence[int], unit: TokenUnit
    ) -> Iterator[tuple[slice, Int64Array, Int64Array]]:
        """For some hits at a time, the keys of the units at distances from them, and where these stand."""
        for begin, some in hits.chunks(_AT_A_TIME if self._view.is_usable else _LAID_OUT):
            if self._view.is_usable:
                keys, witnesses = self._view.beside(some, distances, by_word=unit is TokenUnit.WORD)
            else:
                keys, witnesses = self._units(some.numbers, unit).beside(some, list(distances))
            charge(Stage.COUNTING)
            yield slice(begin, begin + len(some.starts)), keys, witnesses

    def nearby(self, hits: HitsOfArticles, window: Window, text: CountedText) -> ItemRows:
        """The items in the windows of hits."""
        if not self._view.is_usable:
            return self._nearby_by_numpy(hits, window, text)
        table = ItemTable()
        reach = window.before, window.after, window.unit is TokenUnit.WORD
        for _, some in hits.chunks(_AT_A_TIME):
            self._view.count_nearby(some, reach, _zones(text), table)
            charge(Stage.COUNTING)
        return ItemRows(*table.items())

    def _nearby_by_numpy(self, hits: HitsOfArticles, window: Window, text: CountedText) -> ItemRows:
        parts = []
        for _, some in hits.chunks(_LAID_OUT):
            units = self._units(some.numbers, window.unit)
            parts.append(count_keys(*units.items(*units.nearby(some, window.before, window.after, text))))
            charge(Stage.COUNTING)
        return sum_items(parts)

    def items(self, numbers: DocumentNumbers, asked: RunsAsked) -> ItemRows:
        """The runs of units of some articles (ascending)."""
        if asked.length > 1 or 2 * len(numbers) <= self._count:
            return self._counted(numbers, asked)
        others = np.ones(self._count, np.bool_)
        others[numbers] = False
        whole = self._whole_segment(asked)
        if not others.any():
            return whole
        return whole.less(self._counted(np.flatnonzero(others).astype(np.uint16), asked))

    def _whole_segment(self, asked: RunsAsked) -> ItemRows:
        with self._lock:
            if asked in self._whole:
                self._whole.move_to_end(asked)
                return self._whole[asked]
        whole = self._counted(np.arange(self._count, dtype=np.uint16), asked)
        with self._lock:
            self._whole[asked] = whole
            if len(self._whole) > _KEPT:
                self._whole.popitem(last=False)
        return whole

    def _counted(self, numbers: DocumentNumbers, asked: RunsAsked) -> ItemRows:
        if not self._view.is_usable:
            return self._runs_by_numpy(numbers, asked)
        if asked.unit is TokenUnit.SYLLABLE and asked.length == 1:
            return self._syllables(numbers, asked.text)
        table = ItemTable()
        runs = asked.length, asked.unit is TokenUnit.WORD, asked.share, asked.shares
        for some in _chunks(numbers, _AT_A_TIME):
            self._view.count_runs(some, runs, _zones(asked.text), table)
            charge(Stage.COUNTING)
        return ItemRows(*table.items())

    def _syllables(self, numbers: DocumentNumbers, text: CountedText) -> ItemRows:
        counts = np.zeros(len(self._keys), np.int64)
        for some in _chunks(numbers, _AT_A_TIME):
            self._view.count_forms(some, _zones(text), counts)
            charge(Stage.COUNTING)
        ranks = np.flatnonzero(counts)
        terms = self._arrays["forward_forms"][ranks].astype(np.int64) >> 1
        return sum_items([ItemRows(final_keys(self._keys[ranks]), counts[ranks], witness_terms(terms))])

    def _runs_by_numpy(self, numbers: DocumentNumbers, asked: RunsAsked) -> ItemRows:
        parts = []
        for some in _chunks(numbers, _LAID_OUT):
            units = self._units(some, asked.unit)
            keys, witnesses = units.items(*units.runs(asked.length, asked.text))
            own = (keys >> SHARE_SHIFT) % asked.shares == asked.share
            parts.append(count_keys(keys[own], witnesses[own]))
            charge(Stage.COUNTING)
        return sum_items(parts)

    def _units(self, numbers: DocumentNumbers, unit: TokenUnit) -> LaidOutUnits:
        laid_out = lay_out(self._arrays, numbers)
        return LaidOutUnits(laid_out, self._keys_of(laid_out.forms), unit)

    def _keys_of(self, forms: Forms) -> Uint64Array:
        """The key of the term of each form; 0 for a gap."""
        is_gap = forms == GAP
        terms = np.where(is_gap, 0, forms >> 1)
        if len(terms) and int(terms.max()) >= len(self._term_keys):
            raise DamagedFileError(self._arrays.path, OUTSIDE)
        keys = self._term_keys[terms]
        return np.where(is_gap, np.uint64(0), keys)

    def texts_of_terms(self, terms: Int64Array) -> list[str]:
        """The texts of some terms of the text."""
        return [self._terms[number].decode() for number in terms.tolist()]

    def texts_of_runs(self, runs: RunsOfForms) -> list[str]:
        """The texts of runs of forms."""
        order = np.argsort(runs.articles, kind="stable")  # so that each article is read once
        own = RunsOfForms(*(part[order] for part in runs))
        known, places = np.unique(self._terms_of(own), return_inverse=True)
        texts = self.texts_of_terms(known)
        syllables = [texts[place] for place in places.tolist()]
        ends = np.cumsum(own.lengths)
        found = np.empty(len(order), object)
        for place, first, end in zip(
            order.tolist(), (ends - own.lengths).tolist(), ends.tolist(), strict=True
        ):
            found[place] = " ".join(syllables[first:end])
        listed: list[str] = found.tolist()
        return listed

    def _terms_of(self, runs: RunsOfForms) -> Int64Array:
        """The terms of runs of forms, by article; end to end."""
        if self._view.is_usable:
            return self._view.terms_of_runs(runs.articles.astype(np.uint16), runs.firsts, runs.lengths)
        terms, number, forms = [np.empty(0, np.int64)], -1, np.empty(0, np.uint32)
        for article, first, length in zip(*(part.tolist() for part in runs), strict=True):
            if article != number:
                number, forms = article, unpack_forward(self._arrays, np.array([article])).forms
            terms.append(forms[first : first + length].astype(np.int64) >> 1)
        return np.concatenate(terms)


_readers: WeakKeyDictionary[Segment, ForwardReader] = WeakKeyDictionary()
_making = threading.Lock()


def forward_of(segment: Segment) -> ForwardReader:
    """The reader of a segment's forward list; all states of the index that have the segment share it."""
    with _making:
        if segment not in _readers:
            _readers[segment] = ForwardReader(segment.arrays)  # must not refer to the segment, its key
        return _readers[segment]


def _zones(text: CountedText) -> CountedZones:
    return CountedZones(sum(1 << zone for zone in text.zones), int(text.once))


def _chunks(numbers: DocumentNumbers, size: int) -> Iterator[DocumentNumbers]:
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size]
