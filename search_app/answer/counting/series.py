"""What is asked of a trend, and what is a series: rows with what is found and what is held in each?

Definitions and formulas: docs/counting.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indexer.facets import FacetName
from indexer.places import Zone
from search_app.answer.counting.dated import BESIDES, RowKind
from search_app.answer.counting.source_coverage import SourceNote
from search_app.answer.date_histogram import MOST_MONTHS
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.query.expansion import Expansion

MOST_QUERIES = 6
PER_MILLION, PER_THOUSAND = 1_000_000, 1_000


class Measure(StrEnum):
    """What is counted."""

    HITS = "hits"
    ARTICLES = "articles"
    STORIES = "stories"


class Scale(StrEnum):
    """Whether figures are numbers, or shares of what is held."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


SPLITS = (FacetName.SOURCE, FacetName.SECTION)


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """What is asked for.

    Attributes:
        others: further queries; each is asked with all else of the selection.
        unit: the length of the periods; None: by the span of the matches.
        split: the facet whose values have a series each.
        most_months: without a unit, a span of more months has periods of years.
    """

    selection: Selection = field(default_factory=Selection)
    others: tuple[str, ...] = ()
    unit: TimeUnit | None = None
    measure: Measure = Measure.ARTICLES
    scale: Scale = Scale.ABSOLUTE
    split: FacetName | None = None
    most_months: int = MOST_MONTHS


@dataclass(frozen=True, slots=True)
class Point:
    """A row of a series.

    Attributes:
        first, last: the days of a period, both included; None in a row of another kind.
        hits: None where the query has no words, or the index is of a format that cannot count; of such an
            index stories, held_syllables and held_stories are None, too.
        stories: first prints among the matching articles.
        guessed: further articles whose date in this period is guessed; they count in the row of that kind.
            None: the index does not know which are, and they count in the period.
        is_thin: whether little is held in the period, so that its shares say little.
    """

    kind: RowKind
    first: date | None
    last: date | None
    articles: int
    hits: int | None
    stories: int | None
    guessed: int | None
    held_articles: int
    held_syllables: int | None
    held_stories: int | None
    is_thin: bool = False

    @property
    def is_held(self) -> bool:
        """Whether anything is held here."""
        return self.held_articles > 0

    @property
    def per_million(self) -> float | None:
        """Hits in a million syllables held."""
        return share_of_held(self.hits, self.held_syllables, PER_MILLION)

    @property
    def per_thousand(self) -> float | None:
        """Articles in a thousand held."""
        return share_of_held(self.articles, self.held_articles, PER_THOUSAND)

    @property
    def stories_per_thousand(self) -> float | None:
        """Stories in a thousand held."""
        return share_of_held(self.stories, self.held_stories, PER_THOUSAND)

    def value(self, measure: Measure, scale: Scale) -> float | None:
        """Its figure; None where nothing is held, or it is not known."""
        if not self.is_held:
            return None
        if scale is Scale.RELATIVE:
            shares = {
                Measure.HITS: self.per_million,
                Measure.ARTICLES: self.per_thousand,
                Measure.STORIES: self.stories_per_thousand,
            }
            return shares[measure]
        return {
            Measure.HITS: self.hits,
            Measure.ARTICLES: self.articles,
            Measure.STORIES: self.stories,
        }[measure]


def share_of_held(count: int | None, held: int | None, per: int) -> float | None:
    """How many there are in so many held; None where nothing is held, or the count is not known."""
    return None if count is None or not held else count * per / held


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one query, or of one value of it.

    Attributes:
        query: as typed; where no article matched it, and a correction was counted instead, that.
        understood: the same as understood.
        corrected_from: the typed query that the correction stands for; empty: it was counted as typed.
        value: the value of the facet by which it is split; None: all.
        rest: the values that are in other series, where this one has the others.
        points: the periods, then the rows of articles that are in none (BESIDES).
        zones: the zones whose hits and syllables are counted.
        excluded_undated: see SearchPage.
        expansions: of its query; those that were not searched too.
    """

    query: str
    understood: str
    points: tuple[Point, ...]
    zones: frozenset[Zone]
    corrected_from: str = ""
    value: str | None = None
    rest: tuple[str, ...] = ()
    excluded_undated: int | None = None
    expansions: tuple[Expansion, ...] = ()

    @property
    def periods(self) -> tuple[Point, ...]:
        """The rows that are periods."""
        return self.points[: len(self.points) - len(BESIDES)]

    def row(self, kind: RowKind) -> Point:
        """The row of what is in no period."""
        return self.points[BESIDES.index(kind) - len(BESIDES)]

    @property
    def articles(self) -> int:
        """The total of its rows."""
        return sum(point.articles for point in self.points)

    @property
    def hits(self) -> int | None:
        """The total of its rows."""
        return _sum([point.hits for point in self.points])

    @property
    def stories(self) -> int | None:
        """The total of its rows."""
        return _sum([point.stories for point in self.points])

    @property
    def held_articles(self) -> int:
        """All articles that are held."""
        return sum(point.held_articles for point in self.points)

    @property
    def held_syllables(self) -> int | None:
        """All syllables that are held."""
        return _sum([point.held_syllables for point in self.points])


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(count or 0 for count in counts)


@dataclass(frozen=True, slots=True)
class Trend:
    """The answer to a TrendRequest; its series have the same periods.

    Attributes:
        notes: where the coverage of a large source begins, ends or breaks.
        held, dated: the articles held of any date, under the filters that are not by date; and those of them
            whose date is known exactly enough for a period.
        archive_number: the archive's change up to which the index answered.
        stories_number: the change for which stories are known.
        expands: whether the queries are expanded.
    """

    request: TrendRequest
    unit: TimeUnit
    series: tuple[Series, ...]
    notes: tuple[SourceNote, ...]
    held: int
    dated: int
    archive_number: int
    stories_number: int
    expands: bool
