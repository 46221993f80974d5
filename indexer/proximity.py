"""What does the place of typed words in an article say for it? Side by side, close together, in its head.

- Two typed words that stand side by side, as they were typed, count as a match of their own; so do those of
  an alternative of an OR. Of a few words typed with marks, the very words do so once more.
- Of all stretches of WINDOW syllables in a paragraph, the one that holds most of what was typed speaks for
  an article: each word in it counts once, by its rarity. A sentence that says it all outweighs words strewn
  about.
- Of the readings of a typed word, the word itself comes first, and its very characters first of all, by a
  little.
- What the headline and the lede hold is what an article is about: each word there counts once more.

Only the best articles by their matches are looked at: DEPTH of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

from indexer.boosts import is_tiered, second_tier_match, tiers, word_boosts
from indexer.fields import Field
from indexer.places import PARAGRAPH_GAP, Zone
from indexer.query import And, Match, Or, Query, Question, Typed, Words, scoring_matches
from indexer.text.fold import fold
from indexer.text.readings import varies

RERANK_DEPTH = 700
"""So many of the best articles are looked at."""

PAIR_BOOST = 0.5
EXACT_PAIR_BOOST = 0.5
"""Besides, of a few words typed with marks, for the very words side by side: thuế đất before thuê đất."""
PAIR_IDF = 1.5
"""What standing side by side adds to the rarity of the rarer of two words."""

EXACT_FORM_BOOST = 0.01
"""What the word that was typed is worth before its other readings, and its very characters before the word's
other spellings: enough to come first, other things equal."""

WINDOW = 24
WINDOW_BOOST = 2.0
HEAD_BOOSTS = {Zone.TITLE: 1.0, Zone.LEDE: 0.7}
"""The part of its rarity that a word has in the head of an article: the larger, where it stands in both."""

if WINDOW > PARAGRAPH_GAP:
    raise AssertionError("a window must not reach into the next paragraph")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two typed words that may stand side by side: the last syllable of one, the first of the next.

    Attributes:
        share: of its weight that counts.
    """

    first: Typed
    second: Typed
    words: tuple[Match, Match]
    boost: float

    @property
    def label(self) -> str:
        """The two words as typed."""
        return " ".join(word.label for word in self.words)


@dataclass(frozen=True, slots=True)
class WindowWord:
    """A typed word that is looked for near the others.

    Attributes:
        match: as widely as it may be read.
        boost: the part of its weight that it has.
    """

    label: str
    match: Match
    boost: float


@dataclass(frozen=True, slots=True)
class ProximityTerms:
    """Typed words whose places count, each with its rarity; and how they are spelled."""

    pairs: tuple[tuple[Pair, float], ...] = ()
    words: tuple[tuple[WindowWord, float], ...] = ()
    exact_forms: tuple[Match, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words or self.exact_forms)


def proximity_terms(question: Question, idfs: Mapping[Match, float]) -> ProximityTerms:
    """What counts by its place in the ranking of a question.

    Args:
        rarities: of all that is weighed (indexer.boosts).
    """
    expanded = question.expanded

    def idf(match: Match) -> float:
        return idfs[second_tier_match(match, expanded=expanded)]

    return ProximityTerms(
        tuple(
            (pair, max(map(idf, pair.words)) + PAIR_IDF) for pair in pairs(question.query, expanded=expanded)
        ),
        tuple((word, idfs[word.match]) for word in window_words(question.query, expanded=expanded)),
        exact_forms(question.query),
    )


@lru_cache(maxsize=64)
def exact_forms(query: Query) -> tuple[Match, ...]:
    """Typed words as they were typed: the word alone, and its very characters; where they say something."""
    found: dict[Match, None] = {}
    for match in scoring_matches(query):
        if not match.slop and any(map(varies, match.typed)):
            if not match.complete:
                found[replace(match, complete=True, expansions=())] = None
            found[replace(match, complete=True, exact=True, expansions=())] = None
    return tuple(found)


def pairs(query: Query, *, expanded: bool) -> tuple[Pair, ...]:
    """The neighbours among the typed words."""
    parts = word_boosts(query)
    few = is_tiered(query) and any(
        fold(one) != one for match in scoring_matches(query) for one in match.syllables
    )
    return tuple(
        replace(pair, boost=pair.boost * min(parts.get(first, 1.0), parts.get(second, 1.0)))
        for words in _side_by_side(query, expanded=expanded)
        for first, second in pairwise(words)
        if _stands_loose(first) and _stands_loose(second)
        for pair in _pairs(first, second, expanded=expanded, few=few)
    )


def _pairs(first: Match, second: Match, *, expanded: bool, few: bool) -> Iterator[Pair]:
    """Two neighbours in any reading of their letters; of a few, typed with marks, also as the very words."""
    ends = (
        second_tier_match(first, expanded=expanded).typed[-1],
        second_tier_match(second, expanded=expanded).typed[0],
    )
    yield Pair(*ends, (first, second), PAIR_BOOST)
    if few and any(map(varies, ends)):
        words = first.typed[-1]._replace(complete=True), second.typed[0]._replace(complete=True)
        yield Pair(*words, (first, second), EXACT_PAIR_BOOST)


def _side_by_side(query: Query, *, expanded: bool) -> Iterator[tuple[Query, ...]]:
    """What was typed side by side: the words at the root, and those of each alternative of an OR."""
    words, _ = tiers(query, expanded=expanded)
    if words is not None:
        yield words.children
    elif isinstance(query, Or):
        yield from (one.children for one in query.children if isinstance(one, And | Words))


def window_words(query: Query, *, expanded: bool) -> tuple[WindowWord, ...]:
    """The typed words, each once, that are looked for near each other: none where there is but one."""
    words, _ = tiers(query, expanded=expanded)
    if words is None:
        return ()
    parts = word_boosts(query)
    found: dict[Match, WindowWord] = {}
    for word in filter(_stands_loose, words.children):
        match = second_tier_match(word, expanded=expanded)
        found.setdefault(replace(match, label=""), WindowWord(word.label, match, parts.get(word, 1.0)))
    return tuple(found.values()) if len(found) > 1 else ()


def _stands_loose(match: Query) -> TypeGuard[Match]:
    return isinstance(match, Match) and match.field is Field.TEXT and not match.slop and not match.as_word
