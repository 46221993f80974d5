"""What does one segment contribute to the answer? Each match of the question is looked up once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.boosts import BoostedMatch, boosted_query, other_reading_of, second_tier_match, tiers
from indexer.budget import Stage, charge
from indexer.engine import DateHistogram, Occurrences
from indexer.engines.whoosh.date_histogram import count_spans
from indexer.engines.whoosh.hit_occurrences import read_occurrences
from indexer.engines.whoosh.occurrences import Mask, mask_of
from indexer.engines.whoosh.proximity import ProximityReader
from indexer.engines.whoosh.reading_counts import count_readings, heaviest_reading
from indexer.engines.whoosh.score_bounds import BoundedMatch, select_candidates
from indexer.engines.whoosh.segment_matches import SegmentMatch, open_match
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.engines.whoosh.top_k import Scores, top_k
from indexer.proximity import EXACT_FORM_BOOST, ProximityTerms
from indexer.query import (
    And,
    Dates,
    FacetFilter,
    FacetName,
    Match,
    Not,
    Or,
    Query,
    Question,
    Sort,
    Typed,
    Words,
)
from indexer.scoring import weight

_SCORED = 2_000  # up to so many articles are all scored, without computing upper bounds first


class SegmentAnswer:
    """A question, evaluated on one segment."""

    def __init__(self, reader: SegmentReader, question: Question) -> None:
        self._reader = reader
        self._segment = reader.segment
        self._question = question
        self._matches: dict[Match, SegmentMatch] = {}
        self._masks: dict[Query, Mask] = {}
        self._groups: dict[tuple[FacetFilter, ...], npt.NDArray[np.intp]] = {}
        self._words, self._binding = tiers(question.query, expanded=question.expanded)
        self._narrowed = bool(question.filters) or question.dates != Dates(None, None)
        self.matching = self._within(self._matching(question.query), question.filters)
        self._some = self._partial()
        self.partial_count = 0 if self._some is None else int(np.count_nonzero(self._some))

    def tier(self, number: int) -> DocumentNumbers:
        """The articles of a tier (ascending): those that match (0), or those of the second tier (1)."""
        if number == 0:
            return self.matching
        return np.empty(0, np.uint16) if self._some is None else np.flatnonzero(self._some).astype(np.uint16)

    def frequency(self, match: Match) -> int:
        """The document frequency of a match: how many live articles hold it."""
        count = self._match(match).count(self._reader.live)
        charge(match)
        return count

    def facet(self, name: FacetName) -> dict[str, int]:
        """The counts of a facet's values; filters of the same facet are not applied."""
        other_filters = tuple(
            facet_filter for facet_filter in self._question.filters if facet_filter.facet is not name
        )
        values, _ = self._segment.facets[name]
        counts = np.bincount(
            self._segment.facet_groups[1][name], self._grouped(other_filters), minlength=len(values)
        ).astype(np.int64)
        held = np.flatnonzero(counts).tolist()
        return dict(zip([values[code] for code in held], counts[held].tolist(), strict=True))

    def date_histogram(self) -> DateHistogram:
        """When the matching articles were published."""
        arrays, numbers = self._segment.arrays, self.matching
        firsts = arrays["first_day"][numbers].astype(np.int64)
        return count_spans(firsts, arrays["last_day"][numbers] - firsts)

    def _grouped(self, filters: tuple[FacetFilter, ...]) -> npt.NDArray[np.intp]:
        """How many articles that match and pass the filters are in each group (Segment.facet_groups)."""
        if filters not in self._groups:
            same = len(filters) == len(self._question.filters)
            numbers = self.matching if same else self._within(self._matching(self._question.query), filters)
            groups, codes = self._segment.facet_groups
            count = len(codes[FacetName.SOURCE])
            self._groups[filters] = np.bincount(groups.take(numbers), minlength=count)
        return self._groups[filters]

    def readings(self, match: Match) -> tuple[Counter[str], Counter[str]]:
        """How many matching articles hold each reading of a syllable: by word, and by term."""
        return count_readings(self._segment, self._matching_mask, match)

    @cached_property
    def _matching_mask(self) -> Mask:
        """The matching articles, as a mask."""
        return mask_of(self._segment, self.matching)

    def top_k(
        self, tier: int, count: int, idfs: Mapping[Match, float], norms: Scores
    ) -> tuple[DocumentNumbers, Scores]:
        """The top ``count`` articles of a tier, in order, and their scores; each of shape (n,)."""
        sort = self._question.sort
        if idfs and sort is Sort.RELEVANCE:
            numbers, scores = self._candidates(tier, count, idfs, norms)
            places = top_k(self._segment, numbers, scores, sort, count)
            return numbers[places], scores[places]
        numbers = self.tier(tier)
        if not len(numbers):
            return numbers, np.empty(0)
        chosen = numbers[top_k(self._segment, numbers, None, sort, count)]
        order = np.argsort(chosen)
        scored = np.empty(len(chosen))
        scored[order] = self._scores(chosen[order], idfs, norms)
        return chosen, scored

    def proximity(self, numbers: DocumentNumbers) -> ProximityReader:
        """Reads typed words in some articles (ascending)."""
        return ProximityReader(self._segment, numbers)

    def bonuses(self, numbers: DocumentNumbers, terms: ProximityTerms, norms: Scores) -> Scores:
        """What proximity adds to the scores of some articles (ascending)."""
        proximity = self.proximity(numbers)
        total = np.zeros(len(numbers))
        for pair, idf in terms.pairs:
            total += pair.boost * weight(idf, proximity.pair_frequencies(pair), norms[numbers])
            charge(Stage.RANKING)
        for match in terms.exact_forms:
            total += EXACT_FORM_BOOST * (self._among(match, numbers) > 0)
            charge(match)
        if terms.words:
            merged = proximity.merge(terms.words)
            total += proximity.window_scores(merged, terms.words)
            total += proximity.head_scores(merged, terms.words)
            charge(Stage.RANKING)
        return total

    def frequencies(self, match: Match, numbers: DocumentNumbers) -> Scores:
        """The weighted frequency of a match in some articles (ascending)."""
        return self._match(match).frequencies(numbers)

    def _among(self, match: Match, numbers: DocumentNumbers) -> Scores:
        """The same for a match of which no other articles are asked, unless it was opened already."""
        known = self._matches.get(match)
        segment_match = known or open_match(self._segment, match, self._reader.rows, numbers)
        return segment_match.frequencies(numbers)

    def minutes(self, numbers: DocumentNumbers) -> npt.NDArray[np.int64]:
        """The sort keys of publication of some articles; 0 for an undated one."""
        found: npt.NDArray[np.int64] = self._segment.arrays["minute"][numbers].astype(np.int64)
        return found

    def id(self, number: int) -> str:
        """The id of an article."""
        return self._segment.id(number)

    def lacks(self, number: int) -> tuple[Match, ...]:
        """The words of the query that an article does not hold."""
        words = self._words.children if self._words else ()
        only = np.array([number], np.uint16)
        return tuple(word for word in words if not len(self._match(word).among(only)))

    def other_reading(self, number: int, word: Match) -> str:
        """The reading of a word that has most weight in an article; "" where it has none."""
        typed = other_reading_of(word, expanded=self._question.expanded)
        return heaviest_reading(self._segment, number, typed) if typed else ""

    def occurrences(self, numbers: DocumentNumbers, syllables: Sequence[Typed]) -> dict[int, Occurrences]:
        """The occurrences of typed syllables in some articles (ascending), by document number."""
        return read_occurrences(self._segment, numbers, syllables)

    def _match(self, match: Match) -> SegmentMatch:
        if match not in self._matches:
            self._matches[match] = open_match(self._segment, match, self._reader.rows)
            charge(match)
        return self._matches[match]

    def _within(self, numbers: DocumentNumbers, filters: tuple[FacetFilter, ...]) -> DocumentNumbers:
        """Those of the articles that are live, in the range of dates, and pass the filters."""
        if self._reader.live is not None:
            numbers = numbers[self._reader.live[numbers]]
        return numbers[self._passing(filters)[numbers]] if self._narrowed else numbers

    def _matching(self, query: Query) -> DocumentNumbers:
        """The articles that match a query, ascending; deleted ones included."""
        match query:
            case Match():
                numbers = self._match(query).numbers
                charge(query)
            case And(children) if children and all(isinstance(one, Match) for one in children):
                matches = [one for one in dict.fromkeys(children) if isinstance(one, Match)]
                matches.sort(key=lambda match: self._match(match).bound)
                numbers = self._match(matches[0]).numbers
                for match in matches[1:]:
                    numbers = self._match(match).among(numbers)
                    charge(match)
            case _:
                numbers = np.flatnonzero(self._holds(query)).astype(np.uint16)
        return numbers

    def _holds(self, query: Query) -> Mask:
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
                return self._match(query).mask
            case Dates():
                return self._published(query)
            case Not(child):
                return ~self._holds(child)
            case Or(children):
                found = np.zeros(self._segment.count, np.bool_)
                for child in dict.fromkeys(children):
                    found |= self._holds(child)
            case And(children) | Words(children):
                found = np.ones(self._segment.count, np.bool_)
                for child in dict.fromkeys(children):
                    found &= self._holds(child)
        return found

    def _published(self, dates: Dates) -> Mask:
        if dates.first is None and dates.last is None:
            return np.ones(self._segment.count, np.bool_)
        first_days, last_days = self._segment.arrays["first_day"], self._segment.arrays["last_day"]
        kept = first_days >= (dates.first.toordinal() if dates.first else 1)
        if dates.last is not None:
            kept &= last_days <= dates.last.toordinal()
        return kept

    def _partial(self) -> Mask | None:
        """The second tier: articles with some words, not all, and all that binds; None where none can be."""
        if self._words is None:
            return None
        expanded = self._question.expanded
        words = Or(tuple(second_tier_match(word, expanded=expanded) for word in self._words.children))
        some = self._holds(words).copy()
        for clause in self._binding:
            some &= self._holds(clause)
        if self._reader.live is not None:
            some &= self._reader.live
        if self._narrowed:
            some &= self._passing(self._question.filters)
        some[self.matching] = False
        return some

    def _passing(self, filters: tuple[FacetFilter, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for facet_filter in filters:
            values, codes = self._segment.facets[facet_filter.facet]
            wanted = np.array(
                [(value in facet_filter.values) is not facet_filter.excluded for value in values], np.bool_
            )
            passing &= wanted[codes]
        return passing

    def _candidates(
        self, tier: int, count: int, idfs: Mapping[Match, float], norms: Scores
    ) -> tuple[DocumentNumbers, Scores]:
        """Articles of a tier that include its top ``count``, with their scores."""

        def score(numbers: DocumentNumbers) -> Scores:
            return self._scores(numbers, idfs, norms)

        size = self.partial_count if tier else len(self.matching)
        if size <= max(_SCORED, count):
            numbers = self.tier(tier)
            return numbers, score(numbers)
        members = self._matching_mask if self._some is None or not tier else self._some
        found = [
            BoundedMatch(self._match(one.match), one.boost * idfs[one.match])
            for one in self._boosted_matches()
        ]
        return select_candidates(found, members, count, norms, score)

    def _boosted_matches(self) -> list[BoostedMatch]:
        return [one for _, one in boosted_query(self._question.query, expanded=self._question.expanded)]

    def _scores(self, numbers: DocumentNumbers, idfs: Mapping[Match, float], norms: Scores) -> Scores:
        """The scores of some articles (ascending), summed in the typed order of matches."""
        own = norms.take(numbers)
        scores = np.zeros(len(numbers))
        for one in self._boosted_matches():
            frequencies = self._match(one.match).frequencies(numbers)
            scores += one.boost * weight(idfs[one.match], frequencies, own)
            charge(one.match)
        return scores
