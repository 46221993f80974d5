"""Which readings of the words typed without marks do the matching articles hold?

Each reading has the number of matching articles that hold it, and the query that finds just these: the parsed
query with the reading in place of the word, written again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.query import Match, Query, Typed, ambiguous_matches
from indexer.text.readings import varies
from search_app.query.grammar import can_be_asked, render_query
from search_app.query.grammar.tree import assemble, is_plain, take_apart

SHOWN = 8
"""Readings of one word that are shown, at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a typed word.

    Attributes:
        text: the term, such as đường.
        count: number of matching articles that hold it.
        query: finds these articles alone, without expansions; empty where it would be too long.
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


def word_readings(query: Query, counts: Mapping[str, Mapping[str, int]]) -> tuple[WordReadings, ...]:
    """The words of a query of which the matching articles hold several readings.

    Args:
        query: the parsed query, without expansions.
        counts: by the label of each ambiguous word (indexer.query.ambiguous_matches), the number of matching
            articles of each reading, the most frequent first.

    >>> duong, xa = Match("duong", ("duong",)), Match("xa", ("xa",))
    >>> query = assemble([duong, xa], [])
    >>> word_readings(query, {"duong": {"đường": 8, "dương": 2}, "xa": {"xa": 9}})[0].readings[0].query
    'đường xa'
    """
    words: dict[str, WordReadings] = {}
    for match in ambiguous_matches(query):
        terms = counts.get(match.label, {})
        if len(terms) > 1 and match.label not in words:
            shown = list(terms.items())[:SHOWN]
            readings = tuple(
                Reading(term, count, _text(read_as(query, match, term))) for term, count in shown
            )
            words[match.label] = WordReadings(match.label, readings, len(terms) - len(shown))
    return tuple(words.values())


def read_as(query: Query, word: Match, term: str) -> Query:
    """The query that matches those of its articles that hold one reading of a word.

    Where every article must have the word, the reading takes its place. Elsewhere, as under OR, the reading
    becomes one more part that binds.
    """
    meant = Match(term, (term,))
    if varies(Typed(term, complete=False, prefix=False)):  # only in quotes do all marks bind
        meant = Match(term, (term,), complete=True)
    words, bound = take_apart(query)
    if word in words and is_plain(meant):
        return assemble([meant if each == word else each for each in words], bound)
    if word in words:
        return assemble([each for each in words if each != word], [meant, *bound])
    if word in bound:
        return assemble(words, [meant if each == word else each for each in bound])
    return assemble(words, [*bound, meant])


def _text(query: Query) -> str:
    text = render_query(query)
    return text if can_be_asked(text) else ""
