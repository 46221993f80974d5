"""What does the page say where nothing is found? Which word or filter took everything away, counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from corpus.errors import UserError
from corpus.message import Message, say
from search_app.answer.pages import SearchPage
from search_app.api.current import current_service
from search_app.api.parameters import search_request
from search_app.query.relaxation import wider, without_parts
from search_app.web.address import Address
from search_app.web.narrowing import Chip

WIDER = 2
"""Wider grades that are offered: the nearest that find something."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another search, and how many articles it finds."""

    title: Message
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class NoResults:
    """What the page shows: without each word, without each filter, by wider grades.

    Attributes:
        unfiltered: the words and the grades are counted without any filter, for with them nothing helps.
    """

    words: tuple[Alternative, ...]
    filters: tuple[Alternative, ...]
    wider: tuple[Alternative, ...]
    unfiltered: bool = False


def no_results(page: SearchPage, address: Address, chips: Iterable[Chip]) -> NoResults | None:
    """What is said of a page on which nothing matches; None where something does."""
    if page.total or page.searched_instead:
        return None
    filters = [(_without(chip), chip.href) for chip in chips]
    if len(filters) > 1:
        filters.append((say("Without any filter"), address.unfiltered().href()))
    found = _found(address, tuple(_counted(filters)))
    if filters and not any(one.count for one in (*found.words, *found.filters, *found.wider)):
        return replace(_found(address.unfiltered(), found.filters), unfiltered=True)
    return found


def _found(address: Address, filters: tuple[Alternative, ...]) -> NoResults:
    query = address.query
    fewer = (
        (say("Without {part}", part=one.part), _href(one.query, address)) for one in without_parts(query)
    )
    found = (one for one in _wider(query, address) if one.count)
    return NoResults(tuple(_counted(fewer)), filters, tuple(islice(found, WIDER)))


def _wider(query: str, address: Address) -> Iterator[Alternative]:
    return _counted((one.how, _href(one.query, address)) for one in wider(query))


def _counted(asked: Iterable[tuple[Message, str]]) -> Iterator[Alternative]:
    for title, href in asked:
        try:
            yield Alternative(title, _count(href), href)
        except UserError:
            continue  # past a limit of the grammar: no way


def _count(href: str) -> int:
    values = MultiDict(parse_qsl(urlsplit(href).query, keep_blank_values=True))
    asked = replace(search_request(values), exact=True, facets=(), size=1)
    return current_service().search(asked).total


def _href(query: str, address: Address) -> str:
    return address.setting("q", query).href()


def _without(chip: Chip) -> Message:
    return say("Without the filter “{label}”", label=chip.label)
