"""Which name came after which, and when? Provinces, ministries and places that changed theirs."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class How(StrEnum):
    """What became of it."""

    MERGED = "merged"
    RENAMED = "renamed"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name that was in use until a day, and those that took its place.

    Attributes:
        now: at least one; several where it was split.
        until: the last day of the old name; the last of its month where only that is known.
        whole_month: whether only the month is known.
        ordinary: it is an ordinary word too (hòa bình): meant only where it is typed in capitals.
    """

    name: str
    now: tuple[str, ...]
    until: date
    whole_month: bool
    how: How
    ordinary: bool = False


_DAY = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?")


def last_day(text: str) -> tuple[date, bool] | None:
    """The day of ``2025-06-30`` or ``2025-02``, and whether only the month is known; None: no day.

    >>> last_day("2025-02")
    (datetime.date(2025, 2, 28), True)
    """
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        first = date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
    except ValueError:
        return None
    if found["d"]:
        return first, False
    return first.replace(day=monthrange(first.year, first.month)[1]), True
