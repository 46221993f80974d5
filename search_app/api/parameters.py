"""What does an address ask for? The parameters of page and API, read into a Selection.

Unknown parameters are nobody's business. A known one with a value that cannot be is refused, with
what, the value and the remedy. An empty value is no value, but in a facet, where it is "none given".

One default differs by address: the page of results shows each story once where ``stories`` is not said, every
other address shows articles. ``PAGE_COLLAPSES`` is what the page does; whoever reads or writes its address
says so by ``collapses``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from corpus.message import say
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.pages import SearchRequest
from search_app.answer.pins import AsOf
from search_app.answer.selection import Selection
from search_app.api.faults import ParameterError, abbreviate
from search_app.facets import FACETS
from search_app.query.grammar import GRAMMAR
from search_app.query.grammar.dates import read_dates

Values = MultiDict[str, str]

Choice = TypeVar("Choice", bound=StrEnum)

FIRST, LAST, UNDATED = "from", "to", "undated"
WIDEN, ALSO, NOT_ALSO, AS_TYPED = "widen", "also", "not_also", "as_typed"
LEAVE_OUT = "not_"
"""Before a facet's name: values that do not pass."""
GRAMMAR_NUMBER, UNITS, NOT_UNIT = "g", "units", "not_unit"
STORIES, ONCE, AGAINST = "stories", "once", "against"
AS_OF = "as_of"
AT = "at"
"""On the page of an article: the character at which a hit stands (search_app.answer.counting.lines). Where
something is cited: at which a passage begins; ``to`` is the one behind it."""
EXACT, VERSION = "exact", "version"
SPREADSHEET, FIELDS, FORM = "excel", "fields", "form"
CURSOR, ROWS = "cursor", "rows"
PAGE_COLLAPSES = True
"""Whether the page of results collapses stories where its address does not say."""

_NOTHING_ASKED = SearchRequest()
_RANGE = re.compile(r"\.{2}|…")
_NUMBER = re.compile(r"[0-9]{1,18}")
_MOST = 1_000_000_000
"""No list is as long: a higher number says the same."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+")
"""A number as pages print it: 12.081 in Vietnamese, 12,081 in English."""


def search_request(values: Values, *, collapses: bool = False) -> SearchRequest:
    """What is asked for.

    Args:
        collapses: whether the address collapses stories where it does not say.

    Raises:
        ParameterError: a value that cannot be.
    """
    first, last = _day(values, FIRST, 0), _day(values, LAST, -1)
    if first and last and first > last:
        raise ParameterError(
            say(
                "from is “{first}” and to is “{last}”: the end lies before the beginning; exchange them",
                first=abbreviate(values[FIRST]),
                last=abbreviate(values[LAST]),
            )
        )
    page, size = (_number(values, name, getattr(_NOTHING_ASKED, name)) for name in ("page", "size"))
    selection = replace(
        read_query(values),
        sort=_sort(values),
        chosen={name: chosen for name in FacetName if (chosen := _chosen(values, name, name.value))},
        excluded={name: some for name in FacetName if (some := _chosen(values, name, LEAVE_OUT + name))},
        first=first,
        last=last,
        undated=read_flag(values, UNDATED),
        exact=read_flag(values, AS_TYPED),
        once=read_flag(values, ONCE),
        collapse_stories=collapses if (stories := _yes_or_no(values, STORIES)) is None else stories,
    )
    return SearchRequest(selection, page, size)


def write_parameters(request: SearchRequest, *, collapses: bool = False) -> Iterator[tuple[str, str]]:
    """The parameters by which ``search_request`` reads a request again: names and values, in a fixed order.

    What a request has by default is left out, but for the query. Dates are written as ISO 8601.

    Args:
        collapses: whether the address that is written collapses stories where it does not say.
    """
    selection = request.selection
    yield "q", selection.query
    yield GRAMMAR_NUMBER, str(selection.grammar)
    if not selection.units:
        yield UNITS, "0"
    yield from ((NOT_UNIT, text) for text in selection.not_units)
    if selection.expand is not None:
        yield WIDEN, str(int(selection.expand))
    yield from _also(selection.also)
    yield from ((NOT_ALSO, text) for text in selection.not_also)
    for prefix, values in (("", selection.chosen), (LEAVE_OUT, selection.excluded)):
        yield from ((prefix + name.value, value) for name in FacetName for value in values.get(name, ()))
    yield from ((name, day.isoformat()) for name, day in _days(selection) if day)
    if selection.as_of is not None:
        yield AS_OF, str(selection.as_of)
    yield from ((name, "1") for name, is_set in _flags(selection) if is_set)
    if selection.collapse_stories is not collapses:
        yield STORIES, str(int(selection.collapse_stories))
    if selection.sort is not _NOTHING_ASKED.selection.sort:
        yield "sort", selection.sort.value
    for name in ("size", "page"):
        if (number := getattr(request, name)) != getattr(_NOTHING_ASKED, name):
            yield name, str(number)


def _also(texts: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    """Each text; where there is none, an empty one says so."""
    if texts is not None:
        yield from ((ALSO, text) for text in texts or ("",))


def _days(selection: Selection) -> tuple[tuple[str, date | None], ...]:
    return (FIRST, selection.first), (LAST, selection.last)


def _flags(selection: Selection) -> tuple[tuple[str, bool], ...]:
    return (UNDATED, selection.undated), (AS_TYPED, selection.exact), (ONCE, selection.once)


def read_selection(pairs: Iterable[tuple[str, str]]) -> Selection:
    """What the parameters of an address ask for, given as names and values: of a command line.

    Raises:
        ParameterError: a value that cannot be.
    """
    return search_request(MultiDict(pairs)).selection


def read_query(values: Values) -> Selection:
    """The query, its units, its expansions and the pin: what is highlighted in which version of an article.

    Raises:
        ParameterError: a value that cannot be.
    """
    check_grammar(values)
    return Selection(
        _first(values, "q"),
        expand=_yes_or_no(values, WIDEN),
        not_also=_texts(values, NOT_ALSO),
        also=_texts(values, ALSO) if ALSO in values else None,
        units=_yes_or_no(values, UNITS) is not False,
        not_units=_texts(values, NOT_UNIT),
        as_of=read_state(values, AS_OF),
    )


def check_grammar(values: Values) -> None:
    """Refuses a grammar that is not known; an address without a number is read by the newest.

    Raises:
        ParameterError: there is no such grammar.
    """
    value = _first(values, GRAMMAR_NUMBER).strip()
    if value not in {"", str(GRAMMAR)}:
        raise ParameterError.choice(GRAMMAR_NUMBER, value, (str(GRAMMAR),))


def _first(values: Values, name: str) -> str:
    """The first value of a parameter; empty where there is none, for which ``get`` makes an error."""
    found = values.getlist(name)
    return found[0] if found else ""


def _texts(values: Values, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values.getlist(name))))


def for_spreadsheet(values: Values) -> bool:
    """Whether a CSV is for spreadsheets.

    Raises:
        ParameterError: a value that cannot be.
    """
    return read_flag(values, SPREADSHEET)


def page_number(values: Values) -> int:
    """The page of a list, from 1.

    Raises:
        ParameterError: it is no number, or 0.
    """
    number = _number(values, "page", 1)
    if number < 1:
        raise ParameterError(say("page is {page}; pages count from 1", page=number))
    return number


def read_number(values: Values, name: str) -> int | None:
    """A number from 1; None where none is given.

    Raises:
        ParameterError: it is no number.
    """
    return _number(values, name, 0) or None


def read_offset(values: Values, name: str) -> int | None:
    """A number from 0; None where none is given.

    Raises:
        ParameterError: it is no number.
    """
    return _number(values, name, 0) if _first(values, name).strip() else None


def number_within(values: Values, name: str, default: int, least: int, most: int) -> int:
    """A whole number within limits.

    Raises:
        ParameterError: it is no number, or beyond a limit.
    """
    value = _first(values, name).strip()
    if not value:
        return default
    if not _NUMBER.fullmatch(value) or not least <= int(value) <= most:
        raise ParameterError(
            say(
                "{name} is “{value}”; give a whole number from {least} to {most}",
                name=name,
                value=abbreviate(value),
                least=least,
                most=most,
            )
        )
    return int(value)


def read_choice(values: Values, name: str, default: Choice, choices: Iterable[Choice]) -> Choice:
    """One of several values.

    Raises:
        ParameterError: it is another.
    """
    value = _first(values, name).strip()
    if not value:
        return default
    known = {choice.value: choice for choice in choices}
    if value not in known:
        raise ParameterError.choice(name, value, known)
    return known[value]


def read_flag(values: Values, name: str) -> bool:
    """Whether a parameter is 1.

    Raises:
        ParameterError: it is neither 0 nor 1.
    """
    return bool(_yes_or_no(values, name))


def _yes_or_no(values: Values, name: str) -> bool | None:
    value = _first(values, name).strip()
    if value not in {"", "0", "1"}:
        raise ParameterError.choice(name, value, ("0", "1"))
    return value == "1" if value else None


def _number(values: Values, name: str, default: int) -> int:
    value = _first(values, name).strip()
    if not value:
        return default
    if _GROUPED.fullmatch(value):
        value = re.sub("[., ]", "", value)
    if not _NUMBER.fullmatch(value):
        raise ParameterError(
            say("{name} is “{value}”; give a whole number from 1", name=name, value=abbreviate(value))
        )
    return min(int(value), _MOST)


def read_state(values: Values, name: str) -> AsOf | None:
    """A state of the archive: a change, or a day; None where none is named. Digits alone are a change.

    Raises:
        ParameterError: it is neither.
    """
    value = _first(values, name).strip()
    if not value or _NUMBER.fullmatch(value):
        return min(int(value), _MOST) if value else None
    typed = None if _RANGE.search(value) else read_dates(value)
    if typed is None or typed.dates.last is None:
        raise ParameterError(
            say(
                "{name} is “{value}”; give the number of a change, or a day as in 2026-11-30",
                name=name,
                value=abbreviate(value),
            )
        )
    return typed.dates.last


def _sort(values: Values) -> Sort:
    value = _first(values, "sort").strip()
    if not value:
        return Sort.RELEVANCE
    if value not in set(Sort):
        raise ParameterError.choice("sort", value, Sort)
    return Sort(value)


def _chosen(values: Values, name: FacetName, parameter: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(values.getlist(parameter)))
    if form := FACETS[name].form:
        for value in chosen:
            if value and not form.pattern.fullmatch(value):
                raise ParameterError(form.refusal(abbreviate(value)))
    return chosen


def _day(values: Values, name: str, end: int) -> date | None:
    """The first (``end`` 0) or last (-1) day of the date typed; None where none is."""
    value = _first(values, name).strip()
    if not value:
        return None
    typed = None if _RANGE.search(value) else read_dates(value)
    if typed is None or typed.dates.first is None or typed.dates.last is None:
        raise ParameterError(
            say(
                "{name} is “{value}”, which is no date; write it as 2013, 5/2013, 26/5/2013 or 2013-05-26",
                name=name,
                value=abbreviate(value),
            )
        )
    return (typed.dates.first, typed.dates.last)[end]
