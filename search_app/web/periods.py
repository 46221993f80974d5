"""Which year, month or day is meant, and how is it written for a person and in an address?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from search_app.answer.date_histogram import Unit
from search_app.query.grammar.dates import read_dates

_PATTERNS = {
    "vi": {Unit.DAY: "d/M/y", Unit.MONTH: "'tháng' M/y", Unit.YEAR: "y"},
    "en": {Unit.DAY: "d MMM y", Unit.MONTH: "MMM y", Unit.YEAR: "y"},
    "": {Unit.DAY: "d-M-y", Unit.MONTH: "M-y", Unit.YEAR: "y"},
}
"""By language; "" is an address, in which nothing needs to be quoted."""

_LOCALES = {"vi": "vi", "en": "en", "": "en"}
_LAST_OF_DECADE = 9


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day, by its first day."""

    unit: Unit
    first: date

    def wider(self) -> Iterator["Period"]:
        """The year and the month it is in, the widest first."""
        if self.unit in (Unit.MONTH, Unit.DAY):
            yield Period(Unit.YEAR, date(self.first.year, 1, 1))
        if self.unit is Unit.DAY:
            yield Period(Unit.MONTH, self.first.replace(day=1))

    def text(self, language: str) -> str:
        """As a person of the language writes it."""
        return period_text(self.unit, self.first, language)


def period_of(first: str, last: str) -> Period | None:
    """The one year, month or day that two typed dates are; None where they are a span, or none.

    >>> period_of("5-2013", "31/5/2013").text("vi"), period_of("2012", "2013")
    ('tháng 5/2013', None)
    """
    begun, ended = read_dates(first), read_dates(last)
    if begun is None or ended is None or begun.dates.first is None or ended.dates.last is None:
        return None
    start, end = begun.dates.first, ended.dates.last
    for unit in (Unit.DAY, Unit.MONTH, Unit.YEAR):
        whole = read_dates(period_text(unit, start, ""))
        if whole and (whole.dates.first, whole.dates.last) == (start, end):
            return Period(unit, start)
    return None


def span_text(span: tuple[date, date], language: str) -> str:
    """A span of publication as exactly as it is known: a day, a month or a year.

    >>> span_text((date(2013, 5, 1), date(2013, 5, 31)), "vi")
    'tháng 5/2013'
    """
    first, last = span
    if first == last:
        return period_text(Unit.DAY, first, language)
    return period_text(Unit.MONTH if first.month == last.month else Unit.YEAR, first, language)


@lru_cache(maxsize=1 << 12)
def period_text(unit: Unit, day: date, language: str) -> str:
    """The period that begins with a day.

    >>> period_text(Unit.MONTH, date(2013, 5, 1), "vi"), period_text(Unit.DAY, date(2013, 5, 1), "")
    ('tháng 5/2013', '1-5-2013')
    """
    if unit is Unit.DECADE:
        return f"{day.year}–{day.year + _LAST_OF_DECADE}"
    return str(format_date(day, _PATTERNS[language][unit], _LOCALES[language]))
