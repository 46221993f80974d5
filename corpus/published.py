"""When was an article published, and with which precision is that known?

A date has the precision that its source gives, and is written as EDTF (ISO 8601-2, the Library of Congress's
Extended Date/Time Format): ``2013-05-27T07:10+07:00``, ``2013-05-27``, ``2013-05``, ``2013``, and
``XXXX-09-13`` for a day of an unknown year. A date that was inferred in part (its year from the crawl or the
folder, the order of its day and month from how Americans write) ends with EDTF's mark of an uncertain date:
``2013-09-13?``. The day of the last change, where no other day is known, ends with EDTF's mark of an
approximate one: ``2013-09-13~``.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.errors import ImpossibleValueError
from corpus.message import say

FIRST_YEAR = 1600  # the first newspapers; an earlier year is a mistake in the record
LAST_YEAR = 2199


class Precision(StrEnum):
    """The finest unit in which a date is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


_PATTERN = re.compile(
    r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?(?P<mark>[?~])?"
)
_INFERRED, _LAST_CHANGE = "?", "~"


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication as EDTF text; empty where nothing is known.

    The text is canonical: equal dates are equal values. Days are in the time zone of the source.
    """

    text: str = ""

    @classmethod
    def parse(cls, raw: str) -> "Published":
        """Parses ISO 8601 or EDTF; seconds are dropped.

        Raises:
            ImpossibleValueError: no such form, or no such day ("2013-02-30").
        """
        text = raw.strip()
        if not text:
            return cls()
        match = _PATTERN.fullmatch(text)
        if not match:
            raise _impossible(raw)
        year, month, day = match["year"], match["month"], match["day"]
        _check_day(raw, year, month, day)
        if year == "XXXX" and (day is None or match["hour"]):
            raise _impossible(raw)
        if match["mark"] and (year == "XXXX" or match["hour"]):  # a date with a time is always a known one
            raise _impossible(raw)
        if match["hour"] is None:
            return cls("-".join(part for part in (year, month, day) if part) + (match["mark"] or ""))
        try:
            moment = datetime.fromisoformat(text.replace(" ", "T"))
        except ValueError as error:
            raise _impossible(raw) from error
        return cls(moment.isoformat(timespec="minutes"))

    @property
    def inferred(self) -> bool:
        """Whether a part was inferred, its year or which number is the month: the source does not say it."""
        return self.text.endswith(_INFERRED)

    @property
    def is_last_change(self) -> bool:
        """Whether it is the day of the last change: it was published on that day or before."""
        return self.text.endswith(_LAST_CHANGE)

    @property
    def plain(self) -> str:
        """The text without the mark of an inferred date or of a last change."""
        return self.text.removesuffix(_INFERRED).removesuffix(_LAST_CHANGE)

    @property
    def precision(self) -> Precision:
        """The finest known unit; ``none`` also for a day of an unknown year."""
        if not self.text or self.text.startswith("XXXX"):
            return Precision.NONE
        if "T" in self.text:
            return Precision.MINUTE
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(self.plain)]

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day on which it may have been published; None where no year is known."""
        match self.precision:
            case Precision.NONE:
                return None
            case Precision.YEAR:
                year = int(self.plain)
                return date(year, 1, 1), date(year, 12, 31)
            case Precision.MONTH:
                year, month = int(self.text[:4]), int(self.text[5:7])
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            case _:
                day = date.fromisoformat(self.text[:10])
                return day, day

    @property
    def minute(self) -> int | None:
        """Minutes from 0001-01-01T00:00 on the source's own clock; the sort key.

        A coarser date sorts at the start of its span; None where no year is known.
        """
        span = self.span
        if span is None:
            return None
        minutes = span[0].toordinal() * 24 * 60
        if self.precision is Precision.MINUTE:
            moment = datetime.fromisoformat(self.text)
            minutes += moment.hour * 60 + moment.minute
        return minutes

    def __str__(self) -> str:
        return self.text


def last_change(changed: Published) -> Published:
    """The day of a change as a date of publication, for an article of which no other date is known.

    >>> last_change(Published("2024-03-12T08:10+07:00")), last_change(Published("XXXX-03-12"))
    (Published(text='2024-03-12~'), Published(text=''))
    """
    return Published(changed.plain.partition("T")[0] + _LAST_CHANGE) if changed.span else Published()


def _check_day(raw: str, year: str, month: str | None, day: str | None) -> None:
    leap_year_where_unknown = 2000
    number = leap_year_where_unknown if year == "XXXX" else int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise _impossible(raw)
    try:
        date(number, int(month or 1), int(day or 1))
    except ValueError as error:
        raise _impossible(raw) from error


def _impossible(raw: str) -> ImpossibleValueError:
    return ImpossibleValueError(
        "bad-date",
        say(
            "the date {value} cannot be; write it as 2013-05-27, 2013-05, 2013 or 2013-05-27T07:10+07:00",
            value=repr(raw[:60]),
        ),
    )
