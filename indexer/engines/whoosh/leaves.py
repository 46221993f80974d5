"""Which articles of a segment hold a match, and how often? Worked out once, and only as far as asked."""

from dataclasses import replace
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.common_terms import Row, Rows
from indexer.engines.whoosh.matching import ONLY_ZONE, articles_among, articles_mask, articles_of, spots_of
from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    Mask,
    places_among,
    postings_in,
    zones,
)
from indexer.engines.whoosh.postings import WEIGHTS
from indexer.engines.whoosh.segments import Meant, Numbers, Segment
from indexer.query import TEXT_FIELDS, Field, Match
from indexer.sharing import once

Frequencies = npt.NDArray[np.float64]

_COMMON = 32
"""A syllable is kept as a row where one in so many articles may hold it."""


class Leaf(Protocol):
    """A match in one segment."""

    @property
    def row(self) -> Row | None:
        """Its frequencies in every article, where they are kept so."""

    @property
    def bound(self) -> int:
        """At most so many articles hold it."""

    @property
    def numbers(self) -> Numbers:
        """The articles that hold it, ascending; deleted ones too."""

    def among(self, numbers: Numbers) -> Numbers:
        """Those of some articles (ascending) that hold it."""

    @property
    def mask(self) -> Mask:
        """The same as a mask; it is not to be changed."""

    def count(self, live: Mask | None) -> int:
        """How many live articles hold it."""

    def frequencies(self, numbers: Numbers) -> Frequencies:
        """Its weighted frequency in each of some articles (ascending); 0 where it is not held."""


def leaf_of(segment: Segment, match: Match, rows: Rows, within: Numbers | None = None) -> Leaf:
    """A match in a segment, and what also counts as it.

    Args:
        within: articles (ascending) of which alone it is asked, where it is of no others.
    """
    own = _one(segment, match, rows, within)
    if not match.also:
        return own
    return _Either(segment.count, [own, *(_one(segment, one, rows, within) for one in match.also)])


def _one(segment: Segment, match: Match, rows: Rows, within: Numbers | None) -> Leaf:
    """A match without what also counts as it."""
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    slots = [segment.meant(field, typed) for typed in match.typed]
    if not all(meant.postings for meant in slots):
        return _Found(segment.count, np.empty(0, np.uint16), np.empty(0))
    if len(slots) == 1 and not match.slop and not match.as_word and match.field not in ONLY_ZONE:
        return _Union(segment, slots[0], rows)
    if within is not None:
        return _standing(segment, match, slots, within)
    same = replace(match, label="", also=())
    return once((segment, same), lambda: _standing(segment, match, slots, None), _bytes)


def _bytes(found: "_Found") -> int:
    return found.bound * 10 + found.count_of_articles


def _standing(segment: Segment, match: Match, slots: list[Meant], within: Numbers | None) -> "_Found":
    spots = spots_of(segment, match, slots, within)
    if match.field in TEXT_FIELDS:
        weights = WEIGHTS[zones(segment, spots)]
    else:
        weights = np.full(len(spots), WEIGHTS[0])
    totals = np.bincount(spots >> ARTICLE_SHIFT, weights, minlength=segment.count)
    numbers = np.flatnonzero(totals)  # every occurrence weighs something
    return _Found(segment.count, numbers.astype(np.uint16), totals[numbers].astype(np.float64, copy=False))


def _count(numbers: Numbers, live: Mask | None) -> int:
    return len(numbers) if live is None else int(np.count_nonzero(live[numbers]))


class _Found:
    """Articles that are known, with their frequencies: phrases, windows, words."""

    row = None

    def __init__(self, count: int, numbers: Numbers, weights: Frequencies) -> None:
        self.count_of_articles = count
        self.numbers = numbers
        self.bound = len(numbers)
        self._weights = weights

    def among(self, numbers: Numbers) -> Numbers:
        """Those of some articles that hold it."""
        return numbers[places_among(numbers, self.numbers)[0]] if self.bound else numbers[:0]

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        found = np.zeros(self.count_of_articles, np.bool_)
        found[self.numbers] = True
        return found

    def count(self, live: Mask | None) -> int:
        """How many live articles hold it."""
        return _count(self.numbers, live)

    def frequencies(self, numbers: Numbers) -> Frequencies:
        """Its weighted frequency in each of some articles."""
        if numbers is self.numbers:
            return self._weights
        found = np.zeros(len(numbers))
        if self.bound:
            held, places = places_among(numbers, self.numbers)
            found[held] = self._weights[places[held]]
        return found


class _Union:
    """The terms that one typed syllable means."""

    def __init__(self, segment: Segment, meant: Meant, rows: Rows) -> None:
        self._segment = segment
        self._meant = meant
        self._rows = rows
        self.bound = min(meant.postings, segment.count)

    @cached_property
    def row(self) -> Row | None:
        """A common syllable is kept so."""
        if self._meant.postings * _COMMON < self._segment.count:
            return None
        return self._rows.of(self._segment, self._meant)

    @cached_property
    def numbers(self) -> Numbers:
        """The articles that hold any of the terms."""
        if self.row is not None and not self._meant.single:
            return np.flatnonzero(self.mask).astype(np.uint16)
        return articles_of(self._segment, self._meant)

    def among(self, numbers: Numbers) -> Numbers:
        """Those of some articles that hold any of the terms."""
        if self.row is not None:
            return numbers[self.row.held.take(numbers) > 0]
        return articles_among(self._segment, self._meant, numbers)

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        return articles_mask(self._segment, self._meant) if self.row is None else self.row.held > 0

    def count(self, live: Mask | None) -> int:
        """How many live articles hold any; the file knows it for one term and for all of a key."""
        if live is None and self._meant.articles is not None:
            return self._meant.articles
        return _count(self.numbers, live)

    def frequencies(self, numbers: Numbers) -> Frequencies:
        """The weighted frequencies of the terms together."""
        if self._meant.single and numbers is self.numbers:
            return self._segment.weights(self._meant.slices[0])
        if self.row is not None:
            return self.row.of(numbers)
        postings = postings_in(self._segment, self._meant, numbers)
        places = np.searchsorted(numbers, self._segment.arrays["numbers"][postings])
        weights = self._segment.weights_at(postings)
        return np.bincount(places, weights, minlength=len(numbers)).astype(np.float64, copy=False)


class _Either:
    """A match with other spellings and names: the frequencies of all add up."""

    row = None

    def __init__(self, count: int, leaves: list[Leaf]) -> None:
        self._leaves = leaves
        self.bound = min(count, sum(leaf.bound for leaf in leaves))

    @cached_property
    def numbers(self) -> Numbers:
        """The articles that hold any of them."""
        return np.flatnonzero(self.mask).astype(np.uint16)

    @cached_property
    def mask(self) -> Mask:
        """The same as a mask."""
        found: Mask = np.logical_or.reduce([leaf.mask for leaf in self._leaves])
        return found

    def among(self, numbers: Numbers) -> Numbers:
        """Those of some articles that hold any of them."""
        return numbers[self.mask[numbers]]

    def count(self, live: Mask | None) -> int:
        """How many live articles hold any of them."""
        return _count(self.numbers, live)

    def frequencies(self, numbers: Numbers) -> Frequencies:
        """The weighted frequencies of all together."""
        found = np.zeros(len(numbers))
        for leaf in self._leaves:
            found += leaf.frequencies(numbers)
        return found
