"""What are the periods of publication, and how are they written? Days, months, years and decades."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

LAST_OF_DECADE = 9  # years after the first


class TimeUnit(StrEnum):
    """The length of a period, which is the width of a histogram's bar."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


def whole_unit(first: date, last: date) -> TimeUnit | None:
    """The unit that two days, both included, enclose exactly one of; None for any other span.

    A decade is never returned: it is no unit of dates in a query.

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
