"""Which date is it as English pages and programs write it ("March 12, 2024 8:10 AM", "3/12/2024 8:10:00 AM")?

Where only numbers stand, the day comes first in Vietnam and the month in America. AM, PM or an English name
of the weekday say that the text is English; then other evidence decides: a number above twelve, the weekday,
and the day after which the article cannot have been published. Without any, the month is taken to be first,
and the date is marked as guessed.
"""

import re
from datetime import date

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.zones import ZONE, offset_of
from corpus.errors import ImpossibleValueError
from corpus.published import Published

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LETTERS = 3  # by which months and weekdays are told apart
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)[.,]{0,2} ?)"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?(?P<half>[ap]\.?m\.?)?"
_BEHIND = rf"(?:(?: at |t|[ ,|–-]{{1,4}}){_TIME}(?: ?{ZONE})?)?"
_FORMS = tuple(
    map(
        re.compile,
        (
            rf"{_WEEKDAY}?{_DAY}(?: of |[ /-])?{_MONTH}(?:, |[ ,/-])(?P<year>[0-9]{{4}}|[0-9]{{2}}){_BEHIND}",
            rf"{_WEEKDAY}?{_MONTH}[ /-]?{_DAY}(?:, ?|[ /-])(?P<year>[0-9]{{4}}){_BEHIND}",
            rf"{_WEEKDAY}{_MONTH} {_DAY} {_TIME}(?: ?{ZONE})? (?P<year>[0-9]{{4}})",
            rf"{_TIME}(?: ?{ZONE})?[ ,|–-]{{1,4}}{_WEEKDAY}?{_MONTH} {_DAY}(?:, ?| )(?P<year>[0-9]{{4}})",
            rf"{_TIME}(?: ?{ZONE})?[ ,|–-]{{1,4}}{_WEEKDAY}?{_DAY} {_MONTH}(?:, ?| )(?P<year>[0-9]{{4}})",
            rf"(?P<year>[0-9]{{4}})[ /-]{_MONTH}[ /-]{_DAY}{_BEHIND}",
        ),
    )
)
_NUMBERS = re.compile(
    rf"{_WEEKDAY}?(?P<first>[0-9]{{1,2}})(?P<mark>[/.-])(?P<second>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_BEHIND}"
)
_VIETNAM = "+07:00"
_NOON, _HOURS = 12, 24
_FULL_YEAR = 4
_CENTURY_FROM = 69  # POSIX: 69 to 99 are of the twentieth century


def parse_english_date(text: str, not_after: date | None = None) -> Published:
    """The date; empty where the text is no date in English.

    >>> parse_english_date("Wed, 01 Jul 15 00:00:00 +0200").text
    '2015-07-01T00:00+02:00'
    >>> parse_english_date("3/12/2024 8:10:00 AM").text, parse_english_date("12/3/2024 8:10").text
    ('2024-03-12?', '')
    >>> parse_english_date("3/12/2024 8:10:00 PM", not_after=date(2024, 6, 1)).text
    '2024-03-12T20:10'
    """
    line = comparison_key(text).casefold()
    for form in _FORMS:
        if match := form.fullmatch(line):
            return _named(match)
    match = _NUMBERS.fullmatch(line)
    return _in_numbers(match, not_after) if match and _is_english(match) else Published()


def parse_month_first(text: str) -> Published:
    """The date of numbers of which only the first can be a month; of a short year only with a time.

    >>> parse_month_first("03/25/2024").text, parse_month_first("25/03/24 07:10").text
    ('2024-03-25', '2024-03-25T07:10')
    >>> parse_month_first("03/12/24").text
    ''
    """
    match = _NUMBERS.fullmatch(comparison_key(text).casefold())
    if not match or (len(match["year"]) < _FULL_YEAR and not (match["hour"] or match["weekday"])):
        return Published()
    first, second = int(match["first"]), int(match["second"])
    return _moment(match, second, first) if second > len(_MONTHS) else _moment(match, first, second)


def _named(match: re.Match[str]) -> Published:
    """The date of a form with the name of its month."""
    if len(match["year"]) < _FULL_YEAR and not (match["hour"] or match["weekday"]):
        return Published()
    return _moment(match, int(match["day"]), _MONTHS.index(match["month"][:_LETTERS]) + 1)


def _is_english(match: re.Match[str]) -> bool:
    """Whether AM, PM or the weekday say so; Vietnamese pages write 14:05 PM too, and their own time zone."""
    if match["mark"] == ".":
        return False
    is_half = match["half"] and 0 < int(match["hour"]) <= _NOON and _zone(match) != _VIETNAM
    return bool(match["weekday"] or is_half)


def _in_numbers(match: re.Match[str], not_after: date | None) -> Published:
    """The date of numbers in an English text."""
    numbers = int(match["first"]), int(match["second"])
    month_first, day_first = (_moment(match, day, month) for day, month in (numbers[::-1], numbers))
    possible = [found for found in dict.fromkeys((month_first, day_first)) if found.text]
    for fits in (_is_on_weekday, _is_not_after):
        fitting = [found for found in possible if fits(found, match, not_after)]
        possible = fitting or possible
    if len(possible) < 2:  # noqa: PLR2004 - one order of day and month is left
        return possible[0] if possible else Published()
    return Published(month_first.text.partition("T")[0] + "?")


def _is_on_weekday(found: Published, match: re.Match[str], _: date | None) -> bool:
    day = found.span
    name = match["weekday"]
    return not name or (day is not None and _WEEKDAYS[day[0].weekday()] == name[:_LETTERS])


def _is_not_after(found: Published, _: re.Match[str], not_after: date | None) -> bool:
    return not_after is None or (found.span is not None and found.span[0] <= not_after)


def _moment(match: re.Match[str], day: int, month: int) -> Published:
    """The day with its time; empty where there is no such day or time, or its zone is none."""
    year = int(match["year"])
    if len(match["year"]) < _FULL_YEAR:
        year += 1900 if year >= _CENTURY_FROM else 2000
    text = f"{year:04}-{month:02}-{day:02}"
    if match["hour"]:
        zone, hour = _zone(match), _hour(match)
        if zone is None or hour >= _HOURS:
            return Published()
        text += f"T{hour:02}:{match['minute']}{zone}"
    try:
        return Published.parse(text)
    except ImpossibleValueError:
        return Published()


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["hour"]), (match["half"] or "")[:1]
    if half == "p" and hour < _NOON:
        return hour + _NOON
    return 0 if half == "a" and hour == _NOON else hour


def _zone(match: re.Match[str]) -> str | None:
    """The offset from UTC; empty where no zone stands, None where the word is none."""
    return offset_of(match["zone"]) if match["zone"] else ""
