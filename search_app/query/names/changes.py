"""What is a change of a name by law, as of a province, a ministry or a place, and when was it?"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NameChangeKind(StrEnum):
    """What happened to what had the old name."""

    MERGED = "merged"
    RENAMED = "renamed"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name that was in use until a day, and the names that took its place.

    Attributes:
        name: the old name.
        now: the new names; at least one, several where the old unit was split.
        until: the last day of the old name, or the last day of the month if only that is known.
        whole_month: whether only the month is known.
        ordinary: the old name is an ordinary word too (hòa bình), so it is recognised only with a capital.
    """

    name: str
    now: tuple[str, ...]
    until: date
    whole_month: bool
    how: NameChangeKind
    ordinary: bool = False


_DAY = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?")


def last_day(text: str) -> tuple[date, bool] | None:
    """The day of ``2025-06-30``, or the last day of ``2025-02``; and whether only the month is known.

    None if the text is no day of the calendar.

    >>> last_day("2025-02")
    (datetime.date(2025, 2, 28), True)
    """
    spelling_key = _DAY.fullmatch(text)
    if not spelling_key:
        return None
    try:
        first = date(int(spelling_key["y"]), int(spelling_key["m"]), int(spelling_key["d"] or 1))
    except ValueError:
        return None
    if spelling_key["d"]:
        return first, False
    return first.replace(day=monthrange(first.year, first.month)[1]), True
