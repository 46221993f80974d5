"""Which matches of a query count towards the score, and with which boost?

A typed word with marks, "đường", matches đường. All readings of its letters (duong, dương, …) are added to
the query with a boost of their own, and let an article into the second tier. Quotes, fields and segmented
words have no other readings. How close typed words are to each other counts separately: indexer.proximity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.query import TEXT_FIELDS, And, Field, Match, Query, Typed, Words, scoring_matches
from indexer.question_words import question_words
from indexer.text.fold import fold
from indexer.text.readings import same_spelling

MATCH_BOOST = 0.5
READINGS_BOOST = 0.5
QUESTION_WORD_BOOST = 0.25
"""The boost of a word that only asks, in a question (see question_words)."""

FEW_WORDS = 3
"""Up to so many typed words, articles with all of them come first, whatever their score."""


@dataclass(frozen=True, slots=True)
class BoostedMatch:
    """A match that is scored with a boost: its BM25 weight is multiplied by it."""

    boost: float
    match: Match


def with_all_readings(match: Match) -> Match | None:
    """The match without marks, which means all readings of its letters; None where it has none, or they bind.

    >>> with_all_readings(Match("đường", ("đường",))).syllables, with_all_readings(Match("duong", ("duong",)))
    (('duong',), None)
    """
    if match.complete or match.as_word or match.slop or match.field is not Field.TEXT:
        return None
    folded = tuple(map(fold, match.syllables))
    if folded == match.syllables:
        return None
    return replace(match, syllables=folded)


@lru_cache(maxsize=1 << 12)
def boosted_matches(match: Match, *, expanded: bool) -> tuple[BoostedMatch, ...]:
    """The boosted matches of a match, in the order in which they are summed; the boosts sum to 1."""
    readings = with_all_readings(match) if expanded else None
    if readings is None:
        return (BoostedMatch(1.0, match),)
    return BoostedMatch(MATCH_BOOST, match), BoostedMatch(READINGS_BOOST, readings)


def second_tier_match(match: Match, *, expanded: bool) -> Match:
    """The widest of the boosted matches: an article with it is in the second tier."""
    return boosted_matches(match, expanded=expanded)[-1].match


def other_reading_of(match: Match, *, expanded: bool) -> Typed | None:
    """The typed syllable without its marks, for other readings of it; None where it has none."""
    readings = second_tier_match(match, expanded=expanded)
    return readings.typed[0] if readings != match and len(readings.typed) == 1 else None


def tiers(query: Query, *, expanded: bool) -> tuple[Words | None, tuple[Query, ...]]:
    """The words of which an article of the second tier may lack some, and the clauses that it must match.

    The words are the Words at the root or in the root's And, or a single word with other readings. Words
    elsewhere in the query are an And.
    """
    children = query.children if isinstance(query, And) else (query,)
    in_text = [child for child in children if isinstance(child, Match) and child.field in TEXT_FIELDS]
    for place, child in enumerate(children):
        others = children[:place] + children[place + 1 :]
        if isinstance(child, Words):
            return child, others
        if in_text == [child] and second_tier_match(in_text[0], expanded=expanded) != child:
            return Words((in_text[0],)), others
    return None, children


@lru_cache(maxsize=64)
def word_boosts(query: Query) -> Mapping[Match, float]:
    """The boosts of words that have one below 1: those of a question that only ask."""
    words, _ = tiers(query, expanded=False)
    if words is None or is_tiered(query):
        return {}
    return dict.fromkeys(question_words(words.children), QUESTION_WORD_BOOST)


@lru_cache(maxsize=64)
def boosted_query(query: Query, *, expanded: bool) -> tuple[tuple[Match, BoostedMatch], ...]:
    """All boosted matches of a query, each with its typed match, in the order in which they are summed."""
    boosts = word_boosts(query)
    return tuple(
        (match, BoostedMatch(boosts.get(match, 1.0) * boosted.boost, boosted.match))
        for match in scoring_matches(query)
        for boosted in boosted_matches(match, expanded=expanded)
    )


def is_tiered(query: Query) -> bool:
    """Whether articles with every word come first, whatever their score.

    They do for a few words, each of which is meant. A question or a headline is a bag of words: the best
    score comes first, with the words that it lacks (measured in docs/relevance.md).
    """
    words, _ = tiers(query, expanded=False)
    return words is None or len(words.children) <= FEW_WORDS


def named_readings(words: Mapping[str, int], terms: Mapping[str, int]) -> dict[str, int]:
    """The counts of words, each under its most frequent spelling.

    Args:
        words: numbers of articles by word (readings.same_spelling of its terms).
        terms: numbers of articles by term.

    >>> named_readings({"hòa": 3, "hoa": 1}, {"hoà": 2, "hòa": 1, "hoa": 1})
    {'hoà': 3, 'hoa': 1}
    """
    names: dict[str, str] = {}
    for term in sorted(terms, key=lambda spelling: (-terms[spelling], spelling)):
        names.setdefault(same_spelling(term), term)
    counts = {names[word]: count for word, count in words.items()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
