"""In which row of a series over time does an article count? In exactly one, so that rows add up to the total.

The rules, the first that holds: *undated*, no year is known; *coarse*, its date is less exact than a period,
as "2013" is than May; *guessed*, its date was inferred in part, or is that of the last change; else the
*period* of its date, or *outside* where the series does not reach so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np

from indexer.counting import ArticleCounts, Int64Array, Mask
from indexer.story_numbers import ALONE
from search_app.answer.counting.asking import first_prints
from search_app.answer.periods import TimeUnit, period_starts

_LENGTH_BITS = 10
"""Of the days of a span: those of a year are 366."""

_CODE_BITS = 24


class RowKind(StrEnum):
    """What the articles of a row have in common."""

    PERIOD = "period"
    COARSE = "coarse"
    UNDATED = "undated"
    GUESSED = "guessed"
    OUTSIDE = "outside"


BESIDES = (RowKind.COARSE, RowKind.UNDATED, RowKind.GUESSED, RowKind.OUTSIDE)
"""The rows that are no period, in their order."""


@dataclass(frozen=True, slots=True)
class DatedCounts:
    """Articles, or groups of articles that share their dates and a value; arrays of shape (n,).

    Attributes:
        first_days, last_days: ordinals of the span of publication; 0 where no year is known.
        guessed: whether the date is guessed.
        codes: of their value in the facet by which a series is split; 0 where it is not.
        articles, hits, syllables: how many.
        stories: how many of the articles are the first print of their story among all that are counted.
    """

    first_days: Int64Array
    last_days: Int64Array
    guessed: Mask
    codes: Int64Array
    articles: Int64Array
    hits: Int64Array
    syllables: Int64Array
    stories: Int64Array

    def __len__(self) -> int:
        return len(self.first_days)

    def only(self, rows: Mask | Int64Array) -> "DatedCounts":
        """Some of them."""
        return DatedCounts(*(getattr(self, name)[rows] for name in self.__slots__))

    def span(self) -> tuple[date, date] | None:
        """From the first day to the last of all spans; None where none is dated."""
        dated = self.first_days > 0
        if not dated.any():
            return None
        return (
            date.fromordinal(int(self.first_days[dated].min())),
            date.fromordinal(int(self.last_days[dated].max())),
        )


@dataclass(frozen=True, slots=True, eq=False)
class StoryPrints:
    """The article of each story that stands for it, of articles that are in a story; arrays of shape (n,).

    Attributes:
        stories: int64, ascending: the number of the story.
        changes: of the article.
        counts: the articles.
    """

    stories: Int64Array
    changes: Int64Array
    counts: DatedCounts


def date_articles(
    articles: ArticleCounts, codes: Int64Array | None = None
) -> tuple[DatedCounts, StoryPrints]:
    """Articles with their dates, and the first print among them of each story.

    Args:
        codes: of their values.
    """
    prints = first_prints(articles)
    stories = np.zeros(len(articles), np.int64)
    stories[prints] = 1
    counts = DatedCounts(
        articles.first_days,
        articles.last_days,
        articles.guessed,
        np.zeros(len(articles), np.int64) if codes is None else codes,
        np.ones(len(articles), np.int64),
        articles.hits,
        articles.syllables,
        stories,
    )
    rows = prints[articles.stories[prints] != ALONE]
    rows = rows[np.argsort(articles.stories[rows])]
    return counts, StoryPrints(articles.stories[rows], articles.changes[rows], counts.only(rows))


def moved_prints(held: StoryPrints, counted: StoryPrints, *, folds: bool) -> DatedCounts:
    """What is added to what is held, so that a story stands where it is counted, and not at its first print.

    Args:
        counted: some of the articles held, each for its story; its codes are those of ``held``.
        folds: whether its article and syllables go with it, for of each story one print is held.
    """
    places = np.minimum(np.searchsorted(held.stories, counted.stories), max(0, len(held.stories) - 1))
    if not len(held.stories):
        return held.counts
    moves = (held.stories[places] == counted.stories) & (held.changes[places] != counted.changes)
    away, here = held.counts.only(places[moves]), counted.counts.only(moves)
    return join_dated([_signed(away, -1, folds=folds), _signed(here, 1, folds=folds)])


def _signed(counts: DatedCounts, sign: int, *, folds: bool) -> DatedCounts:
    factor = sign if folds else 0
    return replace(
        counts,
        articles=counts.articles * factor,
        hits=counts.hits * 0,
        syllables=counts.syllables * factor,
        stories=counts.stories * sign,
    )


def join_dated(parts: Sequence[DatedCounts]) -> DatedCounts:
    """The articles of several parts."""
    return DatedCounts(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in DatedCounts.__slots__)
    )


def group_dates(counts: DatedCounts) -> DatedCounts:
    """The same in few rows: those that share all but what is counted become one."""
    lengths = counts.last_days - counts.first_days
    keys = (counts.first_days << _LENGTH_BITS | lengths) << 1 | counts.guessed
    _, firsts, groups = np.unique(
        keys << _CODE_BITS | counts.codes, return_index=True, return_inverse=True
    )  # all four within 63 bits: an ordinal has 20

    def added(values: Int64Array) -> Int64Array:
        return add_up(groups, values, len(firsts))

    return replace(
        counts.only(firsts),
        articles=added(counts.articles),
        hits=added(counts.hits),
        syllables=added(counts.syllables),
        stories=added(counts.stories),
    )


def add_up(rows: Int64Array, values: Int64Array, count: int) -> Int64Array:
    """The sum of the values of each row; exact, as sums of floats below 2**53 are."""
    return np.bincount(rows, values, minlength=count).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """The periods of a series, in the order of time and without gaps between them.

    Attributes:
        starts: the first day of each, and the first day after the last.
        edges: the same as ordinals.
    """

    unit: TimeUnit
    starts: tuple[date, ...]
    edges: Int64Array

    def __len__(self) -> int:
        return max(0, len(self.starts) - 1)

    def spans(self) -> Iterable[tuple[date, date]]:
        """The first and the last day of each."""
        return ((start, date.fromordinal(after.toordinal() - 1)) for start, after in pairwise(self.starts))

    @property
    def rows(self) -> int:
        """The number of rows: the periods, then BESIDES."""
        return len(self) + len(BESIDES)

    def places(self, counts: DatedCounts) -> tuple[Int64Array, Mask]:
        """The period in which each date begins (len(self): before or behind all), and if it ends there."""
        lengths = counts.last_days - counts.first_days
        if not len(self):
            return np.zeros(len(counts), np.int64), lengths < _MOST_DAYS[self.unit]
        places = np.searchsorted(self.edges, counts.first_days, "right") - 1
        ends = np.searchsorted(self.edges, counts.last_days, "right") - 1
        is_within = (places == ends) & (lengths < _MOST_DAYS[self.unit])
        return np.where(places < 0, len(self), places), is_within

    def rows_of(self, counts: DatedCounts) -> Int64Array:
        """The row of each: its period, or len(self) and what BESIDES has before its kind."""
        places, is_within = self.places(counts)
        rows = np.where(places == len(self), self.row(RowKind.OUTSIDE), places)
        rows[counts.guessed] = self.row(RowKind.GUESSED)
        rows[~is_within] = self.row(RowKind.COARSE)
        rows[counts.first_days == 0] = self.row(RowKind.UNDATED)
        return rows

    def guessed_places(self, counts: DatedCounts) -> Int64Array:
        """The row in which each would count were its date not guessed; len(self) where it is not."""
        places, is_within = self.places(counts)
        is_here = counts.guessed & is_within & (counts.first_days > 0)
        return np.where(is_here, places, len(self))

    def row(self, kind: RowKind) -> int:
        """The row of a kind that is no period."""
        return len(self) + BESIDES.index(kind)


_MOST_DAYS = {  # of a period, so that a date outside of the series is known as coarse, too
    TimeUnit.DAY: 1,
    TimeUnit.WEEK: 7,
    TimeUnit.MONTH: 31,
    TimeUnit.QUARTER: 92,
    TimeUnit.YEAR: 366,
    TimeUnit.DECADE: 3653,
}


def periods_between(unit: TimeUnit, first: date, last: date) -> Periods:
    """The periods of a unit from one day to another."""
    starts = tuple(period_starts(unit, first, last))
    return Periods(unit, starts, np.array([start.toordinal() for start in starts], np.int64))


NO_PERIODS = Periods(TimeUnit.YEAR, (), np.empty(0, np.int64))
"""Of a series without a date."""
