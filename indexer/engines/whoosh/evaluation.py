"""Which articles match, with which score? A question evaluated exhaustively, segment by segment.

Every article is looked at, so ids, scores, totals and facet counts are exact. First each match is
looked up in every segment, which gives the document frequencies; then each segment is scored.
"""

from collections import Counter
from functools import reduce

import numpy as np
import numpy.typing as npt

from indexer.engine import Hit, Manifest, Results, result_order
from indexer.engines.whoosh.matching import Found, Mask, find
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.selection import best
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
    snapshot: Snapshot, question: Question, parts: list["_PartAnswer"], rarities: dict[Match, float]
) -> tuple[Hit, ...]:
    """The hits asked for: the best of each segment, merged in the total order."""
    count = question.offset + question.size
    ranked: list[tuple[int, tuple[float, int, str], Hit]] = []
    for place, part in enumerate(parts):
        ranked += part.best(count, rarities, snapshot.norms(place) if rarities else None)
    ranked.sort(key=lambda one: one[:2])
    return tuple(hit for _, _, hit in ranked[question.offset : count])


class _PartAnswer:
    """A question on one segment; each match is looked up once."""

    def __init__(self, part: Part, question: Question) -> None:
        self._part = part
        self._segment = part.segment
        self._question = question
        self._found: dict[Match, Found] = {}
        self._words, self._binding = split_words(question.query)
        self._holding = self._live(self._holds(question.query))
        passing = self._passing(question.chosen)
        self.whole = np.flatnonzero(self._holding & passing)
        self.partial = self._partial(passing)

    def frequency(self, leaf: Match) -> int:
        """How many live articles hold a match."""
        numbers = self._find(leaf).numbers
        return len(numbers) if self._part.live is None else int(self._part.live[numbers].sum())

    def facet(self, name: FacetName) -> dict[str, int]:
        """Counts by value, the facet's own choice left aside."""
        others = tuple(choice for choice in self._question.chosen if choice.facet is not name)
        same = len(others) == len(self._question.chosen)
        numbers = self.whole if same else np.flatnonzero(self._holding & self._passing(others))
        values, codes = self._segment.facets[name]
        counts = np.bincount(codes[numbers], minlength=len(values)).tolist()
        return {value: count for value, count in zip(values, counts, strict=True) if count}

    def best(
        self, count: int, rarities: dict[Match, float], norms: npt.NDArray[np.float64] | None
    ) -> list[tuple[int, tuple[float, int, str], Hit]]:
        """The first hits of each tier, each with its tier and its key in the total order."""
        scores = None if norms is None else self._scores(rarities, norms)
        found: list[tuple[int, tuple[float, int, str], Hit]] = []
        for tier, numbers in enumerate((self.whole, self.partial)):
            for number in best(self._segment, numbers, scores, self._question.sort, count).tolist():
                hit = Hit(
                    self._segment.id(number),
                    0.0 if scores is None else float(scores[number]),
                    self._lacks(number) if tier else (),
                )
                minute = int(self._segment.arrays["minute"][number])
                found.append((tier, result_order(hit.score, minute, hit.id, self._question.sort), hit))
        return found

    def _find(self, leaf: Match) -> Found:
        if leaf not in self._found:
            self._found[leaf] = find(self._segment, leaf)
        return self._found[leaf]

    def _live(self, mask: Mask) -> Mask:
        return mask if self._part.live is None else mask & self._part.live

    def _holds(self, query: Query) -> Mask:
        """Which articles match a query; deleted ones too."""
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

    def _partial(self, passing: Mask) -> Numbers:
        """Articles that hold all that binds and some of the words, not all."""
        if self._words is None:
            return np.empty(0, np.intp)
        some = self._live(self._holds(Or(self._words.children))) & passing & ~self._holding
        for part in self._binding:
            some &= self._holds(part)
        return np.flatnonzero(some)

    def _passing(self, choices: tuple[Chosen, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for choice in choices:
            values, codes = self._segment.facets[choice.facet]
            wanted = np.array([value in choice.values for value in values], np.bool_)
            passing &= wanted[codes]
        return passing

    def _scores(
        self, rarities: dict[Match, float], norms: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Of every article, shape (articles,); summed in typed order, as the oracle does."""
        scores = np.zeros(self._segment.count)
        for leaf in scoring_matches(self._question.query):
            found = self._find(leaf)
            scores[found.numbers] += weight(rarities[leaf], found.weights, norms[found.numbers])
        return scores

    def _lacks(self, number: int) -> tuple[str, ...]:
        words = self._words.children if self._words else ()
        return tuple(word.label for word in words if not self._has(word, number))

    def _has(self, leaf: Match, number: int) -> bool:
        numbers = self._find(leaf).numbers
        place = int(np.searchsorted(numbers, number))
        return place < len(numbers) and int(numbers[place]) == number
