"""Which days does a typed date mean, and how is a range of days written?

A date is a year, a month, a day or a range of these with ``..`` or ``…`` between; years are 1600 to 2199.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from indexer.query import Dates

FIRST_YEAR = 1600
LAST_YEAR = 2199

_TO = re.compile(r"\.{2,}|…")
_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})(?:(?P<s>[-/.])(?P<m>[0-9]{1,2})(?:(?P=s)(?P<d>[0-9]{1,2}))?)?"),
    re.compile(r"(?P<d>[0-9]{1,2})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})"),
    re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})"),
)
_PUNCTUATION = ",;:!?"


@dataclass(frozen=True, slots=True)
class TypedDates:
    """The days that were meant; ``swapped`` if the range was typed with its end first."""

    dates: Dates
    swapped: bool = False


def read_dates(text: str) -> TypedDates | None:
    """The days of a typed date; None if the text is not a date.

    >>> read_dates("5/2013").dates
    Dates(first=datetime.date(2013, 5, 1), last=datetime.date(2013, 5, 31))
    >>> read_dates("..2013").dates
    Dates(first=None, last=datetime.date(2013, 12, 31))
    """
    value = _trimmed(text.strip())
    dots = _TO.search(value)
    if not dots or "\n" in value:
        span = _span(value)
        return TypedDates(Dates(*span)) if span else None
    before, behind = value[: dots.start()], value[dots.end() :]
    first, last = _span(before.strip()), _span(behind.strip())
    unread = (before and not first) or (behind and not last)
    if unread or not (first or last):
        return None
    swapped = bool(first and last and first[0] > last[1])
    if swapped:
        first, last = last, first
    return TypedDates(Dates(first[0] if first else None, last[1] if last else None), swapped)


def render_dates(dates: Dates) -> str:
    """The shortest text that ``read_dates`` reads as these days.

    >>> render_dates(Dates(date(2013, 5, 1), date(2014, 12, 31)))
    '2013-05..2014'
    """
    if dates.first is not None and dates.first == dates.last:
        return dates.first.isoformat()
    first = _shortest(dates.first, date(1, 1, 1)) if dates.first else ""
    last = _shortest(dates.last, date(1, 12, 31)) if dates.last else ""
    return first if first == last else f"{first}..{last}"


def _trimmed(value: str) -> str:
    value = value.rstrip(_PUNCTUATION)
    return value if value.endswith("..") else value.removesuffix(".")


def _span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a typed year, month or day; None if the text is none of these."""
    typed = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if not typed or not FIRST_YEAR <= int(typed["y"]) <= LAST_YEAR:
        return None
    year, month, day = (typed.groupdict().get(part) for part in "ymd")
    try:
        first = date(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last_month = first.month if month else 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])


def _shortest(day: date, end_of_year: date) -> str:
    """One end of a range, written as a year or a month where that means the same day.

    Args:
        end_of_year: the day and month at which a year begins (first end) or ends (last end).
    """
    if (day.month, day.day) == (end_of_year.month, end_of_year.day):
        return f"{day:%Y}"
    end_of_month = 1 if end_of_year.day == 1 else monthrange(day.year, day.month)[1]
    return day.isoformat()[:7] if day.day == end_of_month else day.isoformat()
