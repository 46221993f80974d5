"""Which articles of a segment match a query? Each match and each node of the query is evaluated once."""

import numpy as np

from indexer.budget import Stage, charge
from indexer.engines.whoosh.matching import find_match_spots
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Mask, Spots, mask_of
from indexer.engines.whoosh.segment_matches import SegmentMatch, open_match
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.kernels.spots import numbers_of
from indexer.query import And, Dates, Match, Not, Or, Query, Words, without_labels
from indexer.tiers import required_units, required_words


class SegmentQuery:
    """Evaluates queries on one segment, and keeps the matches and masks of their nodes."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._segment = reader.segment
        self._matches: dict[Match, SegmentMatch] = {}
        self._masks: dict[Query, Mask] = {}
        self._unit_spots: dict[Match, Spots] = {}

    def match(self, match: Match) -> SegmentMatch:
        """A match and its expansions in the segment; opened once."""
        if match not in self._matches:
            self._matches[match] = open_match(self._segment, match, self._reader.rows)
            charge(match)
        return self._matches[match]

    def match_among(self, match: Match, numbers: DocumentNumbers) -> SegmentMatch:
        """A match of which only some articles (ascending) are asked, unless it was opened already."""
        return self._matches.get(match) or open_match(self._segment, match, self._reader.rows, numbers)

    def numbers(self, query: Query) -> DocumentNumbers:
        """The articles that match a query, ascending; deleted ones included."""
        match query:
            case Match():
                numbers = self.match(query).numbers
                charge(query)
            case And(children) if children and all(isinstance(child, Match) for child in children):
                matches = [child for child in dict.fromkeys(children) if isinstance(child, Match)]
                matches.sort(key=lambda match: self.match(match).bound)
                numbers = self.match(matches[0]).numbers
                for match in matches[1:]:
                    numbers = self.match(match).among(numbers)
                    charge(match)
            case _:
                numbers = numbers_of(self.mask(query))
        return numbers

    def mask(self, query: Query) -> Mask:
        """The articles that match a query, as a mask that callers must not change; deleted ones included.

        Equal parts of a query are evaluated once.
        """
        if query not in self._masks:
            self._masks[query] = self._evaluated(query)
            charge(query if isinstance(query, Match | Dates) else Stage.COMBINING)
        return self._masks[query]

    def _evaluated(self, query: Query) -> Mask:
        match query:
            case Match():
                return self.match(query).mask
            case Dates():
                return self.published(query)
            case Not(child):
                return ~self.mask(child)
            case Or(children):
                mask = np.zeros(self._segment.count, np.bool_)
                for child in dict.fromkeys(children):
                    mask |= self.mask(child)
            case Words():
                mask = self._with_units(query)
            case And(children):
                mask = np.ones(self._segment.count, np.bool_)
                for child in dict.fromkeys(children):
                    mask &= self.mask(child)
        return mask

    def among(self, query: Query, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles (ascending) that match a query; of few, cheaper than of all."""
        match query:
            case Match():
                return self.match_among(query, numbers).among(numbers)
            case Words():
                return self._holding_units(query, numbers)
            case And(children):
                for child in children:
                    numbers = self.among(child, numbers)
                return numbers
            case Or(children):
                held = [self.among(child, numbers) for child in children]
                return np.unique(np.concatenate([numbers[:0], *held]))
            case Not(child):
                return np.setdiff1d(numbers, self.among(child, numbers), assume_unique=True)
            case Dates():
                return numbers[self.published(query)[numbers]]

    def words_mask(self, words: Words) -> Mask:
        """The articles that hold every word that a match must have, scattered or not; must not be changed."""
        return self.mask(And(required_words(words)))

    def _with_units(self, words: Words) -> Mask:
        """The articles in which every unit stands together; looked for in those that hold every word."""
        mask = self.words_mask(words)
        if all(len(required.words) == 1 for required in required_units(words)):
            return mask
        numbers = numbers_of(mask)
        return mask_of(self._segment, self._holding_units(words, numbers))

    def _holding_units(self, words: Words, numbers: DocumentNumbers) -> DocumentNumbers:
        """Those of some articles (ascending) that hold every unit in a row."""
        for unit, own in required_units(words):
            if len(own) == 1:
                numbers = self.match_among(unit, numbers).among(numbers)
            else:
                numbers = self._holding_unit(unit, numbers)
            charge(unit)
        return numbers

    def _holding_unit(self, unit: Match, numbers: DocumentNumbers) -> DocumentNumbers:
        held = mask_of(self._segment, (self.unit_spots(unit, numbers) >> ARTICLE_SHIFT).astype(np.uint16))
        for expansion in unit.expansions:
            held |= self.match_among(expansion, numbers).mask
        return numbers[held[numbers]]

    def unit_spots(self, unit: Match, numbers: DocumentNumbers) -> Spots:
        """Where a unit of several words begins, without its expansions; in any order.

        Args:
            numbers: the articles (ascending) that are asked about, among those asked about before: the spots
                of a unit are looked for once, in the first articles, and may lie in others of these too.
        """
        key = without_labels(unit)
        if key not in self._unit_spots:
            self._unit_spots[key] = find_match_spots(self._segment, key, numbers)
        return self._unit_spots[key]

    def known_spots(self, match: Match) -> Spots | None:
        """The spots of a match without expansions, if ``unit_spots`` looked for them."""
        return self._unit_spots.get(without_labels(match))

    def published(self, dates: Dates) -> Mask:
        """The articles whose span of publication lies inside the dates."""
        if dates.first is None and dates.last is None:
            return np.ones(self._segment.count, np.bool_)
        first_days, last_days = self._segment.arrays["first_day"], self._segment.arrays["last_day"]
        mask = first_days >= (dates.first.toordinal() if dates.first else 1)
        if dates.last is not None:
            mask &= last_days <= dates.last.toordinal()
        return mask
