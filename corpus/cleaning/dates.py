"""Which day does a Vietnamese line name?

Three functions for three degrees of trust: :func:`parse_date` (the text is a field that holds a date),
:func:`date_line` (a line of a page that is a date and nothing else), :func:`opening_date` (the first words of
a lede). Only what is certain is a date; a score (2-1), a fraction, a document's number and an impossible day
are none.
"""

import re
from contextlib import suppress
from datetime import date

from corpus.cleaning.english_dates import parse_english_date, parse_month_first
from corpus.cleaning.exported_dates import parse_exported_date, parse_stamp
from corpus.cleaning.lines import comparison_key, nfc
from corpus.errors import ImpossibleValueError
from corpus.published import Published

FIRST_ONLINE_YEAR = 1997  # Vietnam's first online newspaper; an earlier year in a lede is that of the events

# The patterns below are asked only of lines that :func:`comparison_key` made: white space is one space there,
# so a pattern that expects one space has nothing to try twice.
_MONTH_AND_YEAR = (
    r"(?P<{p}day>[0-9]{{1,2}})(?: ?(?P<{p}mark>[/.-]) ?(?P<{p}month>[0-9]{{1,2}})(?![0-9])"
    r"(?: ?(?P={p}mark) ?(?P<{p}year>[0-9]{{4}})| năm (?P<{p}year_b>[0-9]{{4}}))?"
    r"| tháng (?P<{p}month_b>[0-9]{{1,2}})(?:(?: năm|,| ?[/-]) ?(?P<{p}year_c>[0-9]{{4}}))?)"
)
_DAY = _MONTH_AND_YEAR.format(p="")
_TIME = (
    r"(?P<{p}hour>[0-9]{{1,2}}) ?(?:: ?(?P<{p}minute>[0-9]{{2}})(?::[0-9]{{2}})?"
    r"|(?:h|giờ|g)(?: ?(?P<{p}minute_b>[0-9]{{1,2}})(?![0-9/.-]){only})['’]?(?: ?phút)?)"
    r" ?(?P<{p}half>(?:am|pm|sa|ch)\b)?"
)
_TIME_BEFORE = _TIME.format(p="before_", only=r"|(?= )")  # the hour alone: "14h ngày 3/2"
_TIME_BEHIND = _TIME.format(p="", only="")
_WEEKDAY = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn|t[2-7])\b[ ,]*+)"
_LABEL = (
    r"(?:(?:(?:lần )?(?:cập nhật|xuất bản|phát hành|đăng|gửi)(?: lần)?(?: cuối| mới nhất)?"
    r"(?: lúc| ngày| vào)?"
    r"|ngày (?:đăng|xuất bản|cập nhật|phát hành|gửi)|thời gian|lúc|hôm nay) ?[:,]? ?)"
)
_PART_OF_DAY = r"(?:(?:rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều|tối|đêm|khuya)[ ,]++)"
_ZONE = (
    r"(?: ?\(? ?(?:gmt|utc|(?=[+-][0-9]{2}:?00)) ?(?P<sign>[+-]) ?(?P<zone>[0-9]{1,2})(?::?00)? ?\)?"
    r"| ?\(?giờ (?P<home>việt nam|hà nội)\)?)?"
)
_BETWEEN = r"[ ,|–—-]*+(?:lúc )?"

_WHOLE = re.compile(
    rf"{_LABEL}?{_PART_OF_DAY}?{_WEEKDAY}?(?:{_TIME_BEFORE}{_BETWEEN})?{_WEEKDAY}?(?P<word>ngày )?{_DAY}"
    rf"(?:{_BETWEEN}{_TIME_BEHIND})?{_ZONE}[. ]*"
)
_MONTH_ONLY = re.compile(r"(?:tháng )?(?P<month>[0-9]{1,2}) ?(?:[/-]|năm) ?(?P<year>[0-9]{4})")
_OPENING = re.compile(
    r"(?:(?:vào |trong )?(?P<part>rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều|tối|đêm|khuya|hôm nay)"
    rf"(?: nay)?[ ,]*+(?:{_WEEKDAY})?[ (]*+(?:ngày )?|(?:vào |trong )?ngày ){_DAY}"
    r"(?! ?[/-]?[0-9]|[.,%:][0-9]| ?%)"
)
_MONTH_WORDS = (
    "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
)  # fmt: skip
_MONTH_WORD = re.compile(rf"tháng ({'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})(?=[ ,/-]|$)")
_YEAR_ALONE = re.compile(r"(tháng [0-9]{1,2}),? ((?:19|20)[0-9]{2})\b")
_FIRST_TEN = re.compile(r"\bm[ùồ]ng (?=[0-9]{1,2}(?: tháng [0-9]{1,2} năm|/[0-9]{1,2}/[0-9]{4}))")
_SHORT_MONTH = re.compile(r"\bth(?:g\.?)? ?(?=[0-9]{1,2}\b)")  # CLDR's "30 thg 4", WordPress's "30 Th4"
_MONTH_FIRST = re.compile(r"\btháng ([0-9]{1,2}) ([0-9]{1,2}), ?(?=[0-9]{4}\b)")
_IN_NUMBERS = re.compile(r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{4}")
_LONGEST_DATE = 200  # characters
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def parse_date(text: str, *, not_after: date | None = None) -> Published:
    """Parses a date as ISO 8601, programs, English or Vietnamese pages write it; empty where it is none.

    Args:
        not_after: the day of the capture or the like. A date of numbers that would lie after it has its month
            first.

    >>> parse_date("Thứ sáu, 30/4/2021, 10:58 (GMT+7)").text
    '2021-04-30T10:58+07:00'
    >>> parse_date("26-5").text, parse_date("tháng 9/2021").text, parse_date("hôm qua").text
    ('XXXX-05-26', '2021-09', '')
    >>> parse_date("3/12/2024").text, parse_date("3/12/2024", not_after=date(2024, 6, 1)).text
    ('2024-12-03', '2024-03-12')
    """
    plain = nfc(text)
    if len(plain) > _LONGEST_DATE:
        return Published()
    with suppress(ImpossibleValueError):
        return Published.parse(plain)
    if (english := parse_english_date(plain, not_after)).text:
        return english
    if stamp := parse_stamp(plain):
        return _try(stamp)
    found = day_first_date(plain)
    if not found.text:
        return parse_month_first(plain)
    return _month_first_before(found, plain, not_after)


def day_first_date(text: str) -> Published:
    """The date as far as Kho Báo 1.0 read it: of numbers alone the day is always first.

    Ids of records are made of it, and must stay what they were whatever is read since.
    """
    with suppress(ImpossibleValueError):
        return Published.parse(nfc(text))
    if exported := parse_exported_date(nfc(text)):
        return _try(exported)
    line = _in_figures(text)
    if match := _WHOLE.fullmatch(line):
        return _published(match)
    if match := _MONTH_ONLY.fullmatch(line):
        return _try(f"{match['year']}-{match['month']:0>2}")
    return Published()


def _month_first_before(found: Published, text: str, not_after: date | None) -> Published:
    """The date with its first number as the month, where the other order would lie after a day."""
    span = found.span
    if not_after is None or span is None or span[0] <= not_after or not _IN_NUMBERS.search(text):
        return found
    year, month, day = found.text[:4], found.text[5:7], found.text[8:10]
    other = _try(f"{year}-{day}-{month}{found.text[10:]}") if day else Published()
    return other if other.span and other.span[0] <= not_after else found


def date_line(line: str) -> Published:
    """Parses a line of a page as a date; empty where it may be a score or a fraction.

    >>> date_line("ngày 13 tháng 9 năm 2021").text, date_line("2-1").text, date_line("Ngày 26-5").text
    ('2021-09-13', '', 'XXXX-05-26')
    """
    longest_date_line = 80
    if len(line) > longest_date_line:
        return Published()
    match = _WHOLE.fullmatch(_in_figures(line))
    if not match or not (_year(match) or match["word"]):
        return Published()
    return _published(match)


def date_in(line: str) -> Published:
    """The date in a line with other words; empty where it has no year.

    >>> date_in("BÁO SÔNG HỒNG | 12/09/2005 10:15 (GMT+7) | Kinh tế").text, date_in("Tỷ số 2-1").text
    ('2005-09-12T10:15+07:00', '')
    """
    for match in _WHOLE.finditer(comparison_key(line).casefold().replace("[", "(").replace("]", ")")):
        before = match.string[max(match.start() - 1, 0) : match.start()]
        if _year(match) and not before.isdigit():
            return _published(match)
    return Published()


def opening_date(lede: str) -> Published:
    """The date that the first words of a lede name; empty where they name none.

    A year before ``FIRST_ONLINE_YEAR`` is that of the events, not of the page.

    >>> opening_date("Sáng 13/9, hội nghị khai mạc.").text, opening_date("Ngày 24/24 giờ").text
    ('XXXX-09-13', '')
    """
    match = _OPENING.match(comparison_key(lede[:200]).casefold())
    if not match or (_year(match) and int(_year(match)) < FIRST_ONLINE_YEAR):
        return Published()
    return _day(match)


def _in_figures(line: str) -> str:
    """The line in lower case, with its month as a number and its year after "năm".

    The first ten days are "mùng" in both calendars; only a year shows that the solar one is meant. "Tháng
    giêng" and "tháng chạp" belong to the lunar calendar alone, and stay.

    >>> _in_figures("Chủ nhật 02 Tháng Sáu 2013"), _in_figures("Mùng 5 tháng 9 năm 2014")
    ('chủ nhật 02 tháng 6 năm 2013', '5 tháng 9 năm 2014')
    >>> _in_figures("Tháng Tư 30, 2021"), _in_figures("[30 Th4, 2021]")
    ('30 tháng 4 năm 2021', '30 tháng 4 năm 2021')
    """
    plain = comparison_key(line).casefold()
    inner = _IN_BRACKETS.fullmatch(plain)
    line = _MONTH_WORD.sub(
        lambda match: f"tháng {_MONTH_WORDS.index(match[1]) + 1}", inner[1] if inner else plain
    )
    line = _MONTH_FIRST.sub(r"\2 tháng \1 năm ", _SHORT_MONTH.sub("tháng ", line))
    return _FIRST_TEN.sub("", _YEAR_ALONE.sub(r"\1 năm \2", line))


def _year(match: re.Match[str]) -> str:
    return match["year"] or match["year_b"] or match["year_c"] or ""


def _day(match: re.Match[str]) -> Published:
    month = match["month"] or match["month_b"]
    return _try(f"{_year(match) or 'XXXX'}-{month:0>2}-{match['day']:0>2}")


def _published(match: re.Match[str]) -> Published:
    """The day, with the time where a possible one is printed."""
    day = _day(match)
    if not day.text or not _year(match):
        return day
    for prefix in ("", "before_"):
        if match[prefix + "hour"]:
            minute = match[prefix + "minute"] or match[prefix + "minute_b"] or "0"
            clock = _clock(match[prefix + "hour"], minute, match[prefix + "half"] or "")
            zone = f"{match['sign']}{int(match['zone']):02}:00" if match["zone"] else ""
            zone = zone or ("+07:00" if match["home"] else "")
            return _try(f"{day.text}T{clock}{zone}") if clock else day
    return day


def _clock(hour: str, minute: str, half: str) -> str:
    """The time as hh:mm; empty where there is no such time."""
    noon, hours_a_day, minutes_an_hour = 12, 24, 60
    value = int(hour)
    if half in {"pm", "ch"} and value < noon:
        value += noon
    if half in {"am", "sa"} and value == noon:
        value = 0
    return f"{value:02}:{minute:0>2}" if value < hours_a_day and int(minute) < minutes_an_hour else ""


def _try(text: str) -> Published:
    try:
        return Published.parse(text)
    except ImpossibleValueError:
        return Published()
