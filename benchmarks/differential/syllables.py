"""Which syllables does a text have, and which of them does a typed syllable mean? By docs/query.md."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_I_OR_Y = re.compile("(h|k|l|m|s|t|qu)[iy]")


class Syllable(NamedTuple):
    """A syllable of a text: its term, and where its characters stand."""

    term: str
    start: int
    end: int


def syllables_of(text: str) -> Iterator[Syllable]:
    """The syllables: runs of letters with their marks, and runs of digits."""
    start: int | None = None
    digits = False
    for place, letter in enumerate(text):
        is_unseen = bool(_UNSEEN.match(letter))
        is_digit = letter.isdecimal()
        is_letter = not is_digit and not is_unseen and (letter.isalnum())
        if start is not None and (
            is_unseen or (is_digit if digits else is_letter or "\u0300" <= letter <= "\u036f")
        ):
            continue
        if start is not None:
            yield Syllable(term_of(text[start:place]), start, place)
            start = None
        if is_digit or is_letter:
            start, digits = place, is_digit
    if start is not None:
        yield Syllable(term_of(text[start:]), start, len(text))


def term_of(token: str) -> str:
    """A token in small letters and NFC, without invisible characters, with đ for what looks like it."""
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", token))
    for alike in "\u00d0\u00f0\u0189\u0256":
        seen = seen.replace(alike, "đ")
    return unicodedata.normalize("NFC", seen.lower())


def without_tone(term: str) -> tuple[str, str]:
    """The letters without marks of tone, and these marks."""
    letters = unicodedata.normalize("NFD", term)
    tones = "".join(letter for letter in letters if letter in _TONES)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare), tones


def bare_letter(letter: str) -> str:
    """A letter without any mark."""
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


def skeleton(term: str) -> str:
    """A term without any mark, and with i for y."""
    return "".join(map(bare_letter, term)).replace("y", "i")


def means(typed: str, term: str, *, quoted: bool) -> bool:
    """Whether a typed syllable means a term: typed marks bind; after a tone mark, and in quotes, all do."""
    if typed == term:
        return True
    (letters, tone), (other, its_tone) = without_tone(typed), without_tone(term)
    letters, other = _one_of_i_and_y(letters), _one_of_i_and_y(other)
    if quoted or tone:
        return (letters, tone) == (other, its_tone)
    return len(letters) == len(other) and _fits(letters, other)


def begins(typed: str, term: str, *, quoted: bool) -> bool:
    """Whether a term begins with a typed syllable, or is meant by it."""
    if term.startswith(typed) or means(typed, term, quoted=quoted):
        return True
    (letters, tone), (other, its_tone) = without_tone(typed), without_tone(term)
    if quoted or tone:
        return other.startswith(letters) and tone in ("", its_tone)
    return len(letters) <= len(other) and _fits(letters, other)


def _fits(letters: str, other: str) -> bool:
    return all(mine in (its, bare_letter(its)) for mine, its in zip(letters, other, strict=False))


def _one_of_i_and_y(letters: str) -> str:
    return letters.replace("y", "i") if _I_OR_Y.fullmatch(letters) else letters
