"""How many of the results were published in each day, month, year or decade?

The unit follows from the span of the results. Each article is in one bar or in none: an article whose date is
known only to the year is in no bar of a month. The articles in no bar are counted apart, so that all counts
add up to the total.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from indexer.engine import DateHistogram
from indexer.query import Dates
from search_app.answer.periods import TimeUnit

MOST_DAYS = 62
"""A longer span has bars of months."""

MOST_MONTHS = 48
"""A longer span has bars of years."""

MOST_YEARS = 80
"""A longer span has bars of decades."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The number of articles published from ``first`` to ``last``, both included."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A date histogram: bars of one unit in the order of time, without gaps between them.

    Attributes:
        elsewhere: number of articles that are in no bar.
        undated: number of those among them that have no date.
    """

    unit: TimeUnit
    bars: tuple[Bar, ...]
    elsewhere: int
    undated: int = 0


def timeline_of(counted: DateHistogram, dates: Dates, most_months: int = MOST_MONTHS) -> Timeline:
    """The bars of an engine's counts.

    Args:
        counted: numbers of articles by first and last day of publication; days are proleptic ordinals, 0 if
            undated.
        dates: the dates that were asked for; the bars reach at least so far.
        most_months: a span of more months has bars of years.
    """
    dated = counted.first_days > 0
    firsts, lasts, counts = counted.first_days[dated], counted.last_days[dated], counted.counts[dated]
    total = int(counted.counts.sum())
    if not len(firsts):
        return Timeline(TimeUnit.YEAR, (), total, total)
    first = _earliest(date.fromordinal(int(firsts.min())), dates.first)
    last = _latest(date.fromordinal(int(lasts.max())), dates.last)
    unit = unit_of(first, last, most_months)
    starts = list(_starts(unit, first, last))
    edges = np.array([start.toordinal() for start in starts], np.int64)
    places = np.searchsorted(edges, firsts, "right") - 1
    inside = lasts < edges[places + 1]
    heights = np.bincount(places[inside], counts[inside], minlength=len(starts) - 1).astype(np.int64)
    bars = tuple(
        Bar(start, date.fromordinal(after.toordinal() - 1), count)
        for (start, after), count in zip(pairwise(starts), heights.tolist(), strict=True)
    )
    return Timeline(unit, bars, total - int(heights.sum()), total - int(counts.sum()))


def unit_of(first: date, last: date, most_months: int = MOST_MONTHS) -> TimeUnit:
    """The unit of the bars of a span: the shortest that does not make too many bars."""
    if (last - first).days < MOST_DAYS:
        return TimeUnit.DAY
    if (last.year - first.year) * 12 + last.month - first.month < most_months:
        return TimeUnit.MONTH
    return TimeUnit.YEAR if last.year - first.year < MOST_YEARS else TimeUnit.DECADE


def _starts(unit: TimeUnit, first: date, last: date) -> Iterator[date]:
    """The first day of each bar, and at last the first day after all bars."""
    start = _start(unit, first)
    while start <= last:
        yield start
        start = _next(unit, start)
    yield start


def _start(unit: TimeUnit, day: date) -> date:
    match unit:
        case TimeUnit.DAY:
            return day
        case TimeUnit.MONTH:
            return day.replace(day=1)
        case TimeUnit.YEAR:
            return date(day.year, 1, 1)
        case TimeUnit.DECADE:
            return date(day.year // 10 * 10, 1, 1)


def _next(unit: TimeUnit, start: date) -> date:
    match unit:
        case TimeUnit.DAY:
            return date.fromordinal(start.toordinal() + 1)
        case TimeUnit.MONTH:
            return date(start.year + start.month // 12, start.month % 12 + 1, 1)
        case TimeUnit.YEAR:
            return date(start.year + 1, 1, 1)
        case TimeUnit.DECADE:
            return date(start.year + 10, 1, 1)


def _earliest(day: date, asked: date | None) -> date:
    """The earlier of a day and the day that was asked for, if one was: bars begin where the reader asked."""
    return min(day, asked) if asked else day


def _latest(day: date, asked: date | None) -> date:
    return max(day, asked) if asked else day
