"""Which moment does a date name that a program exported ("2021-09-13 07:30:00+07", "20210913", RFC 2822)?"""

import re
from contextlib import suppress
from email.utils import parsedate_to_datetime

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


def parse_exported_date(text: str) -> str:
    """The date as ISO 8601; empty where it has no such form. That there is such a day is not checked.

    >>> [parse_exported_date(text) for text in ("2021-09-13 07:30:00+07", "2021/9/13", "20210913")]
    ['2021-09-13T07:30+07:00', '2021-09-13', '2021-09-13']
    >>> parse_exported_date("Mon, 27 May 2013 07:10:00 +0700"), parse_exported_date("27/5/2013")
    ('2013-05-27T07:10+07:00', '')
    """
    plain = text.strip()
    if found := _FIGURES.fullmatch(plain):
        return _joined(found)
    if _RFC_2822.fullmatch(plain):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            return parsedate_to_datetime(plain).isoformat(timespec="minutes")
    return ""


def _joined(found: re.Match[str]) -> str:
    month, day = found["month"] or found["month_b"], found["day"] or found["day_b"]
    date = f"{found['year']}-{month:0>2}-{day:0>2}"
    if not found["hour"]:
        return date
    zone = "+00:00" if found["zone"] else ""
    if found["sign"]:
        zone = f"{found['sign']}{found['hours']:0>2}:{found['minutes'] or '00'}"
    return f"{date}T{found['hour']:0>2}:{found['minute']}{zone}"
