"""Which forms of what was typed count once, wherever an article holds them?

- Exact forms: a typed word ranks a little above its other readings, and its exact characters above other
  spellings.
- Names: units that were typed with capitals ("Java", "Nguyễn Du") are what a question is about.
  An article that lacks one does not stand before those that hold it, unless all else speaks for it.

Measured in docs/relevance.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeGuard

from indexer.engine import ReasonKind
from indexer.fields import Field
from indexer.other_readings import widest_match
from indexer.query import Match, Query, Words, join_words, scoring_matches
from indexer.text.readings import varies
from indexer.tiers import tiers

Idf = Callable[[Match], float]
"""The idf of a typed word."""

PHRASE_IDF = 1.5
"""Added to the idf of the rarest of some words: an estimate of the idf of all in a row."""

EXACT_FORM_BOOST = 0.01
"""The value of the typed word above its other readings, and of its exact characters above other spellings.

It only decides between articles that are otherwise equal."""

NAME_BOOST = 0.5
"""Of the idf of a name, where an article holds it."""


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A match that counts once where an article holds it or an expansion of it.

    Attributes:
        idf: of the match, or what stands for it; ``boost`` is the part of it that counts.
    """

    match: Match
    kind: ReasonKind
    idf: float = 1.0
    boost: float = EXACT_FORM_BOOST

    @property
    def value(self) -> float:
        """What it adds to a score."""
        return self.boost * self.idf


def held_forms(query: Query, idf: Idf, *, expanded: bool) -> tuple[HeldForm, ...]:
    """All forms of a query that count once, in the order in which they are summed."""
    exact = (HeldForm(match, ReasonKind.AS_TYPED) for match in _exact_forms(query))
    words, _ = tiers(query, expanded=expanded)
    if words is None:
        return tuple(exact)
    return (*exact, *_named(words, idf, expanded=expanded))


@lru_cache(maxsize=64)
def _exact_forms(query: Query) -> tuple[Match, ...]:
    """The typed words as quoted, and as their exact characters; only those that may be read otherwise."""
    forms: dict[Match, None] = {}
    for match in scoring_matches(query):
        if not match.slop and any(map(varies, match.typed)):
            if not match.complete:
                forms[replace(match, complete=True, expansions=())] = None
            forms[replace(match, complete=True, exact=True, expansions=())] = None
    return tuple(forms)


def _named(words: Words, idf: Idf, *, expanded: bool) -> Iterator[HeldForm]:
    for name in typed_names(words):
        match = widest_match(join_words(name), expanded=expanded)
        yield HeldForm(match, ReasonKind.NAME, phrase_idf(name, idf), NAME_BOOST)


@lru_cache(maxsize=64)
def typed_names(words: Words) -> tuple[tuple[Match, ...], ...]:
    """The names among some words: units of which every word was typed with a capital, each once.

    None where all were typed so, as in a headline of capitals; nor is the first word by itself a name, for a
    sentence begins with a capital.

    >>> def typed(text, units):
    ...     return Words(tuple(Match(one, (one.lower(),)) for one in text.split()), units)
    >>> [[word.label for word in name] for name in typed_names(typed("Ai viết Truyện Kiều", (1, 1, 2)))]
    [['Truyện', 'Kiều']]
    >>> typed_names(typed("Ai viết truyện", (1, 2))), typed_names(typed("TRUYỆN KIỀU", (2,)))
    ((), ())
    """
    if all(map(_is_capital, words.children)):
        return ()
    names: dict[tuple[Match, ...], None] = {}
    start = 0
    for own in words.words_by_unit:
        is_first_word = start == 0 and len(own) == 1
        if all(map(_is_capital, own)) and not is_first_word:
            names[words.representatives[start : start + len(own)]] = None
        start += len(own)
    return tuple(names)


def _is_capital(word: Match) -> bool:
    return word.label[:1].isupper() and stands_loose(word)


def phrase_idf(words: tuple[Match, ...], idf: Idf) -> float:
    """What stands for the idf of some words in a row; of one word, its own."""
    return max(map(idf, words)) + (PHRASE_IDF if len(words) > 1 else 0.0)


def stands_loose(match: Query) -> TypeGuard[Match]:
    """Whether it is a word or a phrase anywhere in the text, in a row."""
    return isinstance(match, Match) and match.field is Field.TEXT and not match.slop and not match.as_word
