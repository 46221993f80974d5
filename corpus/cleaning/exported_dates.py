"""Which date is it in the formats that programs export ("2021-09-13 07:30:00+07", "20210913", RFC 2822)?"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime

from corpus.cleaning.zones import ZONE, offset_of

_FIGURES = re.compile(
    r"(?P<year>[12][0-9]{3})"
    r"(?:(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|(?P<month_b>[0-9]{2})(?P<day_b>[0-9]{2}))"
    r"(?:(?:T|\s+)(?P<hour>[0-9]{1,2}):?(?P<minute>[0-9]{2})(?::?[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?)?"
)
_RFC_2822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?[0-9]{1,2}\s+[A-Za-z]{3,9}\s+[0-9]{4}\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"(?:\s+(?:[A-Z]{1,4}|[+-][0-9]{4})(?:\s+\([^()]{1,20}\))?)?"
)
_STAMP = re.compile(
    r"(?P<year>[12][0-9]{3})(?:(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})[t ,|-]{1,3}"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?(?P<half>[ap]m|sa|ch)?"
    r"|(?P<month_b>[0-9]{2})(?P<day_b>[0-9]{2})[t ]?(?P<hour_b>[0-9]{2})(?P<minute_b>[0-9]{2})"
    rf"(?:[0-9]{{2}})?(?:[.,][0-9]{{1,9}})?)(?: ?{ZONE})?"
)
_SINCE_1970 = re.compile(r"(?P<seconds>[0-9]{10})(?:[0-9]{3}|[0-9]{6}|[0-9]{9})?(?:\.[0-9]{1,9})?")
_EXPONENT = re.compile(r"[1-9](?:\.[0-9]{1,20})?e\+?(?:9|12|15|18)")
_SHOWN_FIGURES = 20
_NOON = 12


def parse_stamp(text: str) -> str:
    """The moment that a program writes in figures, as ISO 8601; empty where the text is none.

    Ten digits are seconds since 1970; thirteen, sixteen and nineteen are their thousandths and smaller parts.

    >>> parse_stamp("20240312081000"), parse_stamp("2024-03-12 08:10 PM +07:00"), parse_stamp("1710205800123")
    ('2024-03-12T08:10', '2024-03-12T20:10+07:00', '2024-03-12T01:10+00:00')
    """
    line = " ".join(text.casefold().split())
    if _EXPONENT.fullmatch(line):  # as tables of numbers show it
        line = f"{Decimal(line):f}"[:_SHOWN_FIGURES]
    if match := _SINCE_1970.fullmatch(line):
        return datetime.fromtimestamp(int(match["seconds"]), UTC).isoformat(timespec="minutes")
    match = _STAMP.fullmatch(line)
    zone = offset_of(match["zone"]) if match and match["zone"] else ""
    if not match or zone is None:
        return ""
    month, day, hour, minute = (
        match[part] or match[f"{part}_b"] for part in ("month", "day", "hour", "minute")
    )
    hours = int(hour)
    if match["half"] in {"pm", "ch"} and hours < _NOON:
        hours += _NOON
    elif match["half"] in {"am", "sa"} and hours == _NOON:
        hours = 0
    return f"{match['year']}-{month:0>2}-{day:0>2}T{hours:02}:{minute}{zone}"


def parse_exported_date(text: str) -> str:
    """The date as ISO 8601; empty where it has none of these forms. Whether the day exists is not checked.

    >>> [parse_exported_date(text) for text in ("2021-09-13 07:30:00+07", "2021/9/13", "20210913")]
    ['2021-09-13T07:30+07:00', '2021-09-13', '2021-09-13']
    >>> parse_exported_date("Mon, 27 May 2013 07:10:00 +0700"), parse_exported_date("27/5/2013")
    ('2013-05-27T07:10+07:00', '')
    """
    plain = text.strip()
    if match := _FIGURES.fullmatch(plain):
        return _joined(match)
    if _RFC_2822.fullmatch(plain):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            return parsedate_to_datetime(plain).isoformat(timespec="minutes")
    return ""


def _joined(match: re.Match[str]) -> str:
    month, day = match["month"] or match["month_b"], match["day"] or match["day_b"]
    date = f"{match['year']}-{month:0>2}-{day:0>2}"
    if not match["hour"]:
        return date
    zone = "+00:00" if match["zone"] else ""
    if match["sign"]:
        zone = f"{match['sign']}{match['hours']:0>2}:{match['minutes'] or '00'}"
    return f"{date}T{match['hour']:0>2}:{match['minute']}{zone}"
