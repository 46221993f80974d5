"""What can the archive say of itself? What it holds by source and day, what is missing, what was refused.

Everything is read from the archive, not from the index: what is missing there cannot be found here.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice

from corpus import coverage as counted
from corpus.archive import ArchiveReader
from corpus.archived import ArchivedArticle, StoredRefusal
from corpus.coverage import Coverage, Fact, SourceCoverage

LISTED = 100
"""Articles and refusals of one page of a list."""


class Missing(StrEnum):
    """What a search by date or by words cannot find as it should."""

    UNDATED = "undated"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a source: articles on each of its days, None outside the source's first and last day."""

    first: date
    days: tuple[int | None, ...]

    @property
    def articles(self) -> int:
        """Of all its days."""
        return sum(count or 0 for count in self.days)

    @property
    def empty(self) -> int:
        """Days on which an article was to be expected and there is none."""
        return sum(count == 0 for count in self.days)


class Accounts:
    """The archive's accounts; safe for threads."""

    def __init__(self, archive: ArchiveReader) -> None:
        self._archive = archive
        self._coverage = lru_cache(maxsize=1)(self._counted)

    def coverage(self) -> Coverage:
        """What the archive holds now; counted once for each of its numbers."""
        return self._coverage(self._archive.number)

    def missing(self, what: Missing, source: str | None, page: int) -> list[Fact]:
        """A page of the articles that lack a date or a text; of one source or of all."""
        listed = counted.undated if what is Missing.UNDATED else counted.short
        return listed(self._archive, source, LISTED, (page - 1) * LISTED)

    def refusals(self, reason: str, page: int) -> list[StoredRefusal]:
        """A page of the refusals of a reason ("": of all), also of those that were taken later."""
        start = (page - 1) * LISTED
        return list(islice(self._archive.refusals(reason), start, start + LISTED))

    def all_missing(self, what: Missing, source: str | None) -> Iterator[Fact]:
        """All of them, read as they are taken."""
        every = counted.all_undated if what is Missing.UNDATED else counted.all_short
        return every(self._archive, source)

    def all_refusals(self, reason: str) -> Iterator[StoredRefusal]:
        """All refusals of a reason ("": of all)."""
        return self._archive.refusals(reason)

    def refusal(self, number: int) -> StoredRefusal | None:
        """One refusal, by its number."""
        return self._archive.refusal(number)

    def searchable(self) -> int:
        """Articles that are not withdrawn."""
        return self._archive.counts().articles

    def listed(self, limit: int, offset: int) -> list[tuple[str, str]]:
        """Articles by id, each with the moment its last version was imported."""
        return counted.listed(self._archive, limit, offset)

    def record(self, article_id: str) -> tuple[ArchivedArticle, bytes | None] | None:
        """An article's last version and the raw record it was read from, where that was kept."""
        archived = self._archive.article(article_id)
        return None if archived is None else (archived, self._archive.raw(archived))

    def _counted(self, _number: int) -> Coverage:
        return counted.coverage(self._archive)


def months(source: SourceCoverage) -> Iterator[Month]:
    """The months from the source's first day to its last, those without an article among them."""
    if source.first is None or source.last is None:
        return
    counts = dict(source.days)
    every = (source.first + timedelta(step) for step in range(source.span_days))
    for (year, month), days in groupby(every, key=lambda day: (day.year, day.month)):
        held = {day.day: counts.get(day, 0) for day in days}
        last = monthrange(year, month)[1]
        yield Month(date(year, month, 1), tuple(held.get(day) for day in range(1, last + 1)))


def whole(coverage: Coverage) -> SourceCoverage:
    """All sources as one."""
    days: dict[date, int] = {}
    for source in coverage.sources:
        for day, count in source.days:
            days[day] = days.get(day, 0) + count
    return SourceCoverage(
        "",
        sum(one.articles for one in coverage.sources),
        tuple(sorted(days.items())),
        sum(one.coarse for one in coverage.sources),
        sum(one.undated for one in coverage.sources),
        sum(one.short for one in coverage.sources),
    )
