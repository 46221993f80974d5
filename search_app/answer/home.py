"""What does the home page show?

It shows what the archive holds, example queries made of its own phrases, articles of this day in other years,
and the newest articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.archived import ArchivedArticle
from corpus.message import Message, say
from indexer.fields import Field
from indexer.query import Match
from indexer.suggest.suggestion import Kind
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.answer.archive.browse import Browse
from search_app.answer.archive.held import Held, Memory
from search_app.answer.date_histogram import Timeline
from search_app.answer.evaluation import Evaluator
from search_app.answer.periods import typed_period
from search_app.answer.selection import Selection
from search_app.answer.suggesting import Suggesting
from search_app.query.grammar import render_query
from search_app.query.grammar.spelling import clean_typed, spell

NEWEST = 5
REMEMBERED = 4
_LETTERS = "bcdghklmnptv"
"""Letters whose completions are the candidates for examples: together a fair sample of frequent phrases."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that matches articles of this archive; ``title`` tells what it demonstrates."""

    query: str
    title: Message


@dataclass(frozen=True, slots=True)
class HomePage:
    """The values of the home page.

    Attributes:
        held: what the archive holds.
        examples: one query for each part of the grammar.
        memory: articles of this day in other years.
        newest: the newest articles, newest first.
    """

    held: Held
    examples: tuple[Example, ...]
    memory: Memory
    newest: list[ArchivedArticle]


class Home:
    """Makes the home page; safe for threads."""

    def __init__(self, browse: Browse, evaluator: Evaluator, suggesting: Suggesting) -> None:
        self._browse = browse
        self._evaluator = evaluator
        self._suggesting = suggesting
        self._examples_of = lru_cache(maxsize=4)(self._matching_examples)

    def page(self, today: date) -> HomePage:
        """The home page of a day.

        Raises:
            OperatorError: the index or the archive cannot be read.
        """
        held = self._browse.held()
        memory = self._browse.on_this_day(today, REMEMBERED)
        return HomePage(held, self.examples(held), memory, self._browse.newest(NEWEST))

    def examples(self, held: Held) -> tuple[Example, ...]:
        """Queries that match articles of this archive, one for each part of the grammar; cached."""
        return self._examples_of(held, self._suggesting.state())

    def _matching_examples(self, held: Held, _suggestions: tuple[int, ...]) -> tuple[Example, ...]:
        candidates = self._candidates(held)
        matching = (each for each in candidates if self._evaluator.count(Selection(each.query, exact=True)))
        by_title: dict[str, Example] = {}
        for example in matching:
            by_title.setdefault(example.title.template, example)
        return tuple(by_title.values())

    def _candidates(self, held: Held) -> Iterator[Example]:
        """Examples that may match, the preferred ones of each title first."""
        phrases = self._phrases()
        for phrase in phrases[:1]:
            yield Example(_without_marks(phrase), say("marks that are left out are free"))
            yield Example(f'"{phrase}"', say("quotes: exactly so, every mark as typed"))
        for phrase in phrases[1:3]:
            yield Example(f"{phrases[0]} OR {phrase}", say("OR: at least one of them"))
        for source in filter(None, map(_from_source, held.sources[:1])):
            for phrase in phrases[:4]:
                yield Example(f"{source} {phrase}", say("from one newspaper"))
        for phrase in phrases[:4]:
            yield Example(f"{phrase} ngày:{_busiest(held.line)}", say("published then"))
            yield Example(f"tiêu_đề:({phrase})", say("in the title"))
        for phrase in phrases[:1]:
            first, _, _ = phrase.partition(" ")
            yield Example(f"{first} -{phrase.rpartition(' ')[2]}", say("with a minus: without that word"))

    def _phrases(self) -> list[str]:
        """Frequent phrases of the corpus, the most frequent first."""
        suggestions = (offer for letter in _LETTERS for offer in self._suggesting.suggest(letter))
        phrases = (offer for offer in suggestions if offer.kind is Kind.PHRASE)
        return [phrase.text for phrase in sorted(phrases, key=lambda phrase: (-phrase.count, phrase.text))]


def _busiest(line: Timeline) -> str:
    """The period of the highest bar, as a query writes it."""
    bar = max(line.bars, key=lambda bar: bar.count, default=None)
    return typed_period(line.unit, bar.first) if bar else "2013"


def _from_source(name: str) -> str:
    """The query for the articles of a source; empty where its name has no syllable.

    >>> _from_source('Báo "Mới"'), _from_source("…")
    ('nguồn:"Báo Mới"', '')
    """
    spelling = spell(clean_typed(name), quoted=True)
    if spelling is None:
        return ""
    return render_query(Match(spelling.label, spelling.syllables, Field.SOURCE, complete=True))


def _without_marks(phrase: str) -> str:
    return fold(normalise(phrase))
