"""In which order do Vietnamese names stand? As a dictionary sorts them.

Syllable by syllable: first by its letters (a ă â b c d đ e ê … o ô ơ … u ư …), then by its tone (none,
huyền, hỏi, ngã, sắc, nặng). Numbers stand by their value, before letters; what is left is the text itself.
"""

import re
import unicodedata
from functools import lru_cache

from indexer.text.normalise import normalise
from indexer.text.tones import split_tone

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: rank for rank, letter in enumerate(_LETTERS)}
_AFTER = len(_LETTERS)
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")

_DIGITS = 1_000
"""So many digits of a number are looked at: int() refuses some thousands."""

Syllable = tuple[int, int, tuple[int, ...], int]
Key = tuple[tuple[Syllable, ...], str]


@lru_cache(maxsize=1 << 14)
def collation_key(text: str) -> Key:
    """What orders a text among others.

    >>> sorted(["Ế", "Đà Nẵng", "Dầu", "Quận 10", "E", "Quận 2", "Ban", "Bán", "Bàn"], key=collation_key)
    ['Ban', 'Bàn', 'Bán', 'Dầu', 'Đà Nẵng', 'E', 'Ế', 'Quận 2', 'Quận 10']
    """
    return tuple(map(_syllable, _PIECES.findall(normalise(text)))), text


def _syllable(piece: str) -> Syllable:
    if piece[0] in "0123456789":
        return 0, int(piece[:_DIGITS]), (), 0
    bare, tones = split_tone(piece)
    return 1, 0, tuple(map(_rank, bare)), _TONES.get(tones, len(_TONES))


def _rank(letter: str) -> int:
    """A letter of the alphabet by its place; others by the letter they are made of, else after all."""
    if letter in _RANKS:
        return _RANKS[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return _RANKS.get(base, _AFTER + ord(letter))
