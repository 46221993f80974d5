"""How does a service cut typed words into units, and which units has a query?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.fields import TEXT_FIELDS
from indexer.query import Match, Query, join_words
from indexer.text.readings import same_spelling
from search_app.query.grammar import Cut, cut_nothing, render_query
from search_app.query.grammar.tree import assemble, leaves, take_apart
from search_app.query.grammar.units import is_bound
from search_app.query.names import spelling_key


class UnitCutter(Protocol):
    """Cuts typed words into units by what a corpus sets together; safe for threads."""

    def current(self) -> Cut:
        """The cut of the corpus as it is now; the same words are always cut alike by it."""


class SingleWords:
    """Implements UnitCutter where no corpus is known: each word is a unit."""

    def current(self) -> Cut:
        """The cut in which each word is a unit."""
        return cut_nothing


def cut_without(cut: Cut, not_units: Sequence[str]) -> Cut:
    """A cut in which some units, given as their texts, come apart into their words.

    >>> cut_without(lambda words: (len(words),), ["Mỹ Tâm"])([Match("mỹ", ("mỹ",)), Match("tâm", ("tâm",))])
    (1, 1)
    """
    if not not_units:
        return cut
    undone = {spelling_key(text) for text in not_units}

    def cut_others(words: Sequence[Match]) -> Sequence[int]:
        lengths: list[int] = []
        first = 0
        for length in cut(words):
            spelling = _spelling(words[first : first + length])
            lengths += (1,) * length if spelling in undone else (length,)
            first += length
        return tuple(lengths)

    return cut_others


def _spelling(words: Sequence[Match]) -> tuple[str, ...]:
    return tuple(same_spelling(syllable) for word in words for syllable in word.syllables)


@dataclass(frozen=True, slots=True)
class QueryUnit:
    """A unit of a query.

    Attributes:
        text: its words as typed.
        words: the number of its words; several must stand together.
    """

    text: str
    words: int


def query_units(query: Query) -> tuple[QueryUnit, ...]:
    """The units of the loose words of a parsed query, in typed order, then those of several words that bind.

    The latter are units in groups, beside AND and under OR.
    """
    units, bound = take_apart(query)
    inner = [leaf for part in bound for leaf in leaves(part) if isinstance(leaf, Match) and _is_unit(leaf)]
    return (
        *(QueryUnit(join_words(unit).label, len(unit)) for unit in units),
        *(QueryUnit(leaf.label, len(leaf.label.split(" "))) for leaf in inner),
    )


def _is_unit(match: Match) -> bool:
    """Whether a match that binds is a unit of several words: of the text, without quotes."""
    return is_bound(match) and match.field in TEXT_FIELDS and not (match.complete or match.as_word)


def take_unit_apart(query: Query, text: str) -> str:
    """The text of a parsed query in which the loose units that read so come apart into their words."""
    units, bound = take_apart(query)
    apart = [
        part
        for unit in units
        for part in (
            [(replace(word, level=False),) for word in unit] if join_words(unit).label == text else [unit]
        )
    ]
    return render_query(assemble(apart, bound))
