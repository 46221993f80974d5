"""How are the best articles of several segments merged? As a table of arrays, in the total order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from indexer.engine import UNDATED_MINUTE
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.top_k import Scores
from indexer.query import Sort

Int64Array = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ranked articles: arrays of shape (n,).

    The order is by group, score, date and id. Ids are strings, so ties are broken by them only where it
    matters.

    Attributes:
        groups: the first sort key: the tier, or 0 for all.
        dates: the sort key after the score, ascending.
        places: which segment an article is in; numbers: its document number there.
    """

    answers: Sequence[SegmentAnswer]
    by_score: bool
    groups: Int64Array
    tiers: Int64Array
    scores: Scores
    dates: Int64Array
    places: Int64Array
    numbers: DocumentNumbers

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers)

    def first(self, count: int) -> "Ranked":
        """The first ``count``; among those that are equal in score and date the order is not defined."""
        return self.with_ties_broken(count).take(np.arange(min(count, self.count)))

    def with_ties_broken(self, depth: int) -> "Ranked":
        """With the ties across ``depth`` broken, so that the set of the first ``depth`` is defined."""
        return self._break_ties(depth - 1, depth + 1)

    def window(self, start: int, end: int) -> "Ranked":
        """The articles from start to end (exclusive), in the total order."""
        settled = self._break_ties(start, end)
        return settled.take(np.arange(start, max(start, min(end, self.count))))

    def rows(self) -> Iterator[tuple[int, int, int, float]]:
        """Tier, segment, document number and score of each."""
        return zip(
            self.tiers.tolist(),
            self.places.tolist(),
            self.numbers.tolist(),
            self.scores.tolist(),
            strict=True,
        )

    def numbers_by_segment(self, depth: int) -> list[DocumentNumbers]:
        """The document numbers of the first ``depth`` articles, by segment; ascending."""
        places, numbers = self.places[:depth], self.numbers[:depth]
        return [np.sort(numbers[places == place]) for place in range(len(self.answers))]

    def with_bonuses(self, bonuses: Sequence[Scores], depth: int) -> "Ranked":
        """Reranked with the bonuses of the first ``depth``, given in the order of ``numbers_by_segment``."""
        scores = self.scores.copy()
        for place, (numbers, found) in enumerate(zip(self.numbers_by_segment(depth), bonuses, strict=True)):
            here = np.flatnonzero(self.places[:depth] == place)
            scores[here] += found[np.searchsorted(numbers, self.numbers[here])]
        rows = np.arange(self.count)
        best = replace(self, scores=scores).take(rows[:depth]).ordered()
        return _both(best, self.take(rows[depth:]))

    def ordered(self) -> "Ranked":
        """Sorted by group, score and date; the order among equal ones is not defined."""
        return self.take(np.lexsort(self._keys()))

    def _keys(self) -> tuple[npt.NDArray[np.generic], ...]:
        """The sort keys except the id, the least significant first, as np.lexsort takes them."""
        return (self.dates, -self.scores, self.groups) if self.by_score else (self.dates, self.groups)

    def _break_ties(self, start: int, end: int) -> "Ranked":
        """With the ties that overlap start to end sorted by id."""
        tied = np.ones(max(self.count - 1, 0), np.bool_)
        for key in self._keys():
            tied &= key[1:] == key[:-1]
        if not tied[max(start - 1, 0) : max(end, 0)].any():
            return self
        order = np.arange(self.count)
        edges = np.concatenate([[0], np.flatnonzero(~tied) + 1, [self.count]])
        reached = np.flatnonzero((edges[:-1] < end) & (edges[1:] > start) & (np.diff(edges) > 1))
        for run in reached.tolist():
            rows = order[edges[run] : edges[run + 1]]
            order[edges[run] : edges[run + 1]] = sorted(rows.tolist(), key=self._id)
        return self.take(order)

    def _id(self, row: int) -> str:
        return self.answers[int(self.places[row])].id(int(self.numbers[row]))

    def take(self, rows: npt.NDArray[np.intp]) -> "Ranked":
        """Some rows, in the order given."""
        return replace(
            self,
            groups=self.groups[rows],
            tiers=self.tiers[rows],
            scores=self.scores[rows],
            dates=self.dates[rows],
            places=self.places[rows],
            numbers=self.numbers[rows],
        )


def _both(first: Ranked, second: Ranked) -> Ranked:
    return replace(
        first,
        groups=np.concatenate([first.groups, second.groups]),
        tiers=np.concatenate([first.tiers, second.tiers]),
        scores=np.concatenate([first.scores, second.scores]),
        dates=np.concatenate([first.dates, second.dates]),
        places=np.concatenate([first.places, second.places]),
        numbers=np.concatenate([first.numbers, second.numbers]),
    )


def merge_ranked(
    found: Sequence[tuple[int, int, DocumentNumbers, Scores]],
    answers: Sequence[SegmentAnswer],
    sort: Sort,
    *,
    by_tier: bool,
) -> Ranked:
    """The best of each tier and segment, given as (tier, segment, numbers, scores), in one order."""
    counts = [len(numbers) for _, _, numbers, _ in found]
    tiers = np.repeat(np.array([tier for tier, *_ in found], np.int64), counts)
    minutes = [answers[place].minutes(numbers) for _, place, numbers, _ in found]
    dates = np.concatenate([np.empty(0, np.int64), *minutes])
    return Ranked(
        answers,
        sort is Sort.RELEVANCE,
        tiers if by_tier else np.zeros_like(tiers),
        tiers,
        np.concatenate([np.empty(0), *(scores for *_, scores in found)]),
        np.where(dates > 0, dates, UNDATED_MINUTE) if sort is Sort.OLDEST else -dates,
        np.repeat(np.array([place for _, place, *_ in found], np.int64), counts),
        np.concatenate([np.empty(0, np.uint16), *(numbers for _, _, numbers, _ in found)]),
    ).ordered()
