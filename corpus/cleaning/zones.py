"""Which offset from UTC does a time zone have, as dates name it ("GMT+7", "ICT", "+0700", "Z")?"""

import re

ZONE = (
    r"(?P<zone>\(?(?:(?:gmt|utc) ?)?[+-] ?[0-9]{1,2}(?::?[0-9]{2})?\)?|\(?[a-z]{1,4}\)?)"
    r"(?: ?\([a-zà-ỹđ+0-9: ]{1,40}\))?"
)
"""A zone in small letters; a program's name of it may follow in brackets ("gmt+0700 (indochina time)")."""

_OFFSET = re.compile(r"(?:gmt|utc)? ?(?P<sign>[+-]) ?(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?")
_HOURS = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "ict": 7, "wib": 7, "sgt": 8, "hkt": 8, "awst": 8,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "msk": 3, "cet": 1, "cest": 2, "bst": 1, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_MOST_HOURS = 14


def offset_of(zone: str) -> str | None:
    """The offset as ISO 8601 writes it; None where the text, in small letters, is no known zone.

    >>> offset_of("gmt+7"), offset_of("(utc+07:00)"), offset_of("ict"), offset_of("z"), offset_of("tq")
    ('+07:00', '+07:00', '+07:00', '+00:00', None)
    """
    plain = zone.strip("() ")
    if (hours := _HOURS.get(plain)) is not None:
        return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    match = _OFFSET.fullmatch(plain)
    if not match or int(match["hours"]) > _MOST_HOURS:
        return None
    return f"{match['sign']}{int(match['hours']):02}:{match['minutes'] or '00'}"
