"""What could not be understood as typed, and where does it stand?

One function a problem: its code is stable, its message says what, the value and the remedy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.places import MAX_SLOP

DATE_FORMS = "2013, 2013-05, 2013-05-26, 26/5/2013, 5/2013, 2013..2015-06, 2013.., ..2013"


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the query that was understood otherwise than it may have been meant.

    Attributes:
        code: stable name of the problem.
        start, end: characters of the text as typed.
    """

    code: str
    message: Message
    start: int
    end: int


def joined(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of their places, equal ones that touch made one: "))))"."""
    result: list[Problem] = []
    for problem in sorted(problems, key=lambda each: (each.start, each.end, each.code)):
        last = result[-1] if result else None
        if (
            last
            and last.end == problem.start
            and (last.code, last.message) == (problem.code, problem.message)
        ):
            result[-1] = Problem(last.code, last.message, last.start, problem.end)
        else:
            result.append(problem)
    return tuple(result)


def unclosed_quote(start: int, end: int) -> Problem:
    """A quotation mark without its partner."""
    message = say('A quotation mark is not closed: what follows is searched as words. Close it: "giá vàng"')
    return Problem("unclosed-quote", message, start, end)


def empty_quotes(start: int, end: int) -> Problem:
    """Quotation marks around nothing that can be searched."""
    message = say('There is no word between the quotation marks: write the phrase in them, as in "giá vàng"')
    return Problem("empty-quotes", message, start, end)


def slop_without_number(start: int, end: int) -> Problem:
    """``"a b"~`` without its number."""
    message = say(
        "~ is left out: write how many other syllables may stand between, 0 to {most}, "
        'directly after it, as in "giá vàng"~5',
        most=MAX_SLOP,
    )
    return Problem("slop-without-number", message, start, end)


def slop_too_wide(typed: str, start: int, end: int) -> Problem:
    """``"a b"~999``."""
    message = say("~{typed} is wider than can be searched: ~{most} is taken", typed=typed, most=MAX_SLOP)
    return Problem("slop-too-wide", message, start, end)


def slop_out_of_place(typed: str, start: int, end: int) -> Problem:
    """``giá~3``, ``"giá"~3``, ``từ:"học sinh"~3``."""
    message = say(
        '{typed} is left out: ~ belongs after a phrase of two or more syllables, as in "giá vàng"~5',
        typed=typed,
    )
    return Problem("slop-out-of-place", message, start, end)


def star_out_of_place(typed: str, start: int, end: int) -> Problem:
    """``*abc``, ``a*b``, ``*``."""
    message = say(
        "The star in {typed} is left out: it belongs directly after the beginning of a word, as in tuyê*",
        typed=typed,
    )
    return Problem("star-out-of-place", message, start, end)


def operator_alone(typed: str, start: int, end: int) -> Problem:
    """An operator that lacks what it joins."""
    message = say(
        "{typed} joins nothing here and is searched as a word: "
        "write what it joins beside it, as in vàng OR bạc, vàng AND bạc, vàng NOT bạc",
        typed=typed,
    )
    return Problem("operator-alone", message, start, end)


def minus_alone(start: int, end: int) -> Problem:
    """A minus before nothing that can be searched."""
    message = say("The minus stands before nothing and is left out: write it before a word, as in -bạc")
    return Problem("minus-alone", message, start, end)


def capitals(typed: str, start: int, end: int) -> Problem:
    """An English operator in a query typed in capitals throughout."""
    message = say(
        "{typed} is searched as a word, because the whole query is in capitals: "
        "write the other words in small letters to make it an operator",
        typed=typed,
    )
    return Problem("capitals", message, start, end)


def unknown_field(typed: str, names: str, start: int, end: int) -> Problem:
    """``abc:def``."""
    message = say(
        "There is no field {typed}: it is searched as a word. The fields are {names}",
        typed=typed,
        names=names,
    )
    return Problem("unknown-field", message, start, end)


def field_empty(typed: str, start: int, end: int) -> Problem:
    """A field without its value."""
    message = say(
        "{typed}: has no value and is searched as a word: write the value directly after the colon",
        typed=typed,
    )
    return Problem("field-empty", message, start, end)


def not_a_date(typed: str, start: int, end: int) -> Problem:
    """A date that cannot be, or is not one."""
    message = say(
        "{typed} is not a date from 1600 to 2199 and is searched as words: write {forms}",
        typed=typed,
        forms=DATE_FORMS,
    )
    return Problem("not-a-date", message, start, end)


def dates_reversed(typed: str, start: int, end: int) -> Problem:
    """A range whose end comes before its beginning."""
    message = say("{typed} ends before it begins: it is searched the other way round", typed=typed)
    return Problem("dates-reversed", message, start, end)


def group_unclosed(start: int, end: int) -> Problem:
    """An opening parenthesis without its partner."""
    message = say("A parenthesis is not closed: the group goes on to the end. Close it with )")
    return Problem("group-unclosed", message, start, end)


def group_unopened(start: int, end: int) -> Problem:
    """A closing parenthesis without its partner."""
    message = say("A closing parenthesis has no opening one and is left out: write ( where the group begins")
    return Problem("group-unopened", message, start, end)


def group_empty(start: int, end: int) -> Problem:
    """Parentheses around nothing that can be searched."""
    message = say("There is nothing between the parentheses: write a group in them, as in (vàng OR bạc)")
    return Problem("group-empty", message, start, end)


def group_too_deep(most: int, start: int, end: int) -> Problem:
    """Parentheses within parentheses past the stated depth."""
    message = say(
        "Parentheses are nested deeper than {most}: these are left out, what they hold is searched as words",
        most=most,
    )
    return Problem("group-too-deep", message, start, end)


def nothing_to_search(start: int, end: int) -> Problem:
    """A query of punctuation alone."""
    message = say("There is no letter or digit to search for, so every article is shown: write a word")
    return Problem("nothing-to-search", message, start, end)
