"""What does the home page show? What is held, how to ask, this day in other years, the newest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.message import Message, say
from indexer.suggest.suggestion import Kind
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.answer.archive.held import Held
from search_app.answer.date_histogram import Timeline, Unit
from search_app.answer.pages import SearchRequest
from search_app.answer.service import Service
from search_app.api.current import current_language, current_service
from search_app.web.address import Address
from search_app.web.histogram import histogram
from search_app.web.periods import period_text

NEWEST = 5
REMEMBERED = 4
_LETTERS = "bcdghklmnptv"
"""Beginnings of words, of which what is offered is a fair choice of what the corpus speaks of."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that finds something here, and what it shows."""

    query: str
    title: Message


def home_page(address: Address) -> dict[str, object]:
    """What the template shows."""
    service, language = current_service(), current_language()
    held = service.browse.held()
    today = date.today()  # noqa: DTZ011 - the reader's day is the server's
    shown = address.setting("q", "")
    return {
        "held": held,
        "bars_shown": histogram(replace(held.line, elsewhere=held.undated), shown, language),
        "examples": examples(service, held),
        "today": period_text(Unit.DAY, today, language).rpartition("/" if language == "vi" else " ")[0],
        "memory": service.browse.on_this_day(today, REMEMBERED),
        "newest": service.browse.newest(NEWEST),
    }


@lru_cache(maxsize=4)
def examples(service: Service, held: Held) -> tuple[Example, ...]:
    """Queries made of what this archive holds, one for each way of asking; each finds something."""
    found = (one for one in _examples(service, held) if service.search(_first(one.query)).total)
    kinds: dict[str, Example] = {}
    for one in found:
        kinds.setdefault(one.title.template, one)
    return tuple(kinds.values())


def _first(query: str) -> SearchRequest:
    return SearchRequest(query, size=1, facets=(), exact=True)


def _examples(service: Service, held: Held) -> Iterator[Example]:
    phrases = _phrases(service)
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


def _phrases(service: Service) -> list[str]:
    """Phrases that the corpus speaks of most, the most frequent first."""
    offered = (one for letter in _LETTERS for one in service.suggest(letter) if one.kind is Kind.PHRASE)
    return [one.text for one in sorted(offered, key=lambda one: (-one.count, one.text))]


def _busiest(line: Timeline) -> str:
    """The day, month or year of the highest bar, as the query writes it."""
    bar = max(line.bars, key=lambda one: one.count, default=None)
    return period_text(line.unit, bar.first, "").replace("-", "/") if bar else "2013"


def _without_marks(phrase: str) -> str:
    return fold(normalise(phrase))
