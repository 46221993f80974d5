"""What speaks for an article, beside the match itself? Other readings of what is typed.

Typed with its marks, "đường" matches đường. All readings of its letters (duong, dương, …) are weaker
evidence: they share in the score, and let an article into the second tier. Quotes, fields and words
mean what they say. Where typed words stand in an article speaks for it too: indexer.proximity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.fields import TEXT_FIELDS, Field
from indexer.query import And, Match, Query, Typed, Words, scoring_matches
from indexer.question_words import question_words
from indexer.text.fold import fold
from indexer.text.readings import same_spelling

MATCH_BOOST = 0.5
READINGS_BOOST = 0.5
QUESTION_WORD_BOOST = 0.25
"""The part of its weight that a word has in a question which only asks."""

FEW_WORDS = 3
"""Up to so many typed words, articles that hold all of them come first."""


@dataclass(frozen=True, slots=True)
class BoostedMatch:
    """A match that counts with a share of its weight."""

    boost: float
    match: Match


def with_all_readings(match: Match) -> Match | None:
    """All readings of the letters that a match has; None where it means them already, or may not.

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
    """What counts for a match, in the order in which it is summed; the shares make one."""
    readings = with_all_readings(match) if expanded else None
    if readings is None:
        return (BoostedMatch(1.0, match),)
    return BoostedMatch(MATCH_BOOST, match), BoostedMatch(READINGS_BOOST, readings)


def second_tier_match(match: Match, *, expanded: bool) -> Match:
    """What lets an article into the second tier."""
    return boosted_matches(match, expanded=expanded)[-1].match


def other_reading_of(match: Match, *, expanded: bool) -> Typed | None:
    """The letters of a typed syllable, of which an article without it may hold a reading; None: no such."""
    readings = second_tier_match(match, expanded=expanded)
    return readings.typed[0] if readings != match and len(readings.typed) == 1 else None


def tiers(query: Query, *, expanded: bool) -> tuple[Words | None, tuple[Query, ...]]:
    """The words of which an article may lack some, and everything else that binds.

    Those are the Words at the root, or in the root's And; or a single word with other readings.
    Words that stand elsewhere are an And.
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
    """The part of their weight that words have: less than 1 for those of a question that only ask."""
    words, _ = tiers(query, expanded=False)
    if words is None or is_tiered(query):
        return {}
    return dict.fromkeys(question_words(words.children), QUESTION_WORD_BOOST)


@lru_cache(maxsize=64)
def boosted_query(query: Query, *, expanded: bool) -> tuple[tuple[Match, BoostedMatch], ...]:
    """All that counts, with the typed match it counts for, in the order in which it is summed."""
    parts = word_boosts(query)
    return tuple(
        (match, BoostedMatch(parts.get(match, 1.0) * one.boost, one.match))
        for match in scoring_matches(query)
        for one in boosted_matches(match, expanded=expanded)
    )


def is_tiered(query: Query) -> bool:
    """Whether articles that hold every word come first, whatever they score.

    They do for a few words, of which each is meant; a question or a headline is a bag of words, and
    what scores best comes first, saying what it lacks (measured: docs/relevance.md).
    """
    words, _ = tiers(query, expanded=False)
    return words is None or len(words.children) <= FEW_WORDS


def named_readings(words: Mapping[str, int], terms: Mapping[str, int]) -> dict[str, int]:
    """Counts of words under the term that stands for each: the most frequent one.

    Args:
        words: articles by what the spellings of a word share (readings.same_spelling).
        terms: articles by term.

    >>> named_readings({"hòa": 3, "hoa": 1}, {"hoà": 2, "hòa": 1, "hoa": 1})
    {'hoà': 3, 'hoa': 1}
    """
    names: dict[str, str] = {}
    for term in sorted(terms, key=lambda one: (-terms[one], one)):
        names.setdefault(same_spelling(term), term)
    found = {names[word]: count for word, count in words.items()}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
