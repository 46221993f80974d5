"""What does the archive hold by source and day, what is missing, and what was refused?

Everything is read from the archive and not from the index, which may lack articles.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice

from corpus import coverage as counted
from corpus.archived import ArchivedArticle, StoredRefusal
from corpus.article import Article
from corpus.coverage import Coverage, Fact, RefusedCount, SourceCoverage
from corpus.rights import Rights, rights_of_all
from corpus.shown_archive import ShownArchive
from search_app.answer.archive.withdrawal_list import count_withdrawn

LISTED = 100
"""Articles or refusals on one page of a list."""


class Missing(StrEnum):
    """What an article lacks, so that a search by date (undated) or by words (short) may not find it."""

    UNDATED = "undated"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a source.

    Attributes:
        first: the first day of the month.
        days: number of articles of each day; None before the source's first day and after its last.
    """

    first: date
    days: tuple[int | None, ...]

    @property
    def articles(self) -> int:
        """Number of articles of all its days."""
        return sum(count or 0 for count in self.days)

    @property
    def empty(self) -> int:
        """Number of days without an article between the source's first day and its last."""
        return sum(count == 0 for count in self.days)


class Accounts:
    """The use cases of coverage, missing dates and texts, rights, and refusals; safe for threads."""

    def __init__(self, archive: ShownArchive) -> None:
        self._archive = archive
        self._coverage = lru_cache(maxsize=1)(self._counted)

    def rights(self, articles: Sequence[Article]) -> list[Rights]:
        """What may be done with each of some articles.

        Raises:
            OperatorError: the archive cannot be read.
        """
        return rights_of_all(self._archive, articles)

    def coverage(self) -> Coverage:
        """The coverage of the archive's present state; counted once for each state."""
        return self._coverage(self._archive.number, self._archive.withdrawn().state)

    def missing(self, what: Missing, source: str | None, page: int) -> list[Fact]:
        """A page (from 1) of the articles that lack a date or a text, of one source or of all."""
        listed = counted.undated if what is Missing.UNDATED else counted.short
        return listed(self._archive, source, LISTED, (page - 1) * LISTED)

    def refusals(self, reason: str, page: int) -> list[StoredRefusal]:
        """A page (from 1) of the refusals for a reason ("": all), also of records imported since."""
        start = (page - 1) * LISTED
        return list(islice(self._archive.refusals(reason), start, start + LISTED))

    def all_missing(self, what: Missing, source: str | None) -> Iterator[Fact]:
        """All articles that lack a date or a text, read from the archive while the caller iterates."""
        every = counted.all_undated if what is Missing.UNDATED else counted.all_short
        return every(self._archive, source)

    def all_refusals(self, reason: str) -> Iterator[StoredRefusal]:
        """All refusals for a reason ("": all), read from the archive while the caller iterates."""
        return self._archive.refusals(reason)

    def refused(self) -> tuple[RefusedCount, ...]:
        """Every reason of refusal, the most frequent first."""
        return counted.refused(self._archive)

    def refusal(self, number: int) -> StoredRefusal | None:
        """The refusal with a number; None if there is none."""
        return self._archive.refusal(number)

    def searchable(self) -> int:
        """Number of articles that are not withdrawn."""
        return self._archive.counts().articles

    def listed(self, limit: int, offset: int) -> list[tuple[str, str]]:
        """Articles in the order of their ids, each with the time when its last version was imported."""
        return counted.listed(self._archive, limit, offset)

    def record(self, article_id: str) -> tuple[ArchivedArticle, bytes | None] | None:
        """The last version of an article and its raw record, or None if that was not kept.

        None if the archive does not have the article.
        """
        archived = self._archive.article(article_id)
        return None if archived is None else (archived, self._archive.raw(archived))

    def _counted(self, _number: int, _withdrawn: tuple[int, int]) -> Coverage:
        return replace(counted.coverage(self._archive), withdrawn=count_withdrawn(self._archive))


def months(source: SourceCoverage) -> Iterator[Month]:
    """The months from the source's first day to its last, including those without an article."""
    if source.first is None or source.last is None:
        return
    counts = dict(source.days)
    every = (source.first + timedelta(step) for step in range(source.span_days))
    for (year, month), days in groupby(every, key=lambda day: (day.year, day.month)):
        held = {day.day: counts.get(day, 0) for day in days}
        last = monthrange(year, month)[1]
        yield Month(date(year, month, 1), tuple(held.get(day) for day in range(1, last + 1)))


def whole(coverage: Coverage) -> SourceCoverage:
    """The coverage of all sources together."""
    days: dict[date, int] = {}
    for source in coverage.sources:
        for day, count in source.days:
            days[day] = days.get(day, 0) + count
    return SourceCoverage(
        "",
        sum(source.articles for source in coverage.sources),
        tuple(sorted(days.items())),
        sum(source.coarse for source in coverage.sources),
        sum(source.undated for source in coverage.sources),
        sum(source.short for source in coverage.sources),
    )
