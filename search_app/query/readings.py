"""Which readings of the words typed without marks do the matching articles hold?

Each reading has the number of matching articles that hold it, and the query that asks for it alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.query import Typed
from indexer.text.normalise import normalise
from indexer.text.readings import varies
from indexer.text.syllables import TOKEN

SHOWN = 8
"""Readings of one word that are shown, at most."""

_QUOTED = re.compile(r'("[^"]*"?)')


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a typed word.

    Attributes:
        text: the term, such as đường.
        count: number of matching articles that hold it.
        query: the typed query with this reading in place of the word.
    """

    text: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class WordReadings:
    """A typed word and its readings, the most frequent first; ``more`` is the number of those not shown."""

    typed: str
    readings: tuple[Reading, ...]
    more: int


def word_readings(query: str, counts: Mapping[str, Mapping[str, int]]) -> tuple[WordReadings, ...]:
    """The words of a typed query of which the matching articles hold several readings.

    Args:
        counts: for each typed word, the number of matching articles by reading, the most frequent first.

    >>> word_readings("duong xa", {"duong": {"đường": 8, "dương": 2}, "xa": {"xa": 9}})[0].readings[1].query
    '"dương" xa'
    """
    words = []
    for typed, terms in counts.items():
        if len(terms) > 1:
            shown = list(terms.items())[:SHOWN]
            readings = tuple(Reading(term, count, _read_as(query, typed, term)) for term, count in shown)
            words.append(WordReadings(typed, readings, len(terms) - len(shown)))
    return tuple(words)


def _read_as(query: str, typed: str, term: str) -> str:
    """The query with one reading in place of a typed word, wherever the word stands outside quotes.

    A reading that has readings itself, because it lacks a mark, is put in quotes: only there do all marks
    bind.
    """
    wanted = normalise(typed)
    replacement = f'"{term}"' if varies(Typed(term, complete=False, prefix=False)) else term

    def replace_word(token: re.Match[str]) -> str:
        return replacement if normalise(token[0]) == wanted else token[0]

    pieces = _QUOTED.split(query)
    return "".join(
        piece if place % 2 else TOKEN.sub(replace_word, piece) for place, piece in enumerate(pieces)
    )
