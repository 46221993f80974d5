"""How are the best articles of several segments merged? As a table of arrays, in the total order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.top_k import Scores
from indexer.query import Sort
from indexer.result_order import UNDATED_MINUTE

Int64Array = npt.NDArray[np.int64]

_MANY = 1_000  # ids, from which on all of a result are read together


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ranked articles: arrays of shape (n,).

    The order is by group, score, date and id. Ids are strings, so ties are broken by them only where it
    matters.

    Attributes:
        columns: int64 (5, n): the rows are the properties below, so that some articles are taken from all at
            once.
    """

    answers: Sequence[SegmentAnswer]
    by_score: bool
    columns: Int64Array
    scores: Scores

    @property
    def groups(self) -> Int64Array:
        """The first sort key: the tier, or 0 for all."""
        return self._column(0)

    @property
    def tiers(self) -> Int64Array:
        """The tier of each."""
        return self._column(1)

    @property
    def dates(self) -> Int64Array:
        """The sort key after the score, ascending."""
        return self._column(2)

    @property
    def places(self) -> Int64Array:
        """Which segment each is in."""
        return self._column(3)

    @property
    def numbers(self) -> Int64Array:
        """The document number of each in its segment."""
        return self._column(4)

    def _column(self, row: int) -> Int64Array:
        column: Int64Array = self.columns[row]
        return column

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.scores)

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
        places, numbers = self.places[:depth], self.numbers[:depth].astype(np.uint16)
        return [np.sort(numbers[places == place]) for place in range(len(self.answers))]

    def with_bonuses(self, bonuses: Sequence[Scores], depth: int) -> "Ranked":
        """Reranked with the bonuses of the first ``depth``, given in the order of ``numbers_by_segment``."""
        scores = self.scores.copy()
        for place, (numbers, own) in enumerate(zip(self.numbers_by_segment(depth), bonuses, strict=True)):
            here = np.flatnonzero(self.places[:depth] == place)
            scores[here] += own[np.searchsorted(numbers, self.numbers[here])]
        best = self._with(self.columns[:, :depth], scores[:depth]).ordered()
        if depth >= self.count:
            return best
        columns = np.concatenate([best.columns, self.columns[:, depth:]], axis=1)
        return self._with(columns, np.concatenate([best.scores, self.scores[depth:]]))

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
        id_of = self._id_of(int(np.diff(edges)[reached].sum()))
        for run in reached.tolist():
            rows = order[edges[run] : edges[run + 1]]
            order[edges[run] : edges[run + 1]] = sorted(rows.tolist(), key=id_of)
        return self.take(order)

    def ids(self) -> Iterator[str]:
        """The ids, in order."""
        return map(self._id_of(self.count), range(self.count))

    def _id_of(self, count: int) -> Callable[[int], str]:
        """What gives the id of a row, if it is asked for so many: many are read together."""
        return self._id if count < _MANY else self._every_id().__getitem__

    def _every_id(self) -> list[str]:
        ids = [""] * self.count
        for place, answer in enumerate(self.answers):
            here = np.flatnonzero(self.places == place)
            for row, article_id in zip(here.tolist(), answer.ids(self.numbers[here]), strict=True):
                ids[row] = article_id
        return ids

    def _id(self, row: int) -> str:
        return self.answers[int(self.places[row])].id(int(self.numbers[row]))

    def take(self, rows: npt.NDArray[np.intp]) -> "Ranked":
        """Some rows, in the order given."""
        return self._with(self.columns[:, rows], self.scores[rows])

    def _with(self, columns: Int64Array, scores: Scores) -> "Ranked":
        return Ranked(self.answers, self.by_score, columns, scores)


def merge_ranked(
    tops: Sequence[tuple[int, int, DocumentNumbers, Scores]],
    answers: Sequence[SegmentAnswer],
    sort: Sort,
    *,
    by_tier: bool,
) -> Ranked:
    """The best of each tier and segment, given as (tier, segment, numbers, scores), in one order."""
    counts = [len(numbers) for _, _, numbers, _ in tops]
    columns = np.zeros((5, sum(counts)), np.int64)
    end = 0
    for (tier, place, numbers, _), count in zip(tops, counts, strict=True):
        start, end = end, end + count
        own = columns[:, start:end]
        own[0], own[1], own[3], own[4] = tier if by_tier else 0, tier, place, numbers
        dates = answers[place].minutes(numbers)
        own[2] = np.where(dates > 0, dates, UNDATED_MINUTE) if sort is Sort.OLDEST else -dates
    scores = np.concatenate([np.empty(0), *(scores for *_, scores in tops)])
    return Ranked(answers, sort is Sort.RELEVANCE, columns, scores).ordered()
