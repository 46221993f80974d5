"""How can a word typed without marks be narrowed to one of its readings? Counts, each with its query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.query import Typed
from indexer.text.normalise import normalise
from indexer.text.readings import varies
from indexer.text.syllables import TOKEN

SHOWN = 8
"""Readings of a word that are shown, the most frequent first."""

_QUOTED = re.compile(r'("[^"]*"?)')


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a typed word: how many matching articles hold it, and the query that asks for it."""

    text: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class WordReadings:
    """A typed word and its readings, the most frequent first; ``more`` are left out."""

    typed: str
    readings: tuple[Reading, ...]
    more: int


def word_readings(query: str, counts: Mapping[str, Mapping[str, int]]) -> tuple[WordReadings, ...]:
    """The words of a typed query that are read in several ways.

    >>> word_readings("duong xa", {"duong": {"đường": 8, "dương": 2}, "xa": {"xa": 9}})[0].readings[1].query
    '"dương" xa'
    """
    found = []
    for typed, terms in counts.items():
        if len(terms) > 1:
            shown = list(terms.items())[:SHOWN]
            readings = tuple(Reading(term, count, _read_as(query, typed, term)) for term, count in shown)
            found.append(WordReadings(typed, readings, len(terms) - len(shown)))
    return tuple(found)


def _read_as(query: str, typed: str, term: str) -> str:
    """The query with every unquoted place of a typed word as one of its readings.

    One without its tone mark stands in quotes: without them it would mean others too.
    """
    wanted = normalise(typed)
    said = f'"{term}"' if varies(Typed(term, complete=False, prefix=False)) else term

    def swap(found: re.Match[str]) -> str:
        return said if normalise(found[0]) == wanted else found[0]

    pieces = _QUOTED.split(query)
    return "".join(piece if place % 2 else TOKEN.sub(swap, piece) for place, piece in enumerate(pieces))
