"""Where are the syllables of a text?

A syllable is a run of letters with their marks, or a run of digits: "50kg" is 50 and kg, "TP.HCM"
is tp and hcm, "13/9" is 13 and 9. Offsets count characters of the original text, in whatever Unicode form
it is; the term is the normalised form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.normal_form import INVISIBLE, INVISIBLE_LETTERS
from indexer.text.normalise import normalise

MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LETTER = rf"[^\W\d_{INVISIBLE_LETTERS}]"
_LATIN = r"[A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]"  # some of these letters: a run of them is found twice as fast
TOKEN = re.compile(
    rf"[^\W\d_]{_LATIN}*+(?:(?:{_LETTER}|[{MARKS}{INVISIBLE}])++)?+|\d[0-9]*+(?:\d|[{INVISIBLE}])*+"
)


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable of a text: ``text[start:end]`` in the original, and its normalised term."""

    term: str
    start: int
    end: int


def syllables(text: str) -> Iterator[Syllable]:
    """The syllables of a text in order; offsets count characters (code points) from 0.

    >>> [(s.term, s.start, s.end) for s in syllables("TP.HCM, 50kg")]
    [('tp', 0, 2), ('hcm', 3, 6), ('50', 8, 10), ('kg', 10, 12)]
    """
    for token in TOKEN.finditer(text):
        yield Syllable(normalise(token[0]), token.start(), token.end())


def terms(text: str) -> list[str]:
    """The normalised terms of a text in order."""
    return [normalise(token) for token in TOKEN.findall(text)]
