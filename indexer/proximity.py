"""How much does the proximity of typed words add to a score? A reranking of the best articles.

- Ordered windows: two words that were typed next to each other and are adjacent in the article count as a
  match of their own (sequential dependence, Metzler & Croft 2005). For a few words typed with marks, the
  exact words do so once more. The words of each alternative of an OR are paired too.
- Unordered window: of all stretches of WINDOW syllables in a paragraph, the one with the highest value
  counts, each word in it once, by its idf. So a sentence with all the words outweighs words that are
  scattered.
- Head: headline and lede say what an article is about; each word there counts once more.
- Forms that count once wherever they stand: indexer.held_forms.

Only the RERANK_DEPTH best articles by their matches are reranked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.boosts import word_boosts
from indexer.held_forms import HeldForm, held_forms, phrase_idf, stands_loose
from indexer.other_readings import widest_match
from indexer.places import PARAGRAPH_GAP, Zone
from indexer.query import And, Match, Or, Query, Question, Typed, scoring_matches
from indexer.text.fold import fold
from indexer.text.readings import varies
from indexer.tiers import is_short, tiers

RERANK_DEPTH = 700
"""So many of the best articles are reranked."""

PAIR_BOOST = 0.5
EXACT_PAIR_BOOST = 0.5
"""Added for the exact words, where few were typed, with marks: thuế đất ranks above thuê đất."""

WINDOW = 24
WINDOW_BOOST = 2.0
HEAD_BOOSTS = {Zone.TITLE: 1.0, Zone.LEDE: 0.7}
"""The boost of a word in the headline or the lede of an article; the larger, where it is in both."""

if WINDOW > PARAGRAPH_GAP:
    raise AssertionError("a window must not reach into the next paragraph")


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered window of two typed words: the last syllable of the first, the first of the second.

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
    """A typed word of the unordered window.

    Attributes:
        match: the word in any reading of its letters.
        boost: the factor of its idf.
    """

    label: str
    match: Match
    boost: float


@dataclass(frozen=True, slots=True)
class ProximityTerms:
    """What proximity looks for: pairs and words, each with its idf; and forms that count once."""

    pairs: tuple[tuple[Pair, float], ...] = ()
    words: tuple[tuple[WindowWord, float], ...] = ()
    forms: tuple[HeldForm, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.words or self.forms)


def proximity_terms(question: Question, idfs: Mapping[Match, float]) -> ProximityTerms:
    """What proximity looks for in the articles of a question.

    Args:
        rarities: of all that is weighed (indexer.boosts).
    """
    expanded = question.expanded

    def idf(match: Match) -> float:
        return idfs[widest_match(match, expanded=expanded)]

    return ProximityTerms(
        tuple((pair, phrase_idf(pair.words, idf)) for pair in pairs(question.query, expanded=expanded)),
        tuple((word, idfs[word.match]) for word in window_words(question.query, expanded=expanded)),
        held_forms(question.query, idf, expanded=expanded),
    )


def pairs(query: Query, *, expanded: bool) -> tuple[Pair, ...]:
    """The pairs of neighbours among the typed words."""
    parts = word_boosts(query)
    few = is_short(query) and any(
        fold(syllable) != syllable for match in scoring_matches(query) for syllable in match.syllables
    )
    neighbours = dict.fromkeys(
        (first, second)
        for words in _side_by_side(query, expanded=expanded)
        for first, second in pairwise(words)
        if stands_loose(first) and stands_loose(second)
    )
    return tuple(
        replace(pair, boost=pair.boost * min(parts.get(first, 1.0), parts.get(second, 1.0)))
        for first, second in neighbours
        for pair in _pairs(first, second, expanded=expanded, few=few)
    )


def _pairs(first: Match, second: Match, *, expanded: bool, few: bool) -> Iterator[Pair]:
    """Two neighbours in any reading of their letters; of a few, typed with marks, also as the exact words."""
    ends = (
        widest_match(first, expanded=expanded).typed[-1],
        widest_match(second, expanded=expanded).typed[0],
    )
    yield Pair(*ends, (first, second), PAIR_BOOST)
    if few and any(map(varies, ends)):
        words = first.typed[-1]._replace(complete=True), second.typed[0]._replace(complete=True)
        yield Pair(*words, (first, second), EXACT_PAIR_BOOST)


def _side_by_side(query: Query, *, expanded: bool) -> Iterator[tuple[Query, ...]]:
    """Words that were typed next to each other: those at the root, or those of each alternative of an OR."""
    words, _ = tiers(query, expanded=expanded)
    if words is not None:
        yield words.representatives
    elif isinstance(query, Or):
        yield from (alternative.children for alternative in query.children if isinstance(alternative, And))


def window_words(query: Query, *, expanded: bool) -> tuple[WindowWord, ...]:
    """The distinct typed words of the unordered window; empty where there is only one."""
    words, _ = tiers(query, expanded=expanded)
    if words is None:
        return ()
    parts = word_boosts(query)
    by_match: dict[Match, WindowWord] = {}
    for word in filter(stands_loose, words.distinct):
        match = widest_match(word, expanded=expanded)
        by_match.setdefault(replace(match, label=""), WindowWord(word.label, match, parts.get(word, 1.0)))
    return tuple(by_match.values()) if len(by_match) > 1 else ()
