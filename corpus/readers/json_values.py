"""What does a piece of JSON say? Values that never crash the reader, or one clear refusal."""

import json
from collections.abc import Iterable

from corpus.errors import ImpossibleValueError
from corpus.message import say

DEEPEST = 100  # lists and objects in each other; what takes a value apart calls itself for each
_LONGEST_NUMBER = 300  # digits; a longer whole number is kept as its text


class AmbiguousObject(dict[str, object]):
    """An object that gives one key two different values; ``key`` is that key."""

    key = ""


def decode(text: str, start: int = 0) -> tuple[object, int]:
    """The value that begins at ``start``, and where it ends.

    Raises:
        ImpossibleValueError: "bad-json" with line and column, "too-deep".
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise bad_json(error.msg, text, error.pos) from error
    except RecursionError as error:
        raise _too_deep() from error
    if isinstance(value, dict) and text.count("[", start, end) + text.count("{", start, end) > DEEPEST:
        check_depth(value)  # of what is no object, nothing is asked but that it is none
    return value, end


def check_depth(value: object) -> None:
    """Refuses a value that is nested deeper than any article.

    Raises:
        ImpossibleValueError: "too-deep".
    """
    within = [value]
    for _ in range(DEEPEST):
        within = [part for outer in within for part in _parts(outer)]
        if not within:
            return
    raise _too_deep()


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple | set) else ()


def _too_deep() -> ImpossibleValueError:
    message = say("the record's brackets are nested too deep to read; flatten it")
    return ImpossibleValueError("too-deep", message)


def bad_json(problem: str, text: str, position: int) -> ImpossibleValueError:
    """A refusal that says where in ``text`` the JSON breaks."""
    where = json.JSONDecodeError(problem, text, position)
    return ImpossibleValueError(
        "bad-json",
        say(
            "this is not JSON: {problem} at line {line}, column {column} ({value}); mend it and import again",
            problem=problem,
            line=where.lineno,
            column=where.colno,
            value=ascii(text[position : position + 20]),
        ),
    )


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    return _ambiguous(pairs, found)


def _ambiguous(pairs: list[tuple[str, object]], found: dict[str, object]) -> dict[str, object]:
    for key, value in pairs:
        if found[key] != value:
            marked = AmbiguousObject(found)
            marked.key = key
            return marked
    return found


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole_number)
