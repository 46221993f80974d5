"""Which problems of a typed query are reported, and in which words?

Each problem has a function here. Its code is stable and part of the API; its message says what is wrong, the
value and the remedy. Places are offsets of characters in the text as typed, the end exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.places import MAX_SLOP

DATE_FORMS = "2013, 2013-05, 2013-05-26, 26/5/2013, 5/2013, 2013..2015-06, 2013.., ..2013"


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the query that was perhaps understood otherwise than it was meant.

    Attributes:
        code: stable name of the kind of problem.
        start, end: offsets in the text as typed, the end exclusive.
    """

    code: str
    message: Message
    start: int
    end: int


def merge_adjacent(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of their places; equal ones without a gap, as of "))))", become one."""
    result: list[Problem] = []
    for problem in sorted(problems, key=lambda problem: (problem.start, problem.end, problem.code)):
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
    """A quotation mark that is not closed."""
    message = say('A quotation mark is not closed: what follows is searched as words. Close it: "giá vàng"')
    return Problem("unclosed-quote", message, start, end)


def empty_quotes(start: int, end: int) -> Problem:
    """A phrase in quotes without a letter or digit."""
    message = say('There is no word between the quotation marks: write the phrase in them, as in "giá vàng"')
    return Problem("empty-quotes", message, start, end)


def slop_without_number(start: int, end: int) -> Problem:
    """A window without its number: ``"a b"~``."""
    message = say(
        "~ is left out: write how many other syllables may stand between, 0 to {most}, "
        'directly after it, as in "giá vàng"~5',
        most=MAX_SLOP,
    )
    return Problem("slop-without-number", message, start, end)


def slop_too_wide(typed: str, start: int, end: int) -> Problem:
    """A window that is wider than the index can search: ``"a b"~999``."""
    message = say("~{typed} is wider than can be searched: ~{most} is taken", typed=typed, most=MAX_SLOP)
    return Problem("slop-too-wide", message, start, end)


def slop_out_of_place(typed: str, start: int, end: int) -> Problem:
    """A window after something other than a phrase: ``giá~3``, ``"giá"~3``, ``từ:"học sinh"~3``."""
    message = say(
        '{typed} is left out: ~ belongs after a phrase of two or more syllables, as in "giá vàng"~5',
        typed=typed,
    )
    return Problem("slop-out-of-place", message, start, end)


def star_out_of_place(typed: str, start: int, end: int) -> Problem:
    """A star that does not follow the beginning of a word: ``*abc``, ``a*b``, ``*``."""
    message = say(
        "The star in {typed} is left out: it belongs directly after the beginning of a word, as in tuyê*",
        typed=typed,
    )
    return Problem("star-out-of-place", message, start, end)


def operator_alone(typed: str, start: int, end: int) -> Problem:
    """An operator that lacks an operand."""
    message = say(
        "{typed} joins nothing here and is searched as a word: "
        "write what it joins beside it, as in vàng OR bạc, vàng AND bạc, vàng NOT bạc",
        typed=typed,
    )
    return Problem("operator-alone", message, start, end)


def minus_alone(start: int, end: int) -> Problem:
    """A minus that lacks its operand."""
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
    """A name before a colon that is not a field's: ``abc:def``."""
    message = say(
        "There is no field {typed}: it is searched as a word. The fields are {names}",
        typed=typed,
        names=names,
    )
    return Problem("unknown-field", message, start, end)


def field_empty(typed: str, start: int, end: int) -> Problem:
    """A field without a value."""
    message = say(
        "{typed}: has no value and is searched as a word: write the value directly after the colon",
        typed=typed,
    )
    return Problem("field-empty", message, start, end)


def not_a_date(typed: str, start: int, end: int) -> Problem:
    """A value of ``ngày:`` that is not a date of the calendar."""
    message = say(
        "{typed} is not a date from 1600 to 2199 and is searched as words: write {forms}",
        typed=typed,
        forms=DATE_FORMS,
    )
    return Problem("not-a-date", message, start, end)


def dates_reversed(typed: str, start: int, end: int) -> Problem:
    """A range of dates whose end comes before its beginning."""
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
    """A group without anything to search."""
    message = say("There is nothing between the parentheses: write a group in them, as in (vàng OR bạc)")
    return Problem("group-empty", message, start, end)


def group_too_deep(most: int, start: int, end: int) -> Problem:
    """Parentheses that are nested deeper than ``most``."""
    message = say(
        "Parentheses are nested deeper than {most}: these are left out, what they hold is searched as words",
        most=most,
    )
    return Problem("group-too-deep", message, start, end)


def nothing_to_search(start: int, end: int) -> Problem:
    """A query without a letter or digit."""
    message = say("There is no letter or digit to search for, so every article is shown: write a word")
    return Problem("nothing-to-search", message, start, end)
