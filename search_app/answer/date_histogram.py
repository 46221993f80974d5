"""How many of the results were published in each day, month, year or decade?

The unit follows from the span of the results. Each article is in one bar or in none: an article whose date is
known only to the year is in no bar of a month, and one whose date is guessed in none at all. The articles in
no bar are counted apart, so that all counts add up to the total. A bar knows how much is held of its days:
nothing held is a gap, and no zero.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.engine import Counts, DateHistogram
from indexer.query import Dates
from search_app.answer.periods import TimeUnit, period_starts

MOST_DAYS = 62
"""A longer span has bars of months."""

MOST_MONTHS = 48
"""A longer span has bars of years."""

MOST_YEARS = 80
"""A longer span has bars of decades."""


FEW_HELD = 30
"""A period that holds fewer articles is thin."""

THIN_SHARE = 0.1
"""So is one that holds less than this part of the median of the periods in which anything is held."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The number of articles published from ``first`` to ``last``, both included.

    Attributes:
        held: the articles that the archive holds of then, under the same filters; None: not counted.
        is_thin: whether it holds little.
    """

    first: date
    last: date
    count: int
    held: int | None = None
    is_thin: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether nothing is held: that nothing is found there says nothing."""
        return self.held == 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A date histogram: bars of one unit in the order of time, without gaps between them.

    Attributes:
        elsewhere: number of articles that are in no bar: undated, dated less exactly than a bar, guessed.
        undated: number of those among them that have no date.
        guessed: number of those whose date is guessed, and would be in a bar.
    """

    unit: TimeUnit
    bars: tuple[Bar, ...]
    elsewhere: int
    undated: int = 0
    guessed: int = 0

    @property
    def coarse(self) -> int:
        """Number of articles whose date is less exact than a bar."""
        return self.elsewhere - self.undated - self.guessed


def timeline_of(
    counted: DateHistogram,
    dates: Dates,
    most_months: int = MOST_MONTHS,
    held: DateHistogram | None = None,
) -> Timeline:
    """The bars of an engine's counts.

    Args:
        counted: numbers of articles by first and last day of publication; days are proleptic ordinals, 0 if
            undated.
        dates: the dates that were asked for; the bars reach at least so far.
        most_months: a span of more months has bars of years.
        held: the same of all articles that are held under the same filters.
    """
    dated = counted.first_days > 0
    total = int(counted.counts.sum())
    if not dated.any():
        return Timeline(TimeUnit.YEAR, (), total, total)
    first = _earliest(date.fromordinal(int(counted.first_days[dated].min())), dates.first)
    last = _latest(date.fromordinal(int(counted.last_days[dated].max())), dates.last)
    unit = unit_of(first, last, most_months)
    starts = list(period_starts(unit, first, last))
    edges = np.array([start.toordinal() for start in starts], np.int64)
    heights, guessed = _heights(counted, edges)
    undated = int(counted.counts[~dated].sum())
    spans = [(start, date.fromordinal(after.toordinal() - 1)) for start, after in pairwise(starts)]
    counts = heights.tolist()
    if held is None:
        bars = tuple(Bar(*span, count) for span, count in zip(spans, counts, strict=True))
    else:
        all_held, _ = _heights(held, edges)
        columns = zip(spans, counts, all_held.tolist(), thin_periods(all_held).tolist(), strict=True)
        bars = tuple(Bar(*span, count, some, is_thin) for span, count, some, is_thin in columns)
    return Timeline(unit, bars, total - int(heights.sum()), undated, guessed)


def _heights(counted: DateHistogram, edges: Counts) -> tuple[Counts, int]:
    """The articles of each bar whose date is known, and how many more have a guessed date in a bar."""
    places = np.searchsorted(edges, counted.first_days, "right") - 1
    inside = (places >= 0) & (places < len(edges) - 1)
    inside[inside] = counted.last_days[inside] < edges[places[inside] + 1]
    guessed = np.zeros_like(counted.counts) if counted.guessed is None else counted.guessed
    known = (counted.counts - guessed)[inside]
    heights = np.bincount(places[inside], known, minlength=len(edges) - 1).astype(np.int64)
    return heights, int(guessed[inside].sum())


def thin_periods(held: Counts) -> npt.NDArray[np.bool_]:
    """Which periods hold little: something, but under FEW_HELD, or under THIN_SHARE of their median."""
    some = held[held > 0]
    if not len(some):
        return held > 0
    is_thin: npt.NDArray[np.bool_] = (held > 0) & ((held < FEW_HELD) | (held < THIN_SHARE * np.median(some)))
    return is_thin


def unit_of(first: date, last: date, most_months: int = MOST_MONTHS) -> TimeUnit:
    """The unit of the bars of a span: the shortest that does not make too many bars."""
    if (last - first).days < MOST_DAYS:
        return TimeUnit.DAY
    if (last.year - first.year) * 12 + last.month - first.month < most_months:
        return TimeUnit.MONTH
    return TimeUnit.YEAR if last.year - first.year < MOST_YEARS else TimeUnit.DECADE


def _earliest(day: date, asked: date | None) -> date:
    """The earlier of a day and the day that was asked for, if one was: bars begin where the reader asked."""
    return min(day, asked) if asked else day


def _latest(day: date, asked: date | None) -> date:
    return max(day, asked) if asked else day
