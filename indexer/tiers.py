"""Into which tiers do the articles of a query fall, and which of its words must an article have?

Words typed side by side are cut into units (indexer.query.Words). What binds binds in every tier:

0. Matches: every unit stands together.
1. Scattered: every word stands in the article, but the words of some unit do not stand together.
2. Partial: some words stand there, in any reading of their letters.

Up to FEW_UNITS units the tiers come in this order; from then on, and where several units of many words bear
no mark, the best score comes first (measured in docs/relevance.md). In a question, units that only ask need
not stand anywhere, for articles that answer do not repeat them; nor need the words of a date, for the topic
decides what is found.
"""

from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from indexer.fields import TEXT_FIELDS
from indexer.other_readings import widest_match
from indexer.query import And, Match, Query, Words, join_words, without_labels
from indexer.question_words import asking_places

FEW_UNITS = 3
"""Up to so many units, the tiers come in order, whatever the scores: each unit is meant."""

FEW_WORDS = 3
"""A query of up to so many words is not taken for a question."""


class Tier(IntEnum):
    """The tiers, the first one first."""

    MATCHES = 0
    SCATTERED = 1
    PARTIAL = 2


@lru_cache(maxsize=256)
def tiers(query: Query, *, expanded: bool) -> tuple[Words | None, tuple[Query, ...]]:
    """The words of which an article of a later tier may lack some, and the clauses that it must match.

    The words are the Words at the root or in the root's And, or a single word with other readings. Words
    elsewhere in the query are an And.
    """
    children = query.children if isinstance(query, And) else (query,)
    in_text = [child for child in children if isinstance(child, Match) and child.field in TEXT_FIELDS]
    for place, child in enumerate(children):
        others = children[:place] + children[place + 1 :]
        if isinstance(child, Words):
            return child, others
        if in_text == [child] and widest_match(in_text[0], expanded=expanded) != child:
            return Words((in_text[0],)), others
    return None, children


class RequiredUnit(NamedTuple):
    """A unit that a match must hold in a row, and its words, of which the scattered tier asks."""

    unit: Match
    words: tuple[Match, ...]


@lru_cache(maxsize=256)
def required_units(words: Words) -> tuple[RequiredUnit, ...]:
    """The distinct units that a match must hold: all but those that only ask, and dates in words."""
    aside, representatives = words_aside(words), words.representatives
    units: dict[Match, RequiredUnit] = {}
    others: dict[Match, RequiredUnit] = {}
    last = 0
    for own in words.words_by_unit:
        first, last = last, last + len(own)
        equal_words = representatives[first:last]  # with the expansions of a word wherever it is typed
        joined = replace(join_words(equal_words), label=join_words(own).label)
        unit = RequiredUnit(joined, equal_words)
        is_aside = aside.issuperset(range(first, last))
        (others if is_aside else units).setdefault(without_labels(unit.unit), unit)
    if not units and any(not word.in_date for word in words.children):
        return tuple(others.values())  # only asking words: they are what is looked for
    return tuple(units.values())


@lru_cache(maxsize=256)
def required_words(words: Words) -> tuple[Match, ...]:
    """The distinct words of the units that a match must hold, in typed order."""
    return tuple(dict.fromkeys(word for unit in required_units(words) for word in unit.words))


@lru_cache(maxsize=256)
def words_that_ask(words: Words) -> frozenset[int]:
    """The places of the words that only ask; none where the words are too few for a question."""
    return asking_places(words.children) if len(words.distinct) > FEW_WORDS else frozenset()


def words_aside(words: Words) -> frozenset[int]:
    """The places of the words that a match need not hold, and that weigh less: those that ask, and dates."""
    dated = {place for place, word in enumerate(words.children) if word.in_date}
    return words_that_ask(words) | dated


def is_short(query: Query) -> bool:
    """Whether a query has so few words that it is not taken for a question."""
    words, _ = tiers(query, expanded=False)
    return words is None or len(words.distinct) <= FEW_WORDS


def is_tiered(query: Query) -> bool:
    """Whether the tiers come in order, whatever the scores.

    They do for a few units, each of which is meant. A question or a headline is a bag of words: the best
    score comes first, with what it lacks. So it does where several units of many words are typed without any
    mark: which words belong together is then a guess, and a wrong one must not hide the best article.
    """
    words, _ = tiers(query, expanded=False)
    if words is None:
        return True
    units = len(required_units(words))
    return units <= FEW_UNITS and not (
        units > 1 and len(words.distinct) > FEW_WORDS and not any(word.is_marked for word in words.children)
    )
