"""Which matches of a query count towards the score, and with which boost?

All readings of a word's letters (indexer.other_readings) are added to the query with a boost of their own.
Units are scored by their words. How close typed words are to each other counts separately: indexer.proximity.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.other_readings import with_all_readings
from indexer.query import Match, Query, scoring_matches
from indexer.tiers import tiers, words_aside

MATCH_BOOST = 0.5
READINGS_BOOST = 0.5
ASIDE_BOOST = 0.25
"""The boost of a word that only asks, in a question (see question_words), and of a word of a date."""


@dataclass(frozen=True, slots=True)
class BoostedMatch:
    """A match that is scored with a boost: its BM25 weight is multiplied by it."""

    boost: float
    match: Match


@lru_cache(maxsize=1 << 12)
def boosted_matches(match: Match, *, expanded: bool) -> tuple[BoostedMatch, ...]:
    """The boosted matches of a match, in the order in which they are summed; the boosts sum to 1."""
    readings = with_all_readings(match) if expanded else None
    if readings is None:
        return (BoostedMatch(1.0, match),)
    return BoostedMatch(MATCH_BOOST, match), BoostedMatch(READINGS_BOOST, readings)


@lru_cache(maxsize=64)
def word_boosts(query: Query) -> Mapping[Match, float]:
    """The boosts of words that have one below 1: those of a question that only ask, and those of a date."""
    words, _ = tiers(query, expanded=False)
    if words is None:
        return {}
    aside, representatives = words_aside(words), words.representatives
    return dict.fromkeys((representatives[place] for place in sorted(aside)), ASIDE_BOOST)


@lru_cache(maxsize=64)
def boosted_query(query: Query, *, expanded: bool) -> tuple[tuple[Match, BoostedMatch], ...]:
    """All boosted matches of a query, each with its typed match, in the order in which they are summed."""
    boosts = word_boosts(query)
    return tuple(
        (match, BoostedMatch(boosts.get(match, 1.0) * boosted.boost, boosted.match))
        for match in scoring_matches(query)
        for boosted in boosted_matches(match, expanded=expanded)
    )
