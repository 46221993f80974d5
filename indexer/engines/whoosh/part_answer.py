"""What does one segment answer to a question? Each match is looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from indexer.engine import Hit, Occurrences, result_order
from indexer.engines.whoosh.hit_places import hit_places
from indexer.engines.whoosh.leaves import Leaf, leaf_of
from indexer.engines.whoosh.occurring import Mask
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.selection import Scores, best
from indexer.engines.whoosh.snapshot import Part
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
    scoring_matches,
    split_words,
)
from indexer.ranking import weight

_DENSE = 16  # an article scored by itself costs as much as so many scored all together

_SCATTERED = 3  # adding to an article by its number costs as much as adding to so many in a row


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article in its tier, with its key in the total order."""

    key: tuple[float, int, str]
    part: "PartAnswer"
    tier: int
    number: int
    score: float


class PartAnswer:
    """A question on one segment."""

    def __init__(self, part: Part, question: Question) -> None:
        self._part = part
        self._segment = part.segment
        self._question = question
        self._leaves: dict[Match, Leaf] = {}
        self._words, self._binding = split_words(question.query)
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
        return self._leaf(match).count(self._part.live)

    def facet(self, name: FacetName) -> dict[str, int]:
        """Counts by value, the facet's own choice left aside."""
        others = tuple(choice for choice in self._question.chosen if choice.facet is not name)
        same = len(others) == len(self._question.chosen)
        numbers = self.whole if same else self._within(self._matching(self._question.query), others)
        values, codes = self._segment.facets[name]
        counts = np.bincount(codes[numbers], minlength=len(values))
        held = np.flatnonzero(counts).tolist()
        return dict(zip([values[code] for code in held], counts[held].tolist(), strict=True))

    def best(self, tier: int, count: int, rarities: Mapping[Match, float], norms: Scores) -> list[Ranked]:
        """The first hits of a tier, each with its key in the total order."""
        numbers = self.tier(tier)
        if not len(numbers):
            return []
        sort = self._question.sort
        if rarities and sort is Sort.RELEVANCE:
            scores = self._scores(numbers, rarities, norms)
            places = best(self._segment, numbers, scores, sort, count)
            chosen, scored = numbers[places], scores[places]
        else:
            chosen = numbers[best(self._segment, numbers, None, sort, count)]
            order = np.argsort(chosen)
            scored = np.empty(len(chosen))
            scored[order] = self._scores(chosen[order], rarities, norms)
        minutes = self._segment.arrays["minute"][chosen].tolist()
        found = zip(chosen.tolist(), scored.tolist(), minutes, strict=True)
        return [
            Ranked(result_order(score, minute, self._segment.id(number), sort), self, tier, number, score)
            for number, score, minute in found
        ]

    def hit(self, ranked: Ranked, occurrences: Occurrences | None) -> Hit:
        """A hit of the window."""
        lacks = self._lacks(ranked.number) if ranked.tier else ()
        return Hit(ranked.key[2], ranked.score, lacks, occurrences)

    def occurrences(self, numbers: Sequence[int], syllables: Sequence[Typed]) -> dict[int, Occurrences]:
        """Where typed syllables stand in some articles (ascending)."""
        return hit_places(self._segment, np.array(numbers, np.uint16), syllables)

    def _leaf(self, match: Match) -> Leaf:
        if match not in self._leaves:
            self._leaves[match] = leaf_of(self._segment, match)
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
                return self._leaf(query).numbers
            case And(children) if children and all(isinstance(one, Match) for one in children):
                leaves = [self._leaf(one) for one in dict.fromkeys(children) if isinstance(one, Match)]
                leaves.sort(key=lambda leaf: leaf.bound)
                return reduce(lambda numbers, leaf: leaf.among(numbers), leaves[1:], leaves[0].numbers)
            case _:
                return np.flatnonzero(self._holds(query)).astype(np.uint16)

    def _holds(self, query: Query) -> Mask:
        """Which articles match a query, as a mask; deleted ones too."""
        match query:
            case Match():
                return self._leaf(query).mask
            case Dates():
                return self._published(query)
            case Not(child):
                return ~self._holds(child)
            case Or(children):
                return reduce(
                    np.logical_or, map(self._holds, children), np.zeros(self._segment.count, np.bool_)
                )
            case And(children) | Words(children):
                return reduce(
                    np.logical_and, map(self._holds, children), np.ones(self._segment.count, np.bool_)
                )

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
        if self._words is None or len(self._words.children) == 1:
            return None
        some = self._holds(Or(self._words.children))
        some &= ~self._holds(self._words)
        for part in self._binding:
            some &= self._holds(part)
        if self._part.live is not None:
            some &= self._part.live
        if self._narrowed:
            some &= self._passing(self._question.chosen)
        return some

    def _passing(self, choices: tuple[Chosen, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for choice in choices:
            values, codes = self._segment.facets[choice.facet]
            wanted = np.array([value in choice.values for value in values], np.bool_)
            passing &= wanted[codes]
        return passing

    def _scores(self, numbers: Numbers, rarities: Mapping[Match, float], norms: Scores) -> Scores:
        """Of some articles, summed in typed order; where there are many, of all that hold a match."""
        matches = list(scoring_matches(self._question.query))
        if len(matches) == 1 or len(numbers) * _DENSE < self._segment.count:
            own = norms[numbers]
            scores = np.zeros(len(numbers))
            for one in matches:
                scores += weight(rarities[one], self._leaf(one).frequencies(numbers), own)
            return scores
        scores = np.zeros(self._segment.count)
        for one in matches:
            leaf = self._leaf(one)
            if leaf.bound * _SCATTERED < self._segment.count:
                held = leaf.numbers
                scores[held] += weight(rarities[one], leaf.frequencies(held), norms[held])
            else:
                scores += weight(rarities[one], leaf.all_frequencies(), norms)
        return scores[numbers]

    def _lacks(self, number: int) -> tuple[str, ...]:
        words = self._words.children if self._words else ()
        only = np.array([number], np.uint16)
        return tuple(word.label for word in words if not len(self._leaf(word).among(only)))
