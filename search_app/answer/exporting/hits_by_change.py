"""Which hits has each version of a result? Found once, and read a batch of versions at a time."""

from collections.abc import Iterable, Mapping

import numpy as np

from corpus.archived import ArchivedArticle
from indexer.counting import ArticleCounts, CountReader, Int64Array, LocatedHits
from search_app.answer.counting.lines import Context, Line, LineMaker


class HitsByChange:
    """The hits of a result, by the change that brought the version in which they stand.

    Args:
        articles: those that match.
        located: every hit in them; None: they are only counted.
        counts: what gave them; read by ``lines`` as long as its state of the index is lent.
        context: how much ``lines`` have beside each hit.
    """

    def __init__(
        self, articles: ArticleCounts, located: LocatedHits | None, counts: CountReader, context: Context
    ) -> None:
        self._articles = articles
        self._located = located
        self._counts = counts
        self._context = context
        self._order = np.argsort(articles.changes)
        self._ascending = articles.changes[self._order]

    def counts(self, changes: Iterable[int]) -> dict[int, int]:
        """How many hits each of some versions has; those that do not match are left out."""
        rows = self._rows(changes)
        return dict(
            zip(self._articles.changes[rows].tolist(), self._articles.hits[rows].tolist(), strict=True)
        )

    def lines(self, archived: Mapping[int, ArchivedArticle]) -> dict[int, list[Line]]:
        """The hits of each of some versions, with what stands beside them, in the order of the text."""
        if self._located is None:
            return {}
        rows = self._rows(archived)
        starts, stops = (np.searchsorted(self._located.rows, rows, side) for side in ("left", "right"))
        places = np.concatenate([np.arange(0), *map(np.arange, starts, stops)])
        spans = self._counts.spans(self._located.alone(places)) if len(places) else []
        found: dict[int, list[Line]] = {}
        for line in LineMaker(archived, self._context).lines(spans):
            found.setdefault(line.change, []).append(line)
        return found

    def _rows(self, changes: Iterable[int]) -> Int64Array:
        """The ascending rows of the articles of some changes."""
        wanted = np.fromiter(changes, np.int64)
        places = np.searchsorted(self._ascending, wanted)
        places = places[places < len(self._ascending)]
        rows = self._order[places]
        return np.sort(rows[np.isin(self._articles.changes[rows], wanted)])
