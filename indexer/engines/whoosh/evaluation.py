"""Which articles match, with which score? A question evaluated exhaustively on arrays.

Every article is looked at, so ids, scores, totals and facet counts are exact.
"""

import numpy as np
import numpy.typing as npt

from indexer.engine import Hit, Manifest, Results
from indexer.engines.whoosh.matching import frequencies
from indexer.engines.whoosh.snapshot import Mask, Snapshot
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
    Words,
    scoring_matches,
    split_words,
)
from indexer.ranking import idf, weight


class Evaluation:
    """One question on one snapshot; each match is looked up once."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self._snapshot = snapshot
        self._question = question
        self._found: dict[Match, npt.NDArray[np.float64]] = {}

    def results(self, manifest: Manifest) -> Results:
        """The exact answer."""
        question = self._question
        whole = self._holds(question.query) & self._snapshot.live
        partial = self._partial() & ~whole & self._snapshot.live
        passing = self._passing(question.chosen)
        tiers = [np.flatnonzero(whole & passing), np.flatnonzero(partial & passing)]
        return Results(
            total=len(tiers[0]),
            partial_total=len(tiers[1]),
            hits=self._window(tiers),
            facets={name: self._facet(name, whole) for name in question.facets},
            manifest=manifest,
        )

    def _frequencies(self, leaf: Match) -> npt.NDArray[np.float64]:
        if leaf not in self._found:
            self._found[leaf] = frequencies(self._snapshot, leaf)
        return self._found[leaf]

    def _holds(self, query: Query) -> Mask:
        """Which articles match a query; deleted ones too."""
        match query:
            case Match():
                return self._frequencies(query) > 0
            case Dates():
                return self._published(query)
            case Not(child):
                return ~self._holds(child)
            case Or(children):
                return self._every(False, [self._holds(child) for child in children])
            case And(children) | Words(children):
                return self._every(True, [self._holds(child) for child in children])

    def _every(self, wanted: bool, masks: list[Mask]) -> Mask:
        """All of the masks where ``wanted`` is true, any of them where it is false."""
        combined = np.full(self._snapshot.count, wanted)
        for mask in masks:
            combined = combined & mask if wanted else combined | mask
        return combined

    def _published(self, dates: Dates) -> Mask:
        kept = np.ones(self._snapshot.count, np.bool_)
        if dates.first is None and dates.last is None:
            return kept
        kept &= self._snapshot.first_days > 0
        if dates.first is not None:
            kept &= self._snapshot.first_days >= dates.first.toordinal()
        if dates.last is not None:
            kept &= self._snapshot.last_days <= dates.last.toordinal()
        return kept

    def _partial(self) -> Mask:
        """Which articles hold all that binds and some of the words (or all)."""
        words, binding = split_words(self._question.query)
        if words is None:
            return np.zeros(self._snapshot.count, np.bool_)
        some = self._every(False, [self._holds(word) for word in words.children])
        return some & self._every(True, [self._holds(part) for part in binding])

    def _passing(self, choices: tuple[Chosen, ...]) -> Mask:
        passing = self._published(self._question.dates)
        for choice in choices:
            values, column = self._snapshot.facets[choice.facet]
            passing = passing & np.isin(
                column, [values.index(value) for value in choice.values if value in values]
            )
        return passing

    def _facet(self, name: FacetName, whole: Mask) -> dict[str, int]:
        others = tuple(choice for choice in self._question.chosen if choice.facet is not name)
        values, column = self._snapshot.facets[name]
        counts = np.bincount(column[whole & self._passing(others)], minlength=len(values))
        return {value: count for value, count in zip(values, counts.tolist(), strict=True) if count}

    def _scores(self) -> npt.NDArray[np.float64]:
        """Of every article, shape (articles,)."""
        snapshot = self._snapshot
        scores = np.zeros(snapshot.count)
        for leaf in scoring_matches(self._question.query):
            frequency = self._frequencies(leaf)
            held = frequency > 0
            rarity = idf(snapshot.live_count, int((held & snapshot.live).sum()))
            scores[held] += weight(rarity, frequency[held], snapshot.lengths[held], snapshot.mean_length)
        return scores

    def _window(self, tiers: list[npt.NDArray[np.int64]]) -> tuple[Hit, ...]:
        question, snapshot = self._question, self._snapshot
        scores = self._scores()
        keys = snapshot.date_keys(question.sort)
        ranked = [
            articles[
                np.lexsort(
                    (
                        snapshot.id_ranks[articles],
                        keys[articles],
                        -scores[articles] if question.sort is Sort.RELEVANCE else np.zeros(len(articles)),
                    )
                )
            ]
            for articles in tiers
        ]
        window = np.concatenate(ranked)[question.offset : question.offset + question.size]
        words, _ = split_words(question.query)
        return tuple(
            Hit(
                snapshot.facts[number].id,
                float(scores[number]),
                tuple(word.label for word in words.children if not self._frequencies(word)[number])
                if words
                else (),
            )
            for number in window.tolist()
        )
