"""Which articles of a segment match a query? Each match and each node of the query is evaluated once."""

import numpy as np

from indexer.budget import Stage, charge
from indexer.engines.whoosh.occurrences import Mask, mask_of
from indexer.engines.whoosh.segment_matches import SegmentMatch, open_match
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from indexer.tiers import required_units, required_words


class SegmentQuery:
    """Evaluates queries on one segment, and keeps the matches and masks of their nodes."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._segment = reader.segment
        self._matches: dict[Match, SegmentMatch] = {}
        self._masks: dict[Query, Mask] = {}

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
                numbers = np.flatnonzero(self.mask(query)).astype(np.uint16)
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

    def words_mask(self, words: Words) -> Mask:
        """The articles that hold every word that a match must have, scattered or not; must not be changed."""
        return self.mask(And(required_words(words)))

    def _with_units(self, words: Words) -> Mask:
        """The articles in which every unit stands together; looked for in those that hold every word."""
        mask = self.words_mask(words)
        parted = [required.unit for required in required_units(words) if len(required.words) > 1]
        if not parted:
            return mask
        numbers = np.flatnonzero(mask).astype(np.uint16)
        for unit in parted:
            numbers = self.match_among(unit, numbers).among(numbers)
            charge(unit)
        return mask_of(self._segment, numbers)

    def published(self, dates: Dates) -> Mask:
        """The articles whose span of publication lies inside the dates."""
        if dates.first is None and dates.last is None:
            return np.ones(self._segment.count, np.bool_)
        first_days, last_days = self._segment.arrays["first_day"], self._segment.arrays["last_day"]
        mask = first_days >= (dates.first.toordinal() if dates.first else 1)
        if dates.last is not None:
            mask &= last_days <= dates.last.toordinal()
        return mask
