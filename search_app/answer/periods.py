"""How long a period is meant? Days, months, years and decades of publication."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

LAST_OF_DECADE = 9  # years after the first


class Unit(StrEnum):
    """The length of a period, which is the width of a histogram's bar."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


def whole_unit(first: date, last: date) -> Unit | None:
    """The unit of which two days, both included, are exactly one; None where they are another span.

    >>> whole_unit(date(2013, 5, 1), date(2013, 5, 31)), whole_unit(date(2012, 1, 1), date(2013, 12, 31))
    (<Unit.MONTH: 'month'>, None)
    """
    if first == last:
        return Unit.DAY
    if first.day != 1 or first.year != last.year or last.day != monthrange(last.year, last.month)[1]:
        return None
    if first.month == last.month:
        return Unit.MONTH
    return Unit.YEAR if (first.month, last.month) == (1, 12) else None


def typed_period(unit: Unit, first: date, between: str = "/") -> str:
    """A period as a query or an address writes it, by its first day.

    >>> typed_period(Unit.DAY, date(2013, 5, 1)), typed_period(Unit.MONTH, date(2013, 5, 1), "-")
    ('1/5/2013', '5-2013')
    """
    if unit is Unit.DECADE:
        return f"{first.year}–{first.year + LAST_OF_DECADE}"
    parts = {Unit.DAY: (first.day, first.month, first.year), Unit.MONTH: (first.month, first.year)}
    return between.join(map(str, parts.get(unit, (first.year,))))
