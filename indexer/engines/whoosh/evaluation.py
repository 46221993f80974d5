"""Which articles match, with which score? A question evaluated exhaustively, segment by segment.

Every article is looked at, so ids, scores, totals and facet counts are exact. First each match is
looked up in every segment, which gives the document frequencies; then each segment is scored.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np

from indexer.engine import Hit, Manifest, Results, result_order
from indexer.engines.whoosh.matching import Found, Mask, find
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.selection import Scores, best
from indexer.engines.whoosh.snapshot import Part, Snapshot
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
    Words,
    scoring_matches,
    split_words,
)
from indexer.ranking import idf, weight

_Ranked = tuple[int, tuple[float, int, str], "_PartAnswer", int, float]
"""Tier, key in the total order, the segment's answer, the article's number in it, score."""

_SEARCH_COST = 24  # looking one article up in a list costs about as much as clearing so many of an array


def evaluate(snapshot: Snapshot, question: Question, manifest: Manifest) -> Results:
    """The exact answer to a question on one state of the index."""
    parts = [_PartAnswer(part, question) for part in snapshot.parts]
    rarities = {
        leaf: idf(snapshot.count, sum(part.frequency(leaf) for part in parts))
        for leaf in scoring_matches(question.query)
    }
    facets: dict[FacetName, Counter[str]] = {name: Counter() for name in question.facets}
    for part in parts:
        for name in question.facets:
            facets[name].update(part.facet(name))
    return Results(
        total=sum(len(part.whole) for part in parts),
        partial_total=sum(len(part.partial) for part in parts),
        hits=_window(snapshot, question, parts, rarities),
        facets={name: dict(counts) for name, counts in facets.items()},
        manifest=manifest,
    )


def _window(
    snapshot: Snapshot, question: Question, parts: list["_PartAnswer"], rarities: Mapping[Match, float]
) -> tuple[Hit, ...]:
    """The hits asked for: the best of each segment, merged in the total order."""
    count = question.offset + question.size
    ranked: list[_Ranked] = []
    for place, part in enumerate(parts):
        ranked += part.best(count, rarities, snapshot.norms(place) if rarities else None)
    ranked.sort(key=lambda one: one[:2])
    return tuple(
        part.hit(number, key, tier, score)
        for tier, key, part, number, score in ranked[question.offset : count]
    )


def _common(few: Numbers, many: Numbers) -> Numbers:
    """What both hold; both ascending, the shorter one first."""
    if not len(many):
        return many
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    found: Numbers = few[many[places] == few]
    return found


class _PartAnswer:
    """A question on one segment; each match is looked up once."""

    def __init__(self, part: Part, question: Question) -> None:
        self._part = part
        self._segment = part.segment
        self._question = question
        self._found: dict[Match, Found] = {}
        self._words, self._binding = split_words(question.query)
        self._narrowed = bool(question.chosen) or question.dates != Dates(None, None)
        self.whole = self._within(self._matching(question.query), question.chosen)
        self.partial = self._partial()

    def frequency(self, leaf: Match) -> int:
        """How many live articles hold a match."""
        return len(self._live(self._find(leaf).numbers))

    def facet(self, name: FacetName) -> dict[str, int]:
        """Counts by value, the facet's own choice left aside."""
        others = tuple(choice for choice in self._question.chosen if choice.facet is not name)
        same = len(others) == len(self._question.chosen)
        numbers = self.whole if same else self._within(self._matching(self._question.query), others)
        values, codes = self._segment.facets[name]
        counts = np.bincount(codes[numbers], minlength=len(values)).tolist()
        return {value: count for value, count in zip(values, counts, strict=True) if count}

    def best(self, count: int, rarities: Mapping[Match, float], norms: Scores | None) -> list[_Ranked]:
        """The first hits of each tier, each with its key in the total order."""
        found: list[_Ranked] = []
        minutes = self._segment.arrays["minute"]
        sort = self._question.sort
        scores_of = None if norms is None else self._scores(rarities, norms)
        for tier, numbers in enumerate((self.whole, self.partial)):
            if not len(numbers):
                continue
            scores = None if scores_of is None else scores_of(numbers)
            for place in best(self._segment, numbers, scores, sort, count).tolist():
                number = int(numbers[place])
                name, score = self._segment.id(number), 0.0 if scores is None else float(scores[place])
                key = result_order(score, int(minutes[number]), name, sort)
                found.append((tier, key, self, number, score))
        return found

    def hit(self, number: int, key: tuple[float, int, str], tier: int, score: float) -> Hit:
        """A hit of the window."""
        return Hit(key[2], score, self._lacks(number) if tier else ())

    def _find(self, leaf: Match) -> Found:
        if leaf not in self._found:
            self._found[leaf] = find(self._segment, leaf)
        return self._found[leaf]

    def _live(self, numbers: Numbers) -> Numbers:
        return numbers if self._part.live is None else numbers[self._part.live[numbers]]

    def _within(self, numbers: Numbers, choices: tuple[Chosen, ...]) -> Numbers:
        """Those of the articles that are live, in the range of dates, and chosen."""
        numbers = self._live(numbers)
        return numbers[self._passing(choices)[numbers]] if self._narrowed else numbers

    def _matching(self, query: Query) -> Numbers:
        """Which articles match a query; deleted ones too."""
        match query:
            case Match():
                return self._find(query).numbers
            case And(children) | Words(children) if children and all(
                isinstance(one, Match) for one in children
            ):
                lists = sorted((self._matching(child) for child in children), key=len)
                return reduce(_common, lists)
            case _:
                return np.flatnonzero(self._holds(query))

    def _holds(self, query: Query) -> Mask:
        """Which articles match a query, as a mask; deleted ones too."""
        match query:
            case Match():
                mask = np.zeros(self._segment.count, np.bool_)
                mask[self._find(query).numbers] = True
                return mask
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

    def _partial(self) -> Numbers:
        """Articles that hold all that binds and some of the words, not all."""
        if self._words is None:
            return np.empty(0, np.intp)
        some = self._holds(Or(self._words.children))
        some[self._matching(self._words)] = False
        for part in self._binding:
            some &= self._holds(part)
        return self._within(np.flatnonzero(some), self._question.chosen)

    def _passing(self, choices: tuple[Chosen, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for choice in choices:
            values, codes = self._segment.facets[choice.facet]
            wanted = np.array([value in choice.values for value in values], np.bool_)
            passing &= wanted[codes]
        return passing

    def _scores(self, rarities: Mapping[Match, float], norms: Scores) -> Callable[[Numbers], Scores]:
        """What gives articles their scores: looked up for a few, computed for all where there are many."""
        if (len(self.whole) + len(self.partial)) * _SEARCH_COST < self._segment.count:
            return lambda numbers: self._scores_of(numbers, rarities, norms)
        scores = np.zeros(self._segment.count)
        for leaf in scoring_matches(self._question.query):
            found = self._find(leaf)
            scores[found.numbers] += weight(rarities[leaf], found.weights, norms[found.numbers])
        return lambda numbers: scores[numbers]

    def _scores_of(self, numbers: Numbers, rarities: Mapping[Match, float], norms: Scores) -> Scores:
        """Of each of a few articles; summed in typed order, as for all."""
        scores = np.zeros(len(numbers))
        for leaf in scoring_matches(self._question.query):
            found = self._find(leaf)
            if len(found.numbers):
                places = np.minimum(np.searchsorted(found.numbers, numbers), len(found.numbers) - 1)
                held = np.flatnonzero(found.numbers[places] == numbers)
                scores[held] += weight(rarities[leaf], found.weights[places[held]], norms[numbers[held]])
        return scores

    def _lacks(self, number: int) -> tuple[str, ...]:
        words = self._words.children if self._words else ()
        return tuple(word.label for word in words if not self._has(word, number))

    def _has(self, leaf: Match, number: int) -> bool:
        numbers = self._find(leaf).numbers
        place = int(np.searchsorted(numbers, number))
        return place < len(numbers) and int(numbers[place]) == number
