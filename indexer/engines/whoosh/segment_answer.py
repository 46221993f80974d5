"""What does one segment answer to a question? Each match is looked up once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.budget import Stage, charge
from indexer.engine import Occurrences, Spread
from indexer.engines.whoosh.date_histogram import spread_of
from indexer.engines.whoosh.hit_places import hit_places
from indexer.engines.whoosh.leaves import Leaf, leaf_of
from indexer.engines.whoosh.occurrences import Mask, mask_of
from indexer.engines.whoosh.proximity import Standing
from indexer.engines.whoosh.reading_counts import most_read, reading_counts
from indexer.engines.whoosh.score_bounds import Weighed, reaching
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.snapshot import Part
from indexer.engines.whoosh.top_k import Scores, best
from indexer.evidence import Evidence, other_reading, tiers, weighed, widest
from indexer.proximity import AS_TYPED, Placed
from indexer.query import (
    And,
    Chosen,
    Dates,
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

_SCORED = 2_000  # so few articles are scored without asking first which can be among the best


class PartAnswer:
    """A question on one segment."""

    def __init__(self, part: Part, question: Question) -> None:
        self._part = part
        self._segment = part.segment
        self._question = question
        self._leaves: dict[Match, Leaf] = {}
        self._masks: dict[Query, Mask] = {}
        self._groups: dict[tuple[Chosen, ...], npt.NDArray[np.intp]] = {}
        self._words, self._binding = tiers(question.query, widened=question.widened)
        self._narrowed = bool(question.chosen) or question.dates != Dates(None, None)
        self.whole = self._within(self._matching(question.query), question.chosen)
        self._some = self._partial()
        self.partial_count = 0 if self._some is None else int(np.count_nonzero(self._some))

    def tier(self, number: int) -> Numbers:
        """Articles that match (0), and those of the second tier (1)."""
        if number == 0:
            return self.whole
        return np.empty(0, np.uint16) if self._some is None else np.flatnonzero(self._some).astype(np.uint16)

    def frequency(self, match: Match) -> int:
        """How many live articles hold a match."""
        count = self._leaf(match).count(self._part.live)
        charge(match)
        return count

    def facet(self, name: FacetName) -> dict[str, int]:
        """Counts by value, the facet's own choice left aside."""
        others = tuple(choice for choice in self._question.chosen if choice.facet is not name)
        values, _ = self._segment.facets[name]
        counts = np.bincount(
            self._segment.facet_groups[1][name], self._grouped(others), minlength=len(values)
        ).astype(np.int64)
        held = np.flatnonzero(counts).tolist()
        return dict(zip([values[code] for code in held], counts[held].tolist(), strict=True))

    def spread(self) -> Spread:
        """When its matching articles were published."""
        arrays, numbers = self._segment.arrays, self.whole
        firsts = arrays["first_day"][numbers].astype(np.int64)
        return spread_of(firsts, arrays["last_day"][numbers] - firsts)

    def _grouped(self, choices: tuple[Chosen, ...]) -> npt.NDArray[np.intp]:
        """How many matching articles are in each group of the segment (Segment.facet_groups)."""
        if choices not in self._groups:
            same = len(choices) == len(self._question.chosen)
            numbers = self.whole if same else self._within(self._matching(self._question.query), choices)
            groups, codes = self._segment.facet_groups
            count = len(codes[FacetName.SOURCE])
            self._groups[choices] = np.bincount(groups.take(numbers), minlength=count)
        return self._groups[choices]

    def readings(self, match: Match) -> tuple[Counter[str], Counter[str]]:
        """Matching articles by what they hold of a syllable: by word, and by term."""
        return reading_counts(self._segment, self._whole_mask, match)

    @cached_property
    def _whole_mask(self) -> Mask:
        """Articles that match."""
        return mask_of(self._segment, self.whole)

    def best(
        self, tier: int, count: int, rarities: Mapping[Match, float], norms: Scores
    ) -> tuple[Numbers, Scores]:
        """The first articles of a tier, in order, and their scores; each of shape (n,)."""
        sort = self._question.sort
        if rarities and sort is Sort.RELEVANCE:
            numbers, scores = self._reaching(tier, count, rarities, norms)
            places = best(self._segment, numbers, scores, sort, count)
            return numbers[places], scores[places]
        numbers = self.tier(tier)
        if not len(numbers):
            return numbers, np.empty(0)
        chosen = numbers[best(self._segment, numbers, None, sort, count)]
        order = np.argsort(chosen)
        scored = np.empty(len(chosen))
        scored[order] = self._scores(chosen[order], rarities, norms)
        return chosen, scored

    def standing(self, numbers: Numbers) -> Standing:
        """Where typed words stand in some articles (ascending)."""
        return Standing(self._segment, numbers)

    def bonuses(self, numbers: Numbers, where: Placed, norms: Scores) -> Scores:
        """What it adds to some articles (ascending) where typed words stand."""
        standing = self.standing(numbers)
        total = np.zeros(len(numbers))
        for pair, rarity in where.pairs:
            total += pair.share * weight(rarity, standing.pair_frequencies(pair), norms[numbers])
            charge(Stage.RANKING)
        for match in where.spelled:
            total += AS_TYPED * (self._among(match, numbers) > 0)
            charge(match)
        if where.words:
            merged = standing.merged(where.words)
            total += standing.closeness(merged, where.words)
            total += standing.head(merged, where.words)
            charge(Stage.RANKING)
        return total

    def frequencies(self, match: Match, numbers: Numbers) -> Scores:
        """The weighted frequency of a match in some articles (ascending)."""
        return self._leaf(match).frequencies(numbers)

    def _among(self, match: Match, numbers: Numbers) -> Scores:
        """The same, of a match that may be asked of these articles alone."""
        known = self._leaves.get(match)
        leaf = known or leaf_of(self._segment, match, self._part.rows, numbers)
        return leaf.frequencies(numbers)

    def minutes(self, numbers: Numbers) -> npt.NDArray[np.int64]:
        """The dates of some articles; 0 where there is none."""
        found: npt.NDArray[np.int64] = self._segment.arrays["minute"][numbers].astype(np.int64)
        return found

    def id(self, number: int) -> str:
        """The id of an article."""
        return self._segment.id(number)

    def lacks(self, number: int) -> tuple[Match, ...]:
        """The words that an article does not hold."""
        words = self._words.children if self._words else ()
        only = np.array([number], np.uint16)
        return tuple(word for word in words if not len(self._leaf(word).among(only)))

    def instead(self, number: int, word: Match) -> str:
        """The reading of a word that an article has most of; "" where it has none."""
        typed = other_reading(word, widened=self._question.widened)
        return most_read(self._segment, number, typed) if typed else ""

    def occurrences(self, numbers: Numbers, syllables: Sequence[Typed]) -> dict[int, Occurrences]:
        """Where typed syllables stand in some articles (ascending)."""
        return hit_places(self._segment, numbers, syllables)

    def _leaf(self, match: Match) -> Leaf:
        if match not in self._leaves:
            self._leaves[match] = leaf_of(self._segment, match, self._part.rows)
            charge(match)
        return self._leaves[match]

    def _within(self, numbers: Numbers, choices: tuple[Chosen, ...]) -> Numbers:
        """Those of the articles that are live, in the range of dates, and chosen."""
        if self._part.live is not None:
            numbers = numbers[self._part.live[numbers]]
        return numbers[self._passing(choices)[numbers]] if self._narrowed else numbers

    def _matching(self, query: Query) -> Numbers:
        """Which articles match a query; deleted ones too."""
        match query:
            case Match():
                numbers = self._leaf(query).numbers
                charge(query)
            case And(children) if children and all(isinstance(one, Match) for one in children):
                matches = [one for one in dict.fromkeys(children) if isinstance(one, Match)]
                matches.sort(key=lambda match: self._leaf(match).bound)
                numbers = self._leaf(matches[0]).numbers
                for match in matches[1:]:
                    numbers = self._leaf(match).among(numbers)
                    charge(match)
            case _:
                numbers = np.flatnonzero(self._holds(query)).astype(np.uint16)
        return numbers

    def _holds(self, query: Query) -> Mask:
        """Which articles match a query, as a mask that is not to be changed; deleted ones too.

        Equal parts of a query are evaluated once.
        """
        if query not in self._masks:
            self._masks[query] = self._evaluated(query)
            charge(query if isinstance(query, Match | Dates) else Stage.COMBINING)
        return self._masks[query]

    def _evaluated(self, query: Query) -> Mask:
        match query:
            case Match():
                return self._leaf(query).mask
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
        """Articles that hold all that binds and some of the words, not all; None: none can."""
        if self._words is None:
            return None
        widened = self._question.widened
        words = Or(tuple(widest(word, widened=widened) for word in self._words.children))
        some = self._holds(words).copy()
        for part in self._binding:
            some &= self._holds(part)
        if self._part.live is not None:
            some &= self._part.live
        if self._narrowed:
            some &= self._passing(self._question.chosen)
        some[self.whole] = False
        return some

    def _passing(self, choices: tuple[Chosen, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for choice in choices:
            values, codes = self._segment.facets[choice.facet]
            wanted = np.array([(value in choice.values) is not choice.left_out for value in values], np.bool_)
            passing &= wanted[codes]
        return passing

    def _reaching(
        self, tier: int, count: int, rarities: Mapping[Match, float], norms: Scores
    ) -> tuple[Numbers, Scores]:
        """Articles of a tier among which are its first, with their scores."""

        def score(numbers: Numbers) -> Scores:
            return self._scores(numbers, rarities, norms)

        size = self.partial_count if tier else len(self.whole)
        if size <= max(_SCORED, count):
            numbers = self.tier(tier)
            return numbers, score(numbers)
        members = self._whole_mask if self._some is None or not tier else self._some
        found = [Weighed(self._leaf(one.match), one.share * rarities[one.match]) for one in self._evidence()]
        return reaching(found, members, count, norms, score)

    def _evidence(self) -> list[Evidence]:
        return [one for _, one in weighed(self._question.query, widened=self._question.widened)]

    def _scores(self, numbers: Numbers, rarities: Mapping[Match, float], norms: Scores) -> Scores:
        """Of some articles (ascending), summed in typed order."""
        own = norms.take(numbers)
        scores = np.zeros(len(numbers))
        for one in self._evidence():
            frequencies = self._leaf(one.match).frequencies(numbers)
            scores += one.share * weight(rarities[one.match], frequencies, own)
            charge(one.match)
        return scores
