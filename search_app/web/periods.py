"""Which year, month or day is meant, and how is it written for a person and in an address?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from search_app.answer.periods import TimeUnit, typed_period, whole_unit
from search_app.query.grammar.dates import read_dates

_PATTERNS = {
    "vi": {
        TimeUnit.DAY: "d/M/y",
        TimeUnit.WEEK: "'tuần từ' d/M/y",
        TimeUnit.MONTH: "'tháng' M/y",
        TimeUnit.QUARTER: "'quý' Q/y",
        TimeUnit.YEAR: "y",
    },
    "en": {
        TimeUnit.DAY: "d MMM y",
        TimeUnit.WEEK: "'week of' d MMM y",
        TimeUnit.MONTH: "MMM y",
        TimeUnit.QUARTER: "'quarter' Q, y",
        TimeUnit.YEAR: "y",
    },
}


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day, by its first day."""

    unit: TimeUnit
    first: date

    def wider(self) -> Iterator["Period"]:
        """The year and the month it is in, the widest first."""
        if self.unit in (TimeUnit.MONTH, TimeUnit.DAY):
            yield Period(TimeUnit.YEAR, date(self.first.year, 1, 1))
        if self.unit is TimeUnit.DAY:
            yield Period(TimeUnit.MONTH, self.first.replace(day=1))

    def text(self, language: str) -> str:
        """As a person of the language writes it."""
        return period_text(self.unit, self.first, language)

    def typed(self) -> str:
        """As an address writes it: nothing in it needs to be quoted there."""
        return typed_period(self.unit, self.first, "-")


def period_of(first: str, last: str) -> Period | None:
    """The one year, month or day that two typed dates are; None where they are a span, or none.

    >>> period_of("5-2013", "31/5/2013").text("vi"), period_of("2012", "2013")
    ('tháng 5/2013', None)
    """
    begun, ended = read_dates(first), read_dates(last)
    if begun is None or ended is None or begun.dates.first is None or ended.dates.last is None:
        return None
    return period_between(begun.dates.first, ended.dates.last)


def period_between(first: date, last: date) -> Period | None:
    """The one year, month or day from one day to another, both included; None where they are another span."""
    unit = whole_unit(first, last)
    return Period(unit, first) if unit else None


def span_text(span: tuple[date, date], language: str) -> str:
    """A span of publication as exactly as it is known: a day, a month or a year.

    >>> span_text((date(2013, 5, 1), date(2013, 5, 31)), "vi")
    'tháng 5/2013'
    """
    first, last = span
    if first == last:
        return period_text(TimeUnit.DAY, first, language)
    return period_text(TimeUnit.MONTH if first.month == last.month else TimeUnit.YEAR, first, language)


@lru_cache(maxsize=1 << 12)
def period_text(unit: TimeUnit, day: date, language: str) -> str:
    """The period that begins with a day.

    >>> period_text(TimeUnit.MONTH, date(2013, 5, 1), "vi")
    'tháng 5/2013'
    """
    if unit is TimeUnit.DECADE:
        return typed_period(unit, day)
    return str(format_date(day, _PATTERNS[language][unit], language))
