"""What are the periods of publication, and how are they written? From days to decades."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

LAST_OF_DECADE = 9  # years after the first
_MONTHS_OF_QUARTER = 3


class TimeUnit(StrEnum):
    """The length of a period, which is the width of a histogram's bar. A week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


def period_start(unit: TimeUnit, day: date) -> date:
    """The first day of the period that a day is in.

    >>> [period_start(unit, date(2013, 5, 29)).isoformat() for unit in (TimeUnit.WEEK, TimeUnit.QUARTER)]
    ['2013-05-27', '2013-04-01']
    """
    match unit:
        case TimeUnit.DAY:
            return day
        case TimeUnit.WEEK:
            return day - timedelta(day.weekday())
        case TimeUnit.MONTH:
            return day.replace(day=1)
        case TimeUnit.QUARTER:
            return date(day.year, (day.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1, 1)
        case TimeUnit.YEAR:
            return date(day.year, 1, 1)
        case TimeUnit.DECADE:
            return date(day.year // 10 * 10, 1, 1)


def period_starts(unit: TimeUnit, first: date, last: date) -> Iterator[date]:
    """The first day of each period from one day to another, and at last the first day after all of them."""
    start = period_start(unit, first)
    while start <= last:
        yield start
        start = _next_start(unit, start)
    yield start


def _next_start(unit: TimeUnit, start: date) -> date:
    days = {TimeUnit.DAY: 1, TimeUnit.WEEK: 7}
    if unit in days:
        return start + timedelta(days[unit])
    months = {
        TimeUnit.MONTH: 1,
        TimeUnit.QUARTER: _MONTHS_OF_QUARTER,
        TimeUnit.YEAR: 12,
        TimeUnit.DECADE: 120,
    }
    month = start.year * 12 + start.month - 1 + months[unit]
    return date(month // 12, month % 12 + 1, 1)


def whole_unit(first: date, last: date) -> TimeUnit | None:
    """The unit that two days, both included, enclose exactly one of; None for any other span.

    A week, a quarter and a decade are never returned: they are no units of dates in a query.

    >>> whole_unit(date(2013, 5, 1), date(2013, 5, 31)), whole_unit(date(2012, 1, 1), date(2013, 12, 31))
    (<TimeUnit.MONTH: 'month'>, None)
    """
    if first == last:
        return TimeUnit.DAY
    if first.day != 1 or first.year != last.year or last.day != monthrange(last.year, last.month)[1]:
        return None
    if first.month == last.month:
        return TimeUnit.MONTH
    return TimeUnit.YEAR if (first.month, last.month) == (1, 12) else None


def typed_days(unit: TimeUnit, first: date, last: date) -> tuple[str, str]:
    """The first and the last day of a period as an address writes them, in the coarsest way that says it.

    >>> typed_days(TimeUnit.QUARTER, date(2013, 4, 1), date(2013, 6, 30))
    ('4-2013', '6-2013')
    """
    written = _WRITTEN.get(unit, unit)
    return typed_period(written, first, "-"), typed_period(written, last, "-")


_WRITTEN = {
    TimeUnit.WEEK: TimeUnit.DAY,
    TimeUnit.QUARTER: TimeUnit.MONTH,
    TimeUnit.DECADE: TimeUnit.YEAR,
}


def typed_period(unit: TimeUnit, first: date, between: str = "/") -> str:
    """The text of a period in a query or an address.

    Args:
        first: the first day of the period.
        between: what stands between day, month and year.

    >>> typed_period(TimeUnit.DAY, date(2013, 5, 1)), typed_period(TimeUnit.MONTH, date(2013, 5, 1), "-")
    ('1/5/2013', '5-2013')
    """
    if unit is TimeUnit.DECADE:
        return f"{first.year}–{first.year + LAST_OF_DECADE}"
    parts = {TimeUnit.DAY: (first.day, first.month, first.year), TimeUnit.MONTH: (first.month, first.year)}
    return between.join(map(str, parts.get(unit, (first.year,))))
