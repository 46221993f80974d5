"""Which readings of the units typed without marks do the matching articles hold?

Each reading has the number of matching articles that hold it, and the query that finds just these: the parsed
query with the reading in place of the unit, written again as understood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.query import Match, Query, ambiguous_matches, join_words
from indexer.text.readings import varies
from indexer.tiers import required_units, tiers
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, render_query
from search_app.query.grammar.tree import assemble, take_apart
from search_app.query.grammar.units import as_unit

SHOWN = 8
"""Readings of one word that are shown, at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a typed word or unit.

    Attributes:
        text: the terms, such as đà nẵng.
        count: number of matching articles that hold it.
        query: finds these articles alone, without expansions; empty where it would be too long.
    """

    text: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class WordReadings:
    """A typed unit and its readings, the most frequent first; ``more`` is the number of those not shown."""

    typed: str
    readings: tuple[Reading, ...]
    more: int


def word_readings(query: Query, counts: Mapping[str, Mapping[str, int]]) -> tuple[WordReadings, ...]:
    """The words of a query of which the matching articles hold several readings.

    Args:
        query: the parsed query, without expansions.
        counts: by the label of each ambiguous unit (indexer.query.ambiguous_matches), the number of matching
            articles of each reading, the most frequent first.

    >>> duong, xa = Match("duong", ("duong",)), Match("xa", ("xa",))
    >>> query = assemble([(duong,), (xa,)], [])
    >>> word_readings(query, {"duong": {"đường": 8, "dương": 2}, "xa": {"xa": 9}})[0].readings[0].query
    'đường xa'
    """
    words: dict[str, WordReadings] = {}
    for match in _meant(query):
        terms = counts.get(match.label, {})
        if len(terms) > 1 and match.label not in words:
            shown = list(terms.items())[:SHOWN]
            readings = tuple(
                Reading(term, count, _text(read_as(query, match, term))) for term, count in shown
            )
            words[match.label] = WordReadings(match.label, readings, len(terms) - len(shown))
    return tuple(words.values())


def _meant(query: Query) -> Iterator[Match]:
    """The matches with several readings, but for those that only ask."""
    loose, _ = tiers(query, expanded=False)
    aside = set(loose.unit_matches) if loose else set()
    aside -= {required.unit for required in required_units(loose)} if loose else set()
    return (match for match in ambiguous_matches(query) if match not in aside)


def read_as(query: Query, typed: Match, reading: str) -> Query:
    """The query that matches those of its articles that hold one reading of a unit.

    Where every article must have the unit, the reading takes its place. Elsewhere, as under OR, the reading
    becomes one more part that binds.

    Args:
        typed: the unit, as one match.
        reading: its terms, joined by spaces.
    """
    meant = _reading_of(reading)
    units, bound = take_apart(query)
    joined = list(map(join_words, units))
    if typed in joined and meant.complete:
        return assemble(
            [unit for unit, match in zip(units, joined, strict=True) if match != typed], [meant, *bound]
        )
    if typed in joined:
        fresh = as_unit(meant)
        return assemble(
            [fresh if match == typed else unit for unit, match in zip(units, joined, strict=True)], bound
        )
    if typed in bound:
        return assemble(units, [meant if each == typed else each for each in bound])
    return assemble(units, [*bound, meant])


def _reading_of(reading: str) -> Match:
    """A reading as a match of its own; in quotes where without them other marks would match too."""
    terms = tuple(reading.split(" "))
    match = Match(reading, terms)
    if any(not typed.complete and varies(typed) for typed in match.typed):
        return replace(match, complete=True)
    return match


def _text(query: Query) -> str:
    text = render_query(query)
    return text if len(text) <= MAX_UNDERSTOOD_CHARACTERS else ""
