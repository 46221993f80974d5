"""What does one segment contribute to the answer? Each match of the question is looked up once."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.value_folding import folded
from indexer.boosts import BoostedMatch, boosted_query
from indexer.budget import Stage, charge
from indexer.counting import CountedText
from indexer.engine import DateHistogram, Occurrences
from indexer.engines.whoosh.date_histogram import count_dates
from indexer.engines.whoosh.hit_occurrences import read_occurrences
from indexer.engines.whoosh.hit_spans import count_hits
from indexer.engines.whoosh.occurrences import Mask, mask_of
from indexer.engines.whoosh.proximity import ProximityReader
from indexer.engines.whoosh.ranking_loops import SATURATION, is_loose, proximity_bonuses, scored_match
from indexer.engines.whoosh.reading_counts import (
    ReadingCounts,
    count_readings,
    count_unit_readings,
    heaviest_reading,
)
from indexer.engines.whoosh.score_bounds import BoundedMatch, select_candidates
from indexer.engines.whoosh.segment_query import SegmentQuery
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.engines.whoosh.top_k import Scores, top_k
from indexer.facets import SEVERAL, FacetName
from indexer.kernels.best import RankedBy, best_articles
from indexer.kernels.library import library
from indexer.kernels.spots import numbers_of
from indexer.other_readings import other_reading_of, widest_match
from indexer.proximity import ProximityTerms
from indexer.query import Dates, FacetFilter, Match, Or, Query, Question, Sort, Typed, Words
from indexer.scoring import weight
from indexer.tiers import RequiredUnit, Tier, required_units, required_words, tiers

_NOTHING = np.empty(0, np.uint16)
_SCORED = 2_000  # up to so many articles are all scored, without computing upper bounds first


class Shortfall(NamedTuple):
    """What an article has not of the words of a query.

    Attributes:
        lacking: the words that a match must have and it does not hold.
        scattered: the units of which it holds every word, but nowhere in a row.
    """

    lacking: tuple[Match, ...] = ()
    scattered: tuple[Match, ...] = ()


class SegmentAnswer:
    """A question, evaluated on one segment."""

    def __init__(self, reader: SegmentReader, question: Question) -> None:
        self._reader = reader
        self._segment = reader.segment
        self._question = question
        self._query = SegmentQuery(reader)
        self._groups: dict[tuple[FacetFilter, ...], npt.NDArray[np.intp]] = {}
        self._words, self._binding = tiers(question.query, expanded=question.expanded)
        self._narrowed = bool(question.filters) or question.dates != Dates(None, None)
        self.matching = self._within(self._query.numbers(question.query), question.filters)

    def tier(self, tier: Tier) -> DocumentNumbers:
        """The articles of a tier, ascending."""
        if tier is Tier.MATCHES:
            return self.matching
        return self._later_numbers.get(tier, _NOTHING)

    def count(self, tier: Tier) -> int:
        """How many articles are in a tier."""
        return len(self.tier(tier))

    def frequency(self, match: Match) -> int:
        """The document frequency of a match: how many live articles hold it."""
        count = self._query.match(match).count(self._reader.live)
        charge(match)
        return count

    def facet(self, name: FacetName) -> npt.NDArray[np.int64]:
        """The counts of a facet's values by their codes; filters of the same facet are not applied."""
        other_filters = tuple(
            facet_filter for facet_filter in self._question.filters if facet_filter.facet is not name
        )
        if name in SEVERAL:
            return self._segment.facets.count_several(name, self._filtered(other_filters))
        if other_filters not in self._groups:
            self._groups[other_filters] = self._segment.facets.count_groups(self._filtered(other_filters))
        return self._segment.facets.count_single(name, self._groups[other_filters])

    def date_histogram(self) -> DateHistogram:
        """When the matching articles were published."""
        return count_dates(self._segment, self.matching)

    def count_hits(self, matches: Sequence[Match], text: CountedText) -> int:
        """The number of hits of matches in the matching articles."""
        counts = count_hits(self._segment, matches, self.matching, text, self._query.known_spots)
        return int(counts.sum())

    def _filtered(self, filters: tuple[FacetFilter, ...]) -> DocumentNumbers:
        """The articles that match and pass some of the filters."""
        if len(filters) == len(self._question.filters):
            return self.matching
        return self._within(self._query.numbers(self._question.query), filters)

    def matching_query(self, query: Query) -> Mask:
        """Those of the matching articles that match another query too, as a mask."""
        return mask_of(self._segment, self._query.among(query, self.matching))

    def readings(self, match: Match, matching: Mask) -> ReadingCounts:
        """How many of some matching articles hold each reading of a unit: by word, and by term."""
        if len(match.syllables) == 1:
            return count_readings(self._segment, matching, match)
        numbers = numbers_of(matching)
        return count_unit_readings(self._segment, match, self._query.unit_spots(match, numbers), matching)

    @cached_property
    def _later_numbers(self) -> dict[Tier, DocumentNumbers]:
        """The articles of the later tiers, ascending."""
        return {tier: numbers_of(mask) for tier, mask in self._later.items()}

    @cached_property
    def matching_mask(self) -> Mask:
        """The matching articles, as a mask."""
        return mask_of(self._segment, self.matching)

    def top_k(
        self,
        tier: Tier,
        count: int,
        idfs: Mapping[Match, float],
        norms: Scores,
        members: DocumentNumbers | None = None,
    ) -> tuple[DocumentNumbers, Scores]:
        """The top ``count`` articles of a tier, in order, and their scores; each of shape (n,).

        Args:
            members: where no score orders them, those of the tier that are ranked; None: all.
        """
        sort = self._question.sort
        if idfs and sort is Sort.RELEVANCE and library() is not None:
            return self._best(tier, count, idfs, norms)
        if idfs and sort is Sort.RELEVANCE:
            numbers, scores = self._candidates(tier, count, idfs, norms)
            places = top_k(self._segment, numbers, scores, sort, count)
            return numbers[places], scores[places]
        numbers = self.tier(tier) if members is None else members
        if not len(numbers):
            return numbers, np.empty(0)
        chosen = numbers[top_k(self._segment, numbers, None, sort, count)]
        order = np.argsort(chosen)
        scored = np.empty(len(chosen))
        scored[order] = self._scores(chosen[order], idfs, norms)
        return chosen, scored

    def _best(
        self, tier: Tier, count: int, idfs: Mapping[Match, float], norms: Scores
    ) -> tuple[DocumentNumbers, Scores]:
        """The same by score, in one loop."""
        members = self.tier(tier)
        matches = [
            scored_match(self._query.match(boosted.match), boosted, idfs, norms)
            for boosted in (self._boosted_matches() if len(members) else ())
        ]
        order = RankedBy(self._segment.view.path, SATURATION, norms, self._segment.order_keys[0])
        best = best_articles(matches, order, members, count)
        charge(Stage.RANKING)
        return best

    def proximity(self, numbers: DocumentNumbers) -> ProximityReader:
        """Reads typed words in some articles (ascending)."""
        return ProximityReader(self._segment, numbers)

    def bonuses(self, numbers: DocumentNumbers, terms: ProximityTerms, norms: Scores) -> Scores:
        """What proximity adds to the scores of some articles (ascending)."""
        if self._segment.view.is_usable and is_loose(terms):
            total = proximity_bonuses(self._segment, numbers, terms, norms)
            charge(Stage.RANKING)
            return total
        proximity = self.proximity(numbers)
        total = np.zeros(len(numbers))
        for pair, idf in terms.pairs:
            total += pair.boost * weight(idf, proximity.pair_frequencies(pair), norms[numbers])
            charge(Stage.RANKING)
        for form in terms.forms:
            total += form.value * (self._among(form.match, numbers) > 0)
            charge(form.match)
        if terms.words:
            for scores in proximity.scores(terms.words):
                total += scores
            charge(Stage.RANKING)
        return total

    def frequencies(self, match: Match, numbers: DocumentNumbers) -> Scores:
        """The weighted frequency of a match in some articles (ascending)."""
        return self._query.match(match).frequencies(numbers)

    def _among(self, match: Match, numbers: DocumentNumbers) -> Scores:
        """The same for a match of which no other articles are asked, unless it was opened already."""
        return self._query.match_among(match, numbers).frequencies(numbers)

    def minutes(self, numbers: DocumentNumbers) -> npt.NDArray[np.int64]:
        """The sort keys of publication of some articles; 0 for an undated one."""
        minutes: npt.NDArray[np.int64] = self._segment.arrays["minute"][numbers].astype(np.int64)
        return minutes

    def id(self, number: int) -> str:
        """The id of an article."""
        return self._segment.id(number)

    def ids(self, numbers: npt.NDArray[np.int64]) -> list[str]:
        """The ids of many articles: they are read together."""
        return self._segment.ids_of(numbers)

    def shortfalls(self, numbers: DocumentNumbers) -> dict[int, Shortfall]:
        """What some articles (ascending) have not of the words, by document number."""
        words = required_words(self._words) if self._words else ()
        held = {word: set(self._query.match(word).among(numbers).tolist()) for word in words}
        whole = {
            unit: set(self._query.match_among(unit, numbers).among(numbers).tolist())
            for unit, _ in self._parted_units
        }
        return {
            number: Shortfall(
                tuple(word for word in words if number not in held[word]),
                tuple(
                    unit
                    for unit, own in self._parted_units
                    if number not in whole[unit] and all(number in held[word] for word in own)
                ),
            )
            for number in numbers.tolist()
        }

    @cached_property
    def _parted_units(self) -> tuple[RequiredUnit, ...]:
        """The units of several words."""
        required = required_units(self._words) if self._words else ()
        return tuple(unit for unit in required if len(unit.words) > 1)

    def other_reading(self, number: int, word: Match) -> str:
        """The reading of a word that has most weight in an article; "" where it has none."""
        typed = other_reading_of(word, expanded=self._question.expanded)
        return heaviest_reading(self._segment, number, typed) if typed else ""

    def occurrences(self, numbers: DocumentNumbers, syllables: tuple[Typed, ...]) -> dict[int, Occurrences]:
        """The occurrences of typed syllables in some articles (ascending), by document number."""
        return read_occurrences(self._segment, numbers, syllables)

    def _within(self, numbers: DocumentNumbers, filters: tuple[FacetFilter, ...]) -> DocumentNumbers:
        """Those of the articles that are live, in the range of dates, and pass the filters."""
        if self._reader.live is not None:
            numbers = numbers[self._reader.live[numbers]]
        return numbers[self._passing(filters)[numbers]] if self._narrowed else numbers

    @cached_property
    def _later(self) -> dict[Tier, Mask]:
        return self._later_tiers(self._words) if self._words else {}

    def _later_tiers(self, words: Words) -> dict[Tier, Mask]:
        """The masks of the tiers after the first; a tier that no article can be in is left out."""
        allowed = self._allowed()
        allowed[self.matching] = False
        masks = {}
        if self._parted_units:
            masks[Tier.SCATTERED] = self._query.words_mask(words) & allowed
            allowed &= ~masks[Tier.SCATTERED]
        expanded = self._question.expanded
        widest = Or(tuple(widest_match(word, expanded=expanded) for word in words.distinct))
        masks[Tier.PARTIAL] = self._query.mask(widest) & allowed
        return masks

    def _allowed(self) -> Mask:
        """The live articles that hold all that binds and pass the filters."""
        allowed = np.ones(self._segment.count, np.bool_)
        for clause in self._binding:
            allowed &= self._query.mask(clause)
        if self._reader.live is not None:
            allowed &= self._reader.live
        if self._narrowed:
            allowed &= self._passing(self._question.filters)
        return allowed

    def _passing(self, filters: tuple[FacetFilter, ...]) -> Mask:
        passing = self._query.published(self._question.dates)
        for facet_filter in filters:
            having = self._segment.facets.having(facet_filter.facet, folded(facet_filter.values))
            passing &= having != facet_filter.excluded
        return passing

    def _candidates(
        self, tier: Tier, count: int, idfs: Mapping[Match, float], norms: Scores
    ) -> tuple[DocumentNumbers, Scores]:
        """Articles of a tier that include its top ``count``, with their scores."""

        def score(numbers: DocumentNumbers) -> Scores:
            return self._scores(numbers, idfs, norms)

        if self.count(tier) <= max(_SCORED, count):
            numbers = self.tier(tier)
            return numbers, score(numbers)
        members = self._later.get(tier, self.matching_mask)
        bounded = [
            BoundedMatch(self._query.match(boosted.match), boosted.boost * idfs[boosted.match])
            for boosted in self._boosted_matches()
        ]
        return select_candidates(bounded, members, count, norms, score)

    def _boosted_matches(self) -> list[BoostedMatch]:
        return [
            boosted for _, boosted in boosted_query(self._question.query, expanded=self._question.expanded)
        ]

    def _scores(self, numbers: DocumentNumbers, idfs: Mapping[Match, float], norms: Scores) -> Scores:
        """The scores of some articles (ascending), summed in the typed order of matches."""
        own = norms.take(numbers)
        scores = np.zeros(len(numbers))
        for boosted in self._boosted_matches():
            frequencies = self._query.match(boosted.match).frequencies(numbers)
            scores += boosted.boost * weight(idfs[boosted.match], frequencies, own)
            charge(boosted.match)
        return scores
