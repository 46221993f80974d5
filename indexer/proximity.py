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

from indexer.evidence import emphasis, tiered, tiers, widest
from indexer.places import PARAGRAPH_GAP, Zone
from indexer.query import And, Field, Match, Or, Query, Question, Typed, Words, scoring_matches
from indexer.text.fold import fold
from indexer.text.readings import varies

DEPTH = 700
"""So many of the best articles are looked at."""

ADJACENT = 0.5
AS_WORDS = 0.5
"""Besides, of a few words typed with marks, for the very words side by side: thuế đất before thuê đất."""
PAIR_RARITY = 1.5
"""What standing side by side adds to the rarity of the rarer of two words."""

AS_TYPED = 0.01
"""What the word that was typed is worth before its other readings, and its very characters before the word's
other spellings: enough to come first, other things equal."""

WINDOW = 24
CLOSE = 2.0
HEAD = {Zone.TITLE: 1.0, Zone.LEDE: 0.7}
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
    share: float

    @property
    def label(self) -> str:
        """The two words as typed."""
        return " ".join(word.label for word in self.words)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A typed word that is looked for near the others.

    Attributes:
        match: as widely as it may be read.
        emphasis: the part of its weight that it has.
    """

    label: str
    match: Match
    emphasis: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Typed words whose places count, each with its rarity; and how they are spelled."""

    pairs: tuple[tuple[Pair, float], ...] = ()
    words: tuple[tuple[Gathered, float], ...] = ()
    spelled: tuple[Match, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words or self.spelled)


def placed(question: Question, rarities: Mapping[Match, float]) -> Placed:
    """What counts by its place in the ranking of a question.

    Args:
        rarities: of all that is weighed (indexer.evidence).
    """
    widened = question.widened

    def rarity(match: Match) -> float:
        return rarities[widest(match, widened=widened)]

    return Placed(
        tuple(
            (pair, max(map(rarity, pair.words)) + PAIR_RARITY)
            for pair in pairs(question.query, widened=widened)
        ),
        tuple((word, rarities[word.match]) for word in gathered(question.query, widened=widened)),
        spelled(question.query),
    )


@lru_cache(maxsize=64)
def spelled(query: Query) -> tuple[Match, ...]:
    """Typed words as they were typed: the word alone, and its very characters; where they say something."""
    found: dict[Match, None] = {}
    for match in scoring_matches(query):
        if not match.slop and any(map(varies, match.typed)):
            if not match.complete:
                found[replace(match, complete=True, also=())] = None
            found[replace(match, complete=True, exact=True, also=())] = None
    return tuple(found)


def pairs(query: Query, *, widened: bool) -> tuple[Pair, ...]:
    """The neighbours among the typed words."""
    parts = emphasis(query)
    few = tiered(query) and any(
        fold(one) != one for match in scoring_matches(query) for one in match.syllables
    )
    return tuple(
        replace(pair, share=pair.share * min(parts.get(first, 1.0), parts.get(second, 1.0)))
        for words in _side_by_side(query, widened=widened)
        for first, second in pairwise(words)
        if _stands_loose(first) and _stands_loose(second)
        for pair in _pairs(first, second, widened=widened, few=few)
    )


def _pairs(first: Match, second: Match, *, widened: bool, few: bool) -> Iterator[Pair]:
    """Two neighbours in any reading of their letters; of a few, typed with marks, also as the very words."""
    ends = widest(first, widened=widened).typed[-1], widest(second, widened=widened).typed[0]
    yield Pair(*ends, (first, second), ADJACENT)
    if few and any(map(varies, ends)):
        words = first.typed[-1]._replace(complete=True), second.typed[0]._replace(complete=True)
        yield Pair(*words, (first, second), AS_WORDS)


def _side_by_side(query: Query, *, widened: bool) -> Iterator[tuple[Query, ...]]:
    """What was typed side by side: the words at the root, and those of each alternative of an OR."""
    words, _ = tiers(query, widened=widened)
    if words is not None:
        yield words.children
    elif isinstance(query, Or):
        yield from (one.children for one in query.children if isinstance(one, And | Words))


def gathered(query: Query, *, widened: bool) -> tuple[Gathered, ...]:
    """The typed words, each once, that are looked for near each other: none where there is but one."""
    words, _ = tiers(query, widened=widened)
    if words is None:
        return ()
    parts = emphasis(query)
    found: dict[Match, Gathered] = {}
    for word in filter(_stands_loose, words.children):
        match = widest(word, widened=widened)
        found.setdefault(replace(match, label=""), Gathered(word.label, match, parts.get(word, 1.0)))
    return tuple(found.values()) if len(found) > 1 else ()


def _stands_loose(match: Query) -> TypeGuard[Match]:
    return isinstance(match, Match) and match.field is Field.TEXT and not match.slop and not match.as_word
