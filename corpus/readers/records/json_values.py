"""How is JSON decoded? To values that cannot crash the reader, or to one clear refusal."""

import json

from corpus.errors import ImpossibleValueError
from corpus.message import say

_LONGEST_NUMBER = 300  # digits; a longer whole number stays a text


class AmbiguousObject(dict[str, object]):
    """An object with two different values for one key; ``key`` is that key."""

    key = ""


def decode_json(text: str, start: int = 0) -> tuple[object, int]:
    """The value that begins at ``start``, and the end of it.

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
    """A refusal with the place in ``text`` at which the JSON is wrong."""
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
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    return _ambiguous(pairs, values)


def _ambiguous(pairs: list[tuple[str, object]], values: dict[str, object]) -> dict[str, object]:
    for key, value in pairs:
        if values[key] != value:
            marked = AmbiguousObject(values)
            marked.key = key
            return marked
    return values


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole_number)
