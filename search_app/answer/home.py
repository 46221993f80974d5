"""What does the home page show? What is held, how to ask, this day in other years, the newest articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.archived import ArchivedArticle
from corpus.message import Message, say
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

NEWEST = 5
REMEMBERED = 4
_LETTERS = "bcdghklmnptv"
"""Beginnings of words, of which what is offered is a fair choice of what the corpus speaks of."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that finds something here, and what it shows."""

    query: str
    title: Message


@dataclass(frozen=True, slots=True)
class HomePage:
    """What stands on the home page.

    Attributes:
        examples: one query for each way of asking, made of what this archive holds.
        memory: articles of this day in other years.
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
        self._examples_of = lru_cache(maxsize=4)(self._found_examples)

    def page(self, today: date) -> HomePage:
        """What is shown on a day.

        Raises:
            OperatorError: the index or the archive cannot be read.
        """
        held = self._browse.held()
        memory = self._browse.on_this_day(today, REMEMBERED)
        return HomePage(held, self.examples(held), memory, self._browse.newest(NEWEST))

    def examples(self, held: Held) -> tuple[Example, ...]:
        """Queries made of what an archive holds, one for each way of asking; each finds something."""
        return self._examples_of(held)

    def _found_examples(self, held: Held) -> tuple[Example, ...]:
        asked = self._asked_examples(held)
        found = (one for one in asked if self._evaluator.count(Selection(one.query, exact=True)))
        kinds: dict[str, Example] = {}
        for example in found:
            kinds.setdefault(example.title.template, example)
        return tuple(kinds.values())

    def _asked_examples(self, held: Held) -> Iterator[Example]:
        phrases = self._phrases()
        for phrase in phrases[:1]:
            yield Example(_without_marks(phrase), say("marks that are left out are free"))
            yield Example(f'"{phrase}"', say("quotes: exactly so, every mark as typed"))
        for phrase in phrases[1:3]:
            yield Example(f"{phrases[0]} OR {phrase}", say("OR: at least one of them"))
        for source in held.sources[:1]:
            for phrase in phrases[:4]:
                yield Example(f'nguồn:"{source}" {phrase}', say("from one newspaper"))
        for phrase in phrases[:4]:
            yield Example(f"{phrase} ngày:{_busiest(held.line)}", say("published then"))
            yield Example(f"tiêu_đề:({phrase})", say("in the title"))
        for phrase in phrases[:1]:
            first, _, _ = phrase.partition(" ")
            yield Example(f"{first} -{phrase.rpartition(' ')[2]}", say("with a minus: without that word"))

    def _phrases(self) -> list[str]:
        """Phrases that the corpus speaks of most, the most frequent first."""
        suggestions = (one for letter in _LETTERS for one in self._suggesting.suggest(letter))
        phrases = (one for one in suggestions if one.kind is Kind.PHRASE)
        return [one.text for one in sorted(phrases, key=lambda one: (-one.count, one.text))]


def _busiest(line: Timeline) -> str:
    """The period of the highest bar, as the query writes it."""
    bar = max(line.bars, key=lambda bar: bar.count, default=None)
    return typed_period(line.unit, bar.first) if bar else "2013"


def _without_marks(phrase: str) -> str:
    return fold(normalise(phrase))
