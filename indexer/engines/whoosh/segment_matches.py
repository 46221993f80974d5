"""Which articles of a segment hold a match, and how often? Computed lazily, and once."""

from dataclasses import replace
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.common_terms import FrequencyRow, RowCache
from indexer.engines.whoosh.matching import ONLY_ZONE, articles_among, articles_mask, articles_of, find_spots
from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    Mask,
    places_among,
    postings_in,
    zones,
)
from indexer.engines.whoosh.phrases import MANY_TERMS
from indexer.engines.whoosh.postings import WEIGHTS
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.fields import TEXT_FIELDS, Field
from indexer.kernels.spots import frequencies as frequencies_in_c
from indexer.kernels.spots import numbers_of
from indexer.query import Match
from indexer.request_cache import cached

Frequencies = npt.NDArray[np.float64]

_COMMON = 32
"""A syllable gets a row of frequencies where at least one article in so many may hold it."""


class SegmentMatch(Protocol):
    """A match in one segment: its postings without positions."""

    @property
    def row(self) -> FrequencyRow | None:
        """Its frequencies in every article, where it has a row; else None."""

    @property
    def bound(self) -> int:
        """An upper bound of the number of articles that hold it."""

    @property
    def numbers(self) -> DocumentNumbers:
        """The articles that hold it, ascending; deleted ones included."""

    def among(self, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles (ascending) that hold it."""

    @property
    def mask(self) -> Mask:
        """The same as a mask; callers must not change it."""

    def count(self, live: Mask | None) -> int:
        """How many live articles hold it."""

    def frequencies(self, numbers: DocumentNumbers) -> Frequencies:
        """Its weighted frequency in each of some articles (ascending); 0 where it is not held."""


def open_match(
    segment: Segment, match: Match, rows: RowCache, within: DocumentNumbers | None = None
) -> SegmentMatch:
    """A match and its expansions in a segment.

    Args:
        within: articles (ascending); where given, the match is asked about these alone.
    """
    own = _open_single(segment, match, rows, within)
    if not match.expansions:
        return own
    return _MatchUnion(
        segment.count,
        [own, *(_open_single(segment, expansion, rows, within) for expansion in match.expansions)],
    )


def _open_single(
    segment: Segment, match: Match, rows: RowCache, within: DocumentNumbers | None
) -> SegmentMatch:
    """A match without its expansions."""
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    slots = [segment.term_set(field, typed) for typed in match.typed]
    if not all(term_set.postings for term_set in slots):
        return _KnownArticles(segment.count, np.empty(0, np.uint16), np.empty(0))
    if len(slots) == 1 and not match.slop and not match.as_word and match.field not in ONLY_ZONE:
        return _TermUnion(segment, slots[0], rows)
    if within is not None:
        return _find_articles(segment, match, slots, within)
    same = replace(match, label="", expansions=())
    return cached((segment, same), lambda: _find_articles(segment, match, slots, None), _bytes)


def _bytes(known: "_KnownArticles") -> int:
    return known.bound * 10 + known.count_of_articles


def _find_articles(
    segment: Segment, match: Match, slots: list[TermSet], within: DocumentNumbers | None
) -> "_KnownArticles":
    spots = find_spots(segment, match, slots, within)
    if match.field in TEXT_FIELDS:
        weights = WEIGHTS[zones(segment, spots)]
    else:
        weights = np.full(len(spots), WEIGHTS[0])
    totals = np.bincount(spots >> ARTICLE_SHIFT, weights, minlength=segment.count)
    numbers = np.flatnonzero(totals)  # every occurrence weighs something
    return _KnownArticles(
        segment.count, numbers.astype(np.uint16), totals[numbers].astype(np.float64, copy=False)
    )


def _count(numbers: DocumentNumbers, live: Mask | None) -> int:
    return len(numbers) if live is None else int(np.count_nonzero(live[numbers]))


class _KnownArticles:
    """The articles of a phrase, a window or a word, with their frequencies."""

    row = None

    def __init__(self, count: int, numbers: DocumentNumbers, weights: Frequencies) -> None:
        self.count_of_articles = count
        self.numbers = numbers
        self.bound = len(numbers)
        self._weights = weights

    def among(self, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles that hold it."""
        return numbers[places_among(numbers, self.numbers)[0]] if self.bound else numbers[:0]

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        mask = np.zeros(self.count_of_articles, np.bool_)
        mask[self.numbers] = True
        return mask

    def count(self, live: Mask | None) -> int:
        """How many live articles hold it."""
        return _count(self.numbers, live)

    def frequencies(self, numbers: DocumentNumbers) -> Frequencies:
        """Its weighted frequency in each of some articles."""
        if numbers is self.numbers:
            return self._weights
        frequencies = np.zeros(len(numbers))
        if self.bound:
            present, places = places_among(numbers, self.numbers)
            frequencies[present] = self._weights[places[present]]
        return frequencies


class _TermUnion:
    """The union of the terms that one typed syllable means."""

    def __init__(self, segment: Segment, term_set: TermSet, rows: RowCache) -> None:
        self._segment = segment
        self._meant = term_set
        self._rows = rows
        self.bound = min(term_set.postings, segment.count)

    @cached_property
    def row(self) -> FrequencyRow | None:
        """The row of a common syllable."""
        if self._meant.postings * _COMMON < self._segment.count:
            return None
        return self._rows.row(self._segment, self._meant)

    @cached_property
    def numbers(self) -> DocumentNumbers:
        """The articles that hold any of the terms."""
        if self.row is not None and not self._meant.single:
            return numbers_of(self.mask)
        return articles_of(self._segment, self._meant)

    def among(self, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles that hold any of the terms."""
        if self.row is not None:
            return numbers[self.row.capped.take(numbers) > 0]
        return articles_among(self._segment, self._meant, numbers)

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        return articles_mask(self._segment, self._meant) if self.row is None else self.row.capped > 0

    def count(self, live: Mask | None) -> int:
        """How many live articles hold any; of a single term, and of all terms of a key, the file has it."""
        if live is None and self._meant.articles is not None:
            return self._meant.articles
        return _count(self.numbers, live)

    def frequencies(self, numbers: DocumentNumbers) -> Frequencies:
        """The weighted frequencies of the terms together."""
        if self._meant.single and numbers is self.numbers:
            return self._segment.weights(self._meant.slices[0])
        if self.row is not None:
            return self.row.frequencies(numbers)
        if self._segment.view.is_usable and self._meant.count <= MANY_TERMS:
            return frequencies_in_c(self._segment.view, self._meant, numbers)
        postings = postings_in(self._segment, self._meant, numbers)
        places = np.searchsorted(numbers, self._segment.numbers_at(postings))
        weights = self._segment.weights_at(postings)
        return np.bincount(places, weights, minlength=len(numbers)).astype(np.float64, copy=False)


class _MatchUnion:
    """A match with its expansions; their frequencies are summed."""

    row = None

    def __init__(self, count: int, members: list[SegmentMatch]) -> None:
        self._matches = members
        self.bound = min(count, sum(match.bound for match in members))

    @cached_property
    def numbers(self) -> DocumentNumbers:
        """The articles that hold any of them."""
        return numbers_of(self.mask)

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        mask: Mask = np.logical_or.reduce([match.mask for match in self._matches])
        return mask

    def among(self, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles that hold any of them."""
        return numbers[self.mask[numbers]]

    def count(self, live: Mask | None) -> int:
        """How many live articles hold any of them."""
        return _count(self.numbers, live)

    def frequencies(self, numbers: DocumentNumbers) -> Frequencies:
        """The weighted frequencies of all together."""
        frequencies = np.zeros(len(numbers))
        for match in self._matches:
            frequencies += match.frequencies(numbers)
        return frequencies
