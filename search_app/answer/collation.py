"""In which order does a Vietnamese dictionary sort names?

Names are compared syllable by syllable: by letters (a ă â b c d đ e ê … o ô ơ … u ư …), then by tone (none,
huyền, hỏi, ngã, sắc, nặng). Numbers come before letters, by their value. Texts that are equal so far are
compared as strings.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.tones import split_tone
from indexer.text.normalise import normalise

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: rank for rank, letter in enumerate(_LETTERS)}
_AFTER = len(_LETTERS)
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")

_DIGITS = 1_000
"""Digits of a number that are compared; int() refuses numbers of more than some thousand digits."""

Syllable = tuple[int, int, tuple[int, ...], int]
"""The key of a number (0, value, (), 0) or of a syllable (1, 0, ranks of its letters, rank of its tone)."""

Key = tuple[tuple[Syllable, ...], str]
"""The key of a text: those of its syllables, then the text itself."""


@lru_cache(maxsize=1 << 14)
def collation_key(text: str) -> Key:
    """The key by which ``sorted`` puts texts in the order of a dictionary.

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
    """The rank of a letter in the alphabet, or of its base letter if it has another mark; else after all."""
    if letter in _RANKS:
        return _RANKS[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return _RANKS.get(base, _AFTER + ord(letter))
