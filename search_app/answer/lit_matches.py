"""Which matches of a query are lit up in an article?

A unit of several words is lit where it stands together. Its words are lit by themselves only in an article
that holds it nowhere: of "Mỹ Tâm" no other "Mỹ" is lit beside the singer. Words that only ask, and what is
below NOT, are never lit.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from corpus.article import Article
from indexer.budget import Stage, charge
from indexer.engine import Occurrences
from indexer.query import And, Match, Or, Query, Words, scoring_matches
from indexer.tiers import required_units, required_words
from search_app.answer.highlight import HighlightedText, Highlighter
from search_app.answer.located_marks import LocatedMarks
from search_app.answer.token_spans import TokenMatcher


@dataclass(frozen=True, slots=True)
class LitMatches:
    """What is lit up for a query; made for one page, in one thread.

    Attributes:
        matches: the units of several words, and every word and phrase, each once.
        units_of: for the number of a word that stands in units alone, the numbers of these units.
        highlighter, matcher, located: of these matches.
    """

    matches: tuple[Match, ...]
    units_of: Mapping[int, frozenset[int]]
    highlighter: Highlighter
    matcher: TokenMatcher
    located: LocatedMarks

    def read(self, article: Article, boundaries: bytes) -> list[HighlightedText]:
        """Every searched text of an article with its marks, found by reading the texts.

        Args:
            boundaries: see TokenMatcher.read.
        """
        return self._lit(self.highlighter.highlight(self.matcher.read(article, boundaries)))

    def locate(self, article: Article, occurrences: Occurrences) -> list[HighlightedText]:
        """The same from what the index gave for this very version of the article."""
        highlighted = self.located.find(article, occurrences)
        charge(Stage.HIGHLIGHTING)
        if highlighted is None:
            highlighted = self.highlighter.highlight(self.matcher.locate(article, occurrences))
        return self._lit(highlighted)

    def _lit(self, highlighted: list[HighlightedText]) -> list[HighlightedText]:
        """Without the marks of words that are lit in their units alone."""
        found = {mark.leaf for text in highlighted for mark in text.marks}
        dark = {word for word, units in self.units_of.items() if units <= found}
        if not dark:
            return highlighted
        return [_without(text, dark) if text.marks else text for text in highlighted]


def _without(text: HighlightedText, dark: Container[int]) -> HighlightedText:
    marks = tuple([mark for mark in text.marks if mark.leaf not in dark])
    return HighlightedText(text.zone, text.text, marks)


def lit_matches(query: Query) -> LitMatches:
    """What is lit up for a query as it is searched."""
    matches = tuple(dict.fromkeys(_lit_of(query)))
    units = [required for words in _loose(query) for required in required_units(words)]
    alone = {required.words[0] for required in units if len(required.words) == 1}
    units_of: dict[int, set[int]] = {}
    for required in units:
        for word in required.words if len(required.words) > 1 else ():
            if word not in alone:
                units_of.setdefault(matches.index(word), set()).add(matches.index(required.unit))
    frozen = {word: frozenset(among) for word, among in units_of.items()}
    located = LocatedMarks(matches)
    return LitMatches(matches, frozen, Highlighter(matches), TokenMatcher(matches), located)


def _lit_of(query: Query) -> Iterator[Match]:
    match query:
        case Words():
            yield from (required.unit for required in required_units(query) if len(required.words) > 1)
            yield from required_words(query)
            yield from (word for word in query.distinct if word.in_date and _has_digit(word))
        case And(children) | Or(children):
            for child in children:
                yield from _lit_of(child)
        case _:
            yield from scoring_matches(query)


def _has_digit(word: Match) -> bool:
    """Whether a word of a date tells it: of "tháng 6/2013" every other "tháng" of an article is no hit."""
    return any(map(str.isdecimal, word.label))


def _loose(query: Query) -> Iterator[Words]:
    children = query.children if isinstance(query, And) else (query,)
    return (child for child in children if isinstance(child, Words))
