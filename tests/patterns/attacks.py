"""Which strings make a pattern slow? Strings grown from the pattern's own parts.

Each is a run: something in front, one short piece repeated, something behind that may keep the whole from
matching. Pieces are what the repeated parts of the pattern match, what stands before them, every letter that
tells two of its classes apart, and letters that are odd to many patterns.
"""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

_PARSER = importlib.import_module("re._parser")
_OPCODES = importlib.import_module("re._constants")

_ODD = "\u115f\u00ad\u00a0\n\u0301a\u0111A1_ .\x00"
"""An invisible letter, an invisible sign, white space that is not ASCII, a mark; a letter of each kind."""
_LONG = 32  # repeats from which a part can make a run
_SAMPLES = 6
_ENDINGS = ("", "\n\x00", "\n1", "!a")


@dataclass(frozen=True, slots=True)
class Attack:
    """``front``, then ``piece`` again and again, then ``behind``."""

    front: str
    piece: str
    behind: str

    def of_length(self, length: int) -> str:
        """The attack in about so many characters."""
        return self.front + self.piece * (length // len(self.piece)) + self.behind


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """What the pattern is tried with; characters of a pattern of bytes are Latin-1."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = _PARSER.parse(source, pattern.flags & ~re.DEBUG)
    letters = _letters(parsed)
    runs = dict.fromkeys(_runs(parsed, [""], letters))
    seen: set[Attack] = set()
    for front, piece in [*(("", letter) for letter in letters), *runs]:
        for behind in _ENDINGS:
            attack = Attack(front, piece, behind)
            if piece and attack not in seen:
                seen.add(attack)
                yield attack


def _runs(parsed: Any, before: list[str], letters: list[str]) -> Iterator[tuple[str, str]]:
    """What stands before each repeated part and what it repeats, at any depth; ``before``: of the whole."""
    for place, (operation, argument) in enumerate(parsed):
        if _repeats(operation):
            _, most, body = argument
            bodies = _texts(body, letters)
            if most >= _LONG:
                yield from _pieces(before, bodies)
                for behind in _texts(parsed[place + 1 :], letters):
                    yield from (
                        (front, piece + behind) for front in ("", *before[:2]) for piece in bodies[:2]
                    )
            yield from _runs(body, before, letters)
        for part in _parts(operation, argument):
            yield from _runs(part, before, letters)
        before = _joined(before, _texts([(operation, argument)], letters))


def _pieces(before: list[str], bodies: list[str]) -> Iterator[tuple[str, str]]:
    """The runs of one repeated part: its texts, two in turn, and with what stands before at every start."""
    for front in ("", *before[:3]):
        yield from ((front, piece) for piece in bodies)
        yield from ((front, one + other) for one, other in product(bodies[:4], repeat=2) if one != other)
    for front in before:
        yield "", front
        yield from (("", front + piece) for piece in bodies[:3])


def _repeats(operation: Any) -> bool:
    return operation in {_OPCODES.MAX_REPEAT, _OPCODES.MIN_REPEAT, _OPCODES.POSSESSIVE_REPEAT}


def _parts(operation: Any, argument: Any) -> Iterable[Any]:
    """The patterns within a part, repeats apart."""
    if operation is _OPCODES.SUBPATTERN:
        return [argument[-1]]
    if operation is _OPCODES.BRANCH:
        return list(argument[1])
    if operation in {_OPCODES.ASSERT, _OPCODES.ASSERT_NOT}:
        return [argument[1]]
    if operation is _OPCODES.ATOMIC_GROUP:
        return [argument]
    return []


def _texts(parsed: Any, letters: list[str]) -> list[str]:
    """A few texts that the sequence matches, or nearly: what it asserts is not looked at."""
    texts = [""]
    for operation, argument in parsed:
        texts = _joined(texts, _texts_of_part(operation, argument, letters))
    return texts


def _joined(texts: list[str], others: list[str]) -> list[str]:
    """Each followed by some other, the few that differ most: every one of both is there."""
    count = max(len(texts), len(others))
    paired = (texts[number % len(texts)] + others[number % len(others)] for number in range(count))
    return list(dict.fromkeys(paired))[:_SAMPLES]


def _texts_of_part(operation: Any, argument: Any, letters: list[str]) -> list[str]:
    if operation is _OPCODES.BRANCH:
        return [text for part in argument[1] for text in _texts(part, letters)[:2]][: 2 * _SAMPLES]
    if _repeats(operation):
        least, _, body = argument
        shortest = [] if least else [""]
        return [*(text * max(least, 1) for text in _texts(body, letters)), *shortest]
    if operation is _OPCODES.ASSERT_NOT:
        return [""]
    if parts := _parts(operation, argument):
        return [text for part in parts for text in _texts(part, letters)] or [""]
    matched = (letter for letter in letters if _matches(operation, argument, letter))
    return list(islice(matched, _SAMPLES)) or [""]


def _letters(parsed: Any) -> list[str]:
    """Letters that tell the pattern's classes apart: its literals, the ends of its ranges, and odd ones."""
    return list(dict.fromkeys([*islice(_literals(parsed), 40), *_ODD]))


def _literals(parsed: Any) -> Iterator[str]:
    for operation, argument in parsed:
        if operation in {_OPCODES.LITERAL, _OPCODES.NOT_LITERAL}:
            yield chr(argument)
        elif operation is _OPCODES.RANGE:
            yield chr(argument[0])
        elif operation is _OPCODES.IN:
            yield from _literals(argument)
        elif _repeats(operation):
            yield from _literals(argument[2])
        for part in _parts(operation, argument):
            yield from _literals(part)


def _matches(operation: Any, argument: Any, letter: str) -> bool:
    """Whether one letter is matched by a part of one character."""
    if operation is _OPCODES.IN:
        negated = argument[0][0] is _OPCODES.NEGATE
        return negated != any(_matches(kind, value, letter) for kind, value in argument)
    test = _TESTS.get(operation)
    return test is not None and bool(test(argument, letter))


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}

_TESTS: dict[Any, Callable[[Any, str], object]] = {
    _OPCODES.LITERAL: lambda code, letter: chr(code) == letter,
    _OPCODES.NOT_LITERAL: lambda code, letter: chr(code) != letter,
    _OPCODES.ANY: lambda _, letter: letter != "\n",
    _OPCODES.RANGE: lambda codes, letter: codes[0] <= ord(letter) <= codes[1],
    _OPCODES.CATEGORY: lambda name, letter: re.match(_CATEGORIES[str(name)], letter),
}
