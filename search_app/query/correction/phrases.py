"""How much likelier do its neighbours on both sides make a candidate?

What each neighbour by itself leaves open, both settle: "chợ nỗi tan" is "chợ nổi tan" where that is printed.
"""

import math
from collections.abc import Callable, Iterator, Sequence

from indexer.engine import IndexReader
from indexer.query import Match, Question
from search_app.query.correction.typed import TypedSyllable

Phrase = tuple[str, ...]
"""Syllables in a row."""

CountPhrase = Callable[[Phrase], int]
"""How many articles hold a phrase."""

_LENGTH = 3
_HALF = 0.5  # articles that hold what none holds


def phrase_gain(typed: Sequence[TypedSyllable], place: int, meant: str, count: CountPhrase) -> float:
    """How much likelier a phrase is with a candidate: a natural logarithm; 0 where there is no phrase."""
    gains = (
        math.log((count(changed) + _HALF) / (count(as_typed) + _HALF))
        for as_typed, changed in _phrases(typed, place, meant)
    )
    return max(gains, default=0.0)


def count_phrase(reader: IndexReader, phrase: Phrase) -> int:
    """How many articles hold a phrase, marks included where one of its syllables bears any."""
    match = Match(" ".join(phrase), phrase)
    return reader.search(Question(match, size=0, expanded=False)).total


def _phrases(typed: Sequence[TypedSyllable], place: int, meant: str) -> Iterator[tuple[Phrase, Phrase]]:
    """The phrases of three typed words that a place is in: as typed, and with the candidate."""
    for first in range(max(0, place - _LENGTH + 1), min(place, len(typed) - _LENGTH) + 1):
        run = typed[first : first + _LENGTH]
        if all(len(one.parts) == 1 for one in run) and all(one.spaced for one in run[1:]):
            as_typed = tuple(one.parts[0] for one in run)
            yield as_typed, (*as_typed[: place - first], meant, *as_typed[place - first + 1 :])
