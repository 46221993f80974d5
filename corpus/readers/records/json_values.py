"""What does a piece of JSON say? Values that never crash the reader, or one clear refusal."""

import json

from corpus.errors import ImpossibleValueError
from corpus.message import say

_LONGEST_NUMBER = 300  # digits; a longer whole number is kept as its text


class AmbiguousObject(dict[str, object]):
    """An object that gives one key two different values; ``key`` is that key."""

    key = ""


def decode_json(text: str, start: int = 0) -> tuple[object, int]:
    """The value that begins at ``start``, and where it ends.

    Raises:
        ImpossibleValueError: "bad-json" with line and column, "too-deep".
    """
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise bad_json(error.msg, text, error.pos) from error
    except RecursionError as error:
        raise ImpossibleValueError(
            "too-deep", say("the record's brackets are nested too deep to read; flatten it")
        ) from error


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
