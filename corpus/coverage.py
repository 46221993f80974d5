"""What does the archive hold, by source and day, and what is missing? Counted from its own tables.

Undated articles, short ones and refused records are counted beside the days, so that it is known what a
search by date cannot find. Withdrawn articles are not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from corpus.archive_reader import IS_SHOWN, ArchiveReader
from corpus.value_folding import fold_value, tidy_value, usual_spellings

SHORT_CHARACTERS = 200
"""An article with fewer characters of lede and body is short: a caption, a teaser, or a page cut off."""

_UNDATED = "(f.day = '' OR f.day LIKE 'XXXX%')"
_SHORT = f"f.characters < {SHORT_CHARACTERS}"
_EVERY = -1  # as a LIMIT of SQLite: no limit
_LIVE = f"FROM facts f JOIN heads h ON h.article_id = f.article_id WHERE {IS_SHOWN}"
_DAY_LENGTH = len("2013-05-27")


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Numbers of a source's articles.

    Attributes:
        source: as it is most often written; it stands for all spellings that are one value with it.
        days: the number of articles by day, ascending; only days with articles.
        coarse: articles dated by month or year only; undated: those without a year.
        short: articles of fewer than SHORT_CHARACTERS.
    """

    source: str
    articles: int
    days: tuple[tuple[date, int], ...]
    coarse: int
    undated: int
    short: int

    @property
    def first(self) -> date | None:
        """The first day with an article."""
        return self.days[0][0] if self.days else None

    @property
    def last(self) -> date | None:
        """The last day with an article."""
        return self.days[-1][0] if self.days else None

    @property
    def span_days(self) -> int:
        """The number of days from the first to the last, both included."""
        return (self.days[-1][0] - self.days[0][0]).days + 1 if self.days else 0

    def gaps(self) -> Iterator[tuple[date, date]]:
        """The gaps: the first and last of consecutive days without articles, between days that have some."""
        for (before, _), (after, _) in zip(self.days, self.days[1:], strict=False):
            if (after - before).days > 1:
                yield before + timedelta(1), after - timedelta(1)


@dataclass(frozen=True, slots=True)
class Fact:
    """An article in a list of coverage."""

    article_id: str
    title: str
    source: str
    day: str
    characters: int


@dataclass(frozen=True, slots=True)
class RefusedCount:
    """The refusals of one reason: how many in all, and how many whose record was imported later."""

    reason: str
    refusals: int
    taken: int


@dataclass(frozen=True, slots=True)
class WithdrawnCounts:
    """How many articles and single versions are withdrawn and not hidden, of each state."""

    tombstones: int
    erased: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive holds and what is missing, at one change of the archive.

    Attributes:
        withdrawn: counted by who knows what is withdrawn (corpus.shown_archive).
    """

    archive_number: int
    sources: tuple[SourceCoverage, ...]
    refused: tuple[RefusedCount, ...]
    withdrawn: WithdrawnCounts = WithdrawnCounts(0, 0)


def coverage(archive: ArchiveReader) -> Coverage:
    """Every source, the largest first, and every reason of refusal; spellings of one source are one."""
    number = archive.number
    counts = archive.rows(
        f"SELECT f.source, count(*), sum(f.day = '' OR f.day LIKE 'XXXX%'),"
        f" sum(f.day NOT LIKE 'XXXX%' AND length(f.day) BETWEEN 4 AND {_DAY_LENGTH - 1}),"
        f" sum(f.characters < {SHORT_CHARACTERS}) {_LIVE} GROUP BY f.source ORDER BY f.source",
        [archive.come_back()],
    ).fetchall()
    sources: defaultdict[str, _SourceCounts] = defaultdict(_SourceCounts)
    for source, articles, undated, coarse, short in counts:
        sources[fold_value(source)].add(articles, coarse, undated, short)
    for source, day, articles in archive.rows(
        f"SELECT f.source, f.day, count(*) {_LIVE} AND length(f.day) = {_DAY_LENGTH}"
        " AND f.day NOT LIKE 'XXXX%' GROUP BY f.source, f.day",
        [archive.come_back()],
    ):
        sources[fold_value(source)].days[date.fromisoformat(day)] += articles
    spellings = usual_spellings(_articles_by_spelling(row[:2] for row in counts))
    found = [counted.of(spellings[key]) for key, counted in sources.items()]
    return Coverage(
        number, tuple(sorted(found, key=lambda one: (-one.articles, one.source))), refused(archive)
    )


@dataclass(slots=True)
class _SourceCounts:
    """The numbers of one source, while its spellings are added up."""

    articles: int = 0
    coarse: int = 0
    undated: int = 0
    short: int = 0
    days: Counter[date] = field(default_factory=Counter)

    def add(self, articles: int, coarse: int, undated: int, short: int) -> None:
        """Adds the numbers of one spelling."""
        self.articles += articles
        self.coarse += coarse
        self.undated += undated
        self.short += short

    def of(self, source: str) -> SourceCoverage:
        """The numbers as those of a source."""
        days = tuple(sorted(self.days.items()))
        return SourceCoverage(source, self.articles, days, self.coarse, self.undated, self.short)


def _articles_by_spelling(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    """The number of articles by the source as it is shown."""
    articles: Counter[str] = Counter()
    for source, count in rows:
        articles[tidy_value(source)] += count
    return articles


def listed(archive: ArchiveReader, limit: int, offset: int) -> list[tuple[str, str]]:
    """Articles that are not withdrawn, by id, with the moment (ISO 8601) of the last version's import."""
    rows = archive.rows(
        "SELECT h.article_id, v.imported_at FROM heads h JOIN versions v ON v.change = h.change"  # noqa: S608 - a constant
        f" WHERE {IS_SHOWN} ORDER BY h.article_id LIMIT ? OFFSET ?",
        [archive.come_back(), limit, offset],
    )
    return [(article_id, imported_at) for article_id, imported_at in rows]


def undated(archive: ArchiveReader, source: str | None, limit: int, offset: int) -> list[Fact]:
    """Articles of which no year is known; of one source or of all (None)."""
    return list(_facts(archive, _UNDATED, source, limit, offset))


def all_undated(archive: ArchiveReader, source: str | None) -> Iterator[Fact]:
    """All of them, as an iterator over the archive's rows."""
    return _facts(archive, _UNDATED, source, _EVERY, 0)


def short(archive: ArchiveReader, source: str | None, limit: int, offset: int) -> list[Fact]:
    """Articles of fewer than SHORT_CHARACTERS."""
    return list(_facts(archive, _SHORT, source, limit, offset))


def all_short(archive: ArchiveReader, source: str | None) -> Iterator[Fact]:
    """All of them, as an iterator over the archive's rows."""
    return _facts(archive, _SHORT, source, _EVERY, 0)


def _facts(archive: ArchiveReader, which: str, source: str | None, limit: int, offset: int) -> Iterator[Fact]:
    spellings = [] if source is None else _spellings_of(archive, source)
    named = "1" if source is None else f"f.source IN ({', '.join('?' * len(spellings))})"
    rows = archive.rows(
        f"SELECT f.article_id, f.title, f.source, f.day, f.characters {_LIVE} AND {which} AND {named}"
        " ORDER BY f.article_id LIMIT ? OFFSET ?",
        [archive.come_back(), *spellings, limit, offset],
    )
    return (Fact(*row) for row in rows)


def _spellings_of(archive: ArchiveReader, source: str) -> list[str]:
    """All spellings of a source, as articles have them."""
    key = fold_value(source)
    return [one for (one,) in archive.rows("SELECT DISTINCT source FROM facts") if fold_value(one) == key]


def refused(archive: ArchiveReader) -> tuple[RefusedCount, ...]:
    """Every reason of refusal, the most frequent first."""
    refusals: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for reason, _, taken_as in archive.refusal_reasons():
        refusals[reason] += 1
        taken[reason] += taken_as is not None
    counts = (RefusedCount(reason, count, taken[reason]) for reason, count in refusals.items())
    return tuple(sorted(counts, key=lambda one: (-one.refusals, one.reason)))
