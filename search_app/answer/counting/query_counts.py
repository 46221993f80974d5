"""How much does each of many queries find, and out of how much that is held? And in which articles?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.archived import ArchivedArticle
from corpus.shown_archive import ShownArchive
from indexer.places import Zone
from search_app.answer.counting.asking import count_stories, fold_articles, lend_counts, understand_counted
from search_app.answer.counting.dated import date_articles
from search_app.answer.counting.held import HeldCounts
from search_app.answer.counting.series import PER_MILLION, PER_THOUSAND, share_of_held
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection

_BATCH = 100


@dataclass(frozen=True, slots=True)
class CountedArticle:
    """A matching article.

    Attributes:
        hits: None where the query has no words.
        syllables: in the text that is counted.
    """

    archived: ArchivedArticle
    hits: int | None
    syllables: int


@dataclass(frozen=True, slots=True)
class QueryCounts:
    """What a query finds, and what is held.

    Attributes:
        understood: the query as understood.
        hits: None where the query has no words.
        stories: of the matching articles.
        zones: in which hits and syllables are counted.
        each: the matching articles, the oldest first and those without a date last; read once.
    """

    selection: Selection
    understood: str
    articles: int
    stories: int
    hits: int | None
    held_articles: int
    held_syllables: int
    zones: frozenset[Zone]
    archive_number: int
    each: Iterator[CountedArticle]

    @property
    def per_million(self) -> float | None:
        """Hits in a million syllables held."""
        return share_of_held(self.hits, self.held_syllables, PER_MILLION)

    @property
    def per_thousand(self) -> float | None:
        """Articles in a thousand held."""
        return share_of_held(self.articles, self.held_articles, PER_THOUSAND)


class Counting:
    """The use case of counting queries; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, held: HeldCounts) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._held = held

    def count(self, selection: Selection) -> QueryCounts:
        """What a selection finds, and what is held under its filters; its query is never corrected.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read, or its format cannot count.
        """
        asked = understand_counted(self._evaluator, selection)
        with lend_counts(self._evaluator, selection) as (reader, counts):
            found = fold_articles(counts.articles(asked.question, asked.text), selection)
            kept = self._held.counts(reader, asked.held, asked.text, selection)
            held = kept.around(date_articles(found)[1], ("",))
            number = reader.manifest.archive_number
        order = np.lexsort((found.changes, found.minutes, found.first_days == 0))
        each = found.only(order)
        rows = zip(each.changes.tolist(), each.hits.tolist(), each.syllables.tolist(), strict=True)
        return QueryCounts(
            selection,
            asked.understood.text,
            len(found),
            count_stories(found),
            int(found.hits.sum()) if asked.has_hits else None,
            int(held.articles.sum()),
            int(held.syllables.sum()),
            asked.text.zones,
            number,
            self._articles(list(rows), has_hits=asked.has_hits),
        )

    def _articles(self, rows: list[tuple[int, int, int]], *, has_hits: bool) -> Iterator[CountedArticle]:
        """The articles of some changes; what is withdrawn meanwhile is left out."""
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            archived = self._archive.versions_of([change for change, *_ in batch])
            for change, hits, syllables in batch:
                if change in archived:
                    yield CountedArticle(archived[change], hits if has_hits else None, syllables)
