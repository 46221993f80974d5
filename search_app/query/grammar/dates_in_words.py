"""Which dates do the loose words of a query name, and what is the query without them?

These are read as a date, with or without marks (``thang 6/2013``), from FIRST_YEAR to LAST_YEAR:

=====================================================  ====================================================
typed                                                  is
=====================================================  ====================================================
ngày 26 tháng 5 năm 2013, 26 tháng 5/2013              a day
26/5/2013, 26-5-2013, 26.5.2013, 2013-05-26            a day; "ngày" before it belongs to it
tháng 6 năm 2013, tháng 6/2013, tháng 6-2013           a month
6/2013                                                 a month, unless a word before it or behind it says
                                                       that it is the number of a decree (số, nghị định, …)
năm 2013                                               a year; "nam" without its mark unless it ends a name
                                                       (Việt Nam 2013)
2013                                                   a year, unless a word before it or behind it says
                                                       that it is a number (số 2013, 2000 đồng, 2000 người)
=====================================================  ====================================================

"vào" or "trong" before a date belongs to it. A day or a month without its year is no date: nothing can be
filtered by it. A query whose only words are a date has no date here, for nothing would be left to look for.

The topic decides what is found: a match need not hold the words of a date, and they weigh less. They are
never cut into units with other words; where "_" binds one to others, it is meant as a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.query import Match, Query, scoring_matches
from search_app.query.grammar.dates import read_dates
from search_app.query.grammar.render import render_query
from search_app.query.grammar.runs import Run
from search_app.query.grammar.tree import assemble, take_apart
from search_app.query.grammar.units import Cut, Unit

FIRST_YEAR, LAST_YEAR = 1900, 2100

_WORD, _END = r"(?<!\S)", r"(?!\S)"
_LEAD = r"(?:(?:v[àa]o|trong) )?"
_DAY, _MONTH, _YEAR = r"(?P<d>[0-9]{1,2})", r"(?P<m>[0-9]{1,2})", r"(?P<y>[0-9]{4})"
_YEAR_BEHIND = rf"(?:[/.-]| n[ăa]m | ){_YEAR}"
_PERIODS = (
    rf"(?:ng[àa]y )?{_DAY} th[áa]ng {_MONTH}{_YEAR_BEHIND}",
    rf"th[áa]ng {_MONTH}{_YEAR_BEHIND}",
    rf"(?:ng[àa]y )?{_DAY}(?P<s>[/.-]){_MONTH}(?:(?P=s)| n[ăa]m ){_YEAR}",
    rf"(?:ng[àa]y )?{_YEAR}(?P<s>-){_MONTH}(?P=s){_DAY}",
    rf"(?P<number>){_MONTH}/{_YEAR}",
    rf"n[ăa]m {_YEAR}",
    rf"(?P<number>){_YEAR}",
)
_PATTERNS = tuple(re.compile(rf"{_WORD}{_LEAD}{period}{_END}") for period in _PERIODS)
_NUMBER_BEFORE = re.compile(
    rf"{_WORD}(?:s[ốôo]|[đd][ịi]nh|t[ưu]|lu[ậâa]t|th[ịi]|quy[ếêe]t|v[ăa]n|l[ệêe]nh|h[ơo]n|g[ầâa]n|kho[ảa]ng|[đd]u[ớo]i)$"
)
"""The last syllable of nghị định, thông tư, quyết định, chỉ thị, nghị quyết, công văn, and of amounts."""
_NUMBER_BEHIND = re.compile(
    r"(?:[đd][ồôo]ng|vn[đd]|usd|[đd][ôo]|euro|ng[ưu][ờơo]i|t[ấâa]n|t[ạa]|kg|ha|km|m|m2|m3|l[ưu][ợơo]t|h[ộôo]|con|chi[ếêe]c"
    r"|t[ỷyỉi]|tri[ệêe]u|ngh[ìi]n|ng[àa]n|n[ăa]m|t[ờơo]|n[đd]|tt|q[đd]|ct|nq)(?![^\s-])"
)
_NAME_BEFORE = re.compile(
    r"(?<!\S)(?:vi[ệêe]t|qu[ảa]ng|h[àa]|mi[ềêe]n|ph[íi]a|[đd][ôo]ng|t[âa]y|n[ữu]|[đd][ạa]i|b[ắăa]c)$"
)


@dataclass(frozen=True, slots=True)
class DateInWords:
    """A date among the loose words of a query.

    Attributes:
        start, end: the places of its words among the loose words of the tree; ``end`` is exclusive.
        typed: its words, as typed.
        first, last: the first and the last day of the date.
    """

    start: int
    end: int
    typed: str
    first: date
    last: date


def find_dates(query: Query) -> tuple[DateInWords, ...]:
    """The dates in the loose words of a parsed query, in their order; they do not overlap.

    Empty where nothing else that is scored is left of the query.

    >>> from search_app.query.grammar import understand
    >>> [found.typed for found in find_dates(understand("giá xăng tháng 6/2013").query)]
    ['tháng 6/2013']
    >>> find_dates(understand("tháng 6/2013").query)
    ()
    """
    units, bound = take_apart(query)
    words = [word for unit in units for word in unit]
    single = [len(unit) == 1 for unit in units for _ in unit]
    found = [one for one in _find(words) if all(single[one.start : one.end])]
    topic = _without(units, *((one.start, one.end) for one in found))
    is_left = found and any(True for _ in scoring_matches(assemble(topic, bound)))
    return tuple(found) if is_left else ()


def flag_dates(query: Query) -> Query:
    """The query in which the words of its dates say that they are such."""
    dates = find_dates(query)
    if not dates:
        return query
    units, bound = take_apart(query)
    dated = {place for one in dates for place in range(one.start, one.end)}
    flagged: list[Unit] = []
    place = 0
    for unit in units:
        flagged.append((replace(unit[0], in_date=True),) if place in dated else unit)
        place += len(unit)
    return assemble(flagged, bound)


def cut_around_dates(cut: Cut) -> Cut:
    """A cut that leaves the words of dates single, and cuts the words between them."""

    def cut_others(words: Sequence[Match]) -> Sequence[int]:
        lengths: list[int] = []
        done = 0
        for dated in _find(words):
            if done < dated.start:
                lengths += cut(words[done : dated.start])
            lengths += (1,) * (dated.end - dated.start)
            done = dated.end
        if done < len(words):
            lengths += cut(words[done:])
        return tuple(lengths)

    return cut_others


def without_date(query: Query, dated: DateInWords) -> str:
    """The text of a query, as understood, without the words of one of its dates."""
    units, bound = take_apart(query)
    return render_query(assemble(_without(units, (dated.start, dated.end)), bound))


def _without(units: Sequence[Unit], *spans: tuple[int, int]) -> list[Unit]:
    """The units without those at some places, where words are counted; each of these is a single word."""
    kept: list[Unit] = []
    place = 0
    for unit in units:
        if not any(start <= place < end for start, end in spans):
            kept.append(unit)
        place += len(unit)
    return kept


def _find(words: Sequence[Match]) -> list[DateInWords]:
    """The dates in words typed side by side, in their order."""
    return sorted(_dates_of(Run(tuple(words))), key=lambda one: one.start) if words else []


def _dates_of(run: Run) -> Iterator[DateInWords]:
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for typed in pattern.finditer(run.text):
            span, period = run.span(*typed.span()), _period(typed)
            if span is None or period is None or taken & set(range(*span)) or _is_number(typed):
                continue
            if typed[0].startswith("nam ") and _ends_a_name(run, span[0], typed):
                continue  # the year by itself is read next
            taken |= set(range(*span))
            yield DateInWords(*span, run.typed(*span), *period)


def _is_number(typed: re.Match[str]) -> bool:
    """Whether the words around digits that may be a date say that they are a number."""
    if typed.groupdict().get("number") is None:
        return False
    before, behind = typed.string[: typed.start()].rstrip(), typed.string[typed.end() :].lstrip()
    return bool(_NUMBER_BEFORE.search(before) or _NUMBER_BEHIND.match(behind))


def _ends_a_name(run: Run, place: int, typed: re.Match[str]) -> bool:
    """Whether "nam" is the South or a part of a name, not a year without its mark."""
    return run.leaves[place].label != "nam" or bool(
        _NAME_BEFORE.search(typed.string[: typed.start()].rstrip())
    )


def _period(typed: re.Match[str]) -> tuple[date, date] | None:
    """The first and the last day that a match means; None where the calendar has no such day."""
    groups = typed.groupdict()
    day, month, year = groups.get("d"), groups.get("m"), groups["y"]
    if day and not month:
        month = day
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    read = read_dates("-".join(part for part in (year, month, day) if part))
    if read is None or read.dates.first is None or read.dates.last is None:
        return None
    return read.dates.first, read.dates.last
