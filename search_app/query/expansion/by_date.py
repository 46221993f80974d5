"""In which other ways does the news write a typed day or month?

A typed day is recognised by these rules:

=====================================  ===============================================================
typed                                  is a day
=====================================  ===============================================================
13/9/2013, 13-9-2013, 13.9.2013        always
13/9                                   unless a word before it says otherwise (số, vòng, tỷ số, …); 24/7
                                       and common fractions (1/2, 2/3) only after a word of time
13-9                                   where the day is 13 or more, under the same words; a smaller day
                                       only after a word of time: 2-1 may be a score
13.9                                   only after a word of time: it may be a number
ngày 13 tháng 9 [năm 2013]             always; "13 tháng 9" unless "ngày" follows ("3 tháng 10 ngày")
tháng 5/2013, tháng 5 năm 2013         a month, always; 5/2013 alone may be the number of a law
=====================================  ===============================================================

Words of time: ngày, sáng, trưa, chiều, tối, đêm, hôm, mai, dịp, lễ, mùng, mồng. A day must be one of the
calendar. Digits become words ("13/9" is searched as "13 tháng 9" too). Words become digits only behind a word
of time ("sáng 13/9") or with their year, so that no score and no "13,9 %" is taken for a day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from indexer.query import Match
from search_app.query.expansion.values import ExpansionKind, OtherForms
from search_app.query.grammar.dates import FIRST_YEAR, LAST_YEAR
from search_app.query.grammar.runs import Run

_Form = tuple[str, ...]
_LEADS: tuple[_Form, ...] = (
    *((word,) for word in ("ngày", "sáng", "hôm", "chiều", "tối", "đêm")),
    *(("hôm", "nay"), ("hôm", "qua")),
)
"""The words that stand before a day in digits most often, counted in 8,000 articles of 2013."""
_TIME = re.compile(
    r"(?:ng[àa]y|s[áa]ng|tr[ưu]a|chi[ềeê]u|t[ốoô]i|[đd][êe]m|h[ôo]m|mai|d[ịi]p|l[ễeê]|m[ùuôồo]ng)$"
)
_NO_TIME = re.compile(
    r"(?:s[ốoô]|v[òo]ng|th[ắaă]ng|thua|h[òo]a|ho[àa]|set|s[ée]c|v[áa]n|hi[ệe]p|ng[õo]|ng[áa]ch|h[ẻe]m|nh[àa]"
    r"|[đd][ưu][ờo]ng|t[ậaâ]p|trang|b[àa]n|[đd]i[ểeê]m|h[ơo]n|g[ầaâ]n|kho[ảa]ng|b[ằaă]ng|ch[ươu]+ng)$"
)
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 8), (1, 10)})
_AROUND_THE_CLOCK = (24, 7)
_FIRST_SURE_DAY = 13
_LEAP_YEAR = 2000

_WORD = r"(?<!\S)"
_END = r"(?!\S)"
_DIGITS = re.compile(
    rf"{_WORD}(?P<d>[0-9]{{1,2}})(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?:(?P=s)(?P<y>[0-9]{{4}}))?{_END}"
)
_WORDS = re.compile(
    rf"{_WORD}(?P<lead>ng[àa]y )?(?P<d>[0-9]{{1,2}}) th[áa]ng (?P<m>[0-9]{{1,2}})"
    rf"(?:(?:/| n[ăa]m )(?P<y>[0-9]{{4}}))?{_END}(?! ng[àa]y)"
)
_TWICE = re.compile(rf"{_WORD}ng[àa]y (?P<d>[0-9]{{1,2}}) th[áa]ng(?:$| n[ăa]m (?P<y>[0-9]{{4}}){_END})")
"""ngày 9 tháng 9: a loose word that is typed twice stands once in the tree, so the second 9 is missing."""
_MONTH = re.compile(rf"{_WORD}th[áa]ng (?P<m>[0-9]{{1,2}})(?P<s>/|-| n[ăa]m )(?P<y>[0-9]{{4}}){_END}")


def find_other_forms(run: Run) -> Iterator[OtherForms]:
    """The other forms of the days and months in a run, which do not overlap."""
    taken: set[int] = set()
    for pattern, read in ((_WORDS, _words), (_TWICE, _words), (_MONTH, _month), (_DIGITS, _digits)):
        for typed in pattern.finditer(run.text):
            span = run.span(*typed.span())
            if span is None or taken & set(range(*span)):
                continue
            for also, forms in read(typed):
                taken.update(range(*span))
                yield OtherForms(*span, also, ExpansionKind.DATE, tuple(_matches(forms)))


def _matches(forms: Iterable[_Form]) -> Iterator[Match]:
    for form in dict.fromkeys(forms):
        yield Match(" ".join(form), form, complete=True)


def _read(typed: re.Match[str]) -> tuple[int, int, int | None] | None:
    """The day, the month and the year or None; None if the calendar does not have that day."""
    groups = typed.groupdict()
    day, month = int(groups["d"]), int(groups.get("m") or groups["d"])
    year = int(groups["y"]) if groups["y"] else None
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    return day, month, year


def _digits(typed: re.Match[str]) -> Iterator[tuple[str, list[_Form]]]:
    read = _read(typed)
    if read and _is_day(typed, *read):
        day, month, year = read
        digits = _in(day, (), month, (str(year),)) if year else _padded(day, month)
        if typed["d"].startswith("0") or typed["m"].startswith("0"):
            bare = (str(day), str(month), *((str(year),) if year else ()))
            digits.append(bare)  # typed 13/09, printed 13/9
        yield (
            f"ngày {day} tháng {month}" + (f" năm {year}" if year else ""),
            [
                *_in(day, ("tháng",), month, ("năm", str(year)) if year else ()),
                *digits,
            ],
        )


def _is_day(typed: re.Match[str], day: int, month: int, year: int | None) -> bool:
    before = typed.string[: typed.start()].rstrip()
    if year or _TIME.search(before):
        return True
    if _NO_TIME.search(before) or (day, month) == _AROUND_THE_CLOCK:
        return False
    if typed["s"] == "/":
        return (day, month) not in _FRACTIONS
    return typed["s"] == "-" and day >= _FIRST_SURE_DAY


def _words(typed: re.Match[str]) -> Iterator[tuple[str, list[_Form]]]:
    read = _read(typed)
    if not read:
        return
    day, month, year = read
    if year:
        forms = _in(day, (), month, (str(year),)) + _in(day, ("tháng",), month, (str(year),))
        forms += _in(day, ("tháng",), month, ("năm", str(year)))
    else:
        forms = [(*lead, str(day), str(month)) for lead in _LEADS]
        forms += _padded(day, month) + _in(day, ("tháng",), month, ())
    yield f"{day}/{month}" + (f"/{year}" if year else ""), forms


def _month(typed: re.Match[str]) -> Iterator[tuple[str, list[_Form]]]:
    month, year = int(typed["m"]), int(typed["y"])
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:  # noqa: PLR2004 - months of a year
        return
    forms = [("tháng", m, *between, str(year)) for m in _either(month) for between in ((), ("năm",))]
    typed_words = typed["s"].strip() not in {"/", "-"}
    yield (f"tháng {month}/{year}" if typed_words else f"tháng {month} năm {year}"), forms


def _padded(day: int, month: int) -> list[_Form]:
    """The forms with a nought before a single digit: 02/09; 2/09 only after ngày, for it may be a number."""
    forms = _in(day, (), month, ())
    sure = [form for form in forms if form[0].startswith("0")]
    unsure = [("ngày", *form) for form in forms if form not in sure and form[1].startswith("0")]
    return [*sure, *unsure]


def _in(day: int, between: _Form, month: int, after: _Form) -> list[_Form]:
    """The day and the month in every combination of with and without a nought before a single digit."""
    return [(d, *between, m, *after) for d in _either(day) for m in _either(month)]


def _either(number: int) -> _Form:
    """A number with and without the nought before a single digit."""
    return tuple(dict.fromkeys((str(number), f"{number:02}")))
