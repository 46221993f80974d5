"""What does the page say of what was searched besides what was typed, and of what is offered? Links."""

from dataclasses import dataclass

from corpus.message import Message
from search_app.answer.pages import SearchPage
from search_app.api.parameters import ALSO, FIRST, LAST, NOT_ALSO, WIDEN
from search_app.query.expansion import Expansion
from search_app.web.address import Address
from search_app.web.periods import period_between


@dataclass(frozen=True, slots=True)
class ExpansionLink:
    """Another spelling or name, in every form that is searched; the link removes it, or takes it up again."""

    typed: str
    also: str
    in_full: str
    href: str


@dataclass(frozen=True, slots=True)
class OfferLink:
    """A name of another time; the link asks for it."""

    message: Message
    href: str


@dataclass(frozen=True, slots=True)
class DateLink:
    """A date that the query names in words; the link makes it the filter.

    Attributes:
        period: the date as a person writes it.
        count: articles that match then; excluded: those that the filter leaves out for lack of a date.
    """

    period: str
    count: int
    excluded: int
    href: str


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """A reading of a typed word; the link narrows to it, and is empty where it would be too long."""

    text: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A typed word with its readings; ``more`` are left out."""

    typed: str
    readings: tuple[ReadingLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ExpansionNotes:
    """What the page shows.

    Attributes:
        searched, excluded: what was searched too, and what was switched off.
        all_off, all_on: links that switch all of it off, and on again; empty where that changes nothing.
        offers: names that were not searched.
        words: typed words that are read in several ways.
    """

    searched: tuple[ExpansionLink, ...]
    excluded: tuple[ExpansionLink, ...]
    all_off: str
    all_on: str
    offers: tuple[OfferLink, ...]
    words: tuple[TypedWord, ...]


def date_links(page: SearchPage, address: Address, language: str) -> list[DateLink]:
    """The filters that are offered for the dates in words of a query."""
    links = []
    for offer in page.date_offers:
        asked = offer.selection
        period = period_between(asked.first, asked.last) if asked.first and asked.last else None
        if period:
            filtered = address.as_understood(asked.query).setting(FIRST, period.typed())
            href = filtered.setting(LAST, period.typed()).href()
            links.append(DateLink(period.text(language), offer.total, offer.excluded_undated, href))
    return links


def _toggled(address: Address, expansion: Expansion) -> Address:
    """Without an expansion that is searched; with one that is not, also where only some are searched."""
    if expansion.used or not any(name == ALSO for name, _ in address.pairs):
        return address.toggled(NOT_ALSO, expansion.also)
    wanted = address.removing(NOT_ALSO, expansion.also).removing(ALSO, "")
    return wanted if (ALSO, expansion.also) in wanted.pairs else wanted.adding(ALSO, expansion.also)


def expansion_notes(page: SearchPage, address: Address) -> ExpansionNotes:
    """What is said of a page of results."""
    toggled = [
        (
            one.used,
            ExpansionLink(one.typed, one.also, one.in_full, _toggled(address, one).href()),
        )
        for one in page.expansions
    ]
    searched = tuple(also for used, also in toggled if used)
    # Readings are counted without other names; the query with a reading may have others than this one.
    counted = address.without(ALSO, NOT_ALSO).setting(WIDEN, "0") if page.expands else address
    excluded = tuple(also for used, also in toggled if not used)
    return ExpansionNotes(
        searched,
        excluded if page.expands else (),
        address.setting(WIDEN, "0").href() if searched else "",
        address.without(ALSO, NOT_ALSO).setting(WIDEN, "1").href() if excluded else "",
        tuple(
            OfferLink(one.message, address.without(ALSO, NOT_ALSO).as_understood(one.query).href())
            for one in page.offers
        ),
        tuple(
            TypedWord(
                word.typed,
                tuple(
                    ReadingLink(
                        one.text, one.count, counted.as_understood(one.query).href() if one.query else ""
                    )
                    for one in word.readings
                ),
                word.more,
            )
            for word in page.readings
        ),
    )
