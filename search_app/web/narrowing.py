"""How can results be narrowed further, and what narrows them now? Facets and chips, each a link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.query import FacetName
from search_app.answer.pages import FacetValue, SearchPage
from search_app.api.parameters import FIRST, LAST, LEAVE_OUT
from search_app.language import number_text
from search_app.web.address import Address
from search_app.web.formats import facet_value_text
from search_app.web.periods import period_of

OPEN_VALUES = 8
"""Values of a facet that stand beside the results; all of them have a page of their own."""

SHOWN_FACETS = (FacetName.SOURCE, FacetName.SECTION)
"""What the page counts; time is shown as bars."""

TITLES = {
    FacetName.SOURCE: say("Source"),
    FacetName.SECTION: say("Section"),
    FacetName.YEAR: say("Year"),
    FacetName.MONTH: say("Month"),
}
_NOT = {
    FacetName.SOURCE: say("Without the source"),
    FacetName.SECTION: say("Without the section"),
    FacetName.YEAR: say("Without the year"),
    FacetName.MONTH: say("Without the month"),
}


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet; its links choose it and leave it out, or let go of that."""

    label: str
    count: str
    chosen: bool
    left_out: bool
    href: str
    out_href: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: the values that stand open, and how many there are in all."""

    name: str
    title: Message
    links: tuple[FacetLink, ...]
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the results now; its link lets go of it."""

    title: Message
    label: str
    href: str


def facet_groups(page: SearchPage, address: Address, language: str) -> list[FacetGroup]:
    """The facets that have values, in their fixed order."""
    groups = []
    for name in SHOWN_FACETS:
        values = page.facets.get(name, ())
        if values:
            links = tuple(facet_links(name, _opened(values), address, language))
            groups.append(FacetGroup(name.value, TITLES[name], links, len(values), address.facet(name.value)))
    return groups


def facet_links(
    name: FacetName, values: Iterable[FacetValue], address: Address, language: str
) -> Iterator[FacetLink]:
    """The links of some values of a facet."""
    shown = tuple(values)
    hrefs = address.toggles(name.value, (one.value for one in shown))
    outs = address.toggles(LEAVE_OUT + name.value, (one.value for one in shown))
    for one, href, out in zip(shown, hrefs, outs, strict=True):
        label = facet_value_text(name, one.value, language)
        yield FacetLink(label, number_text(one.count, language), one.chosen, one.left_out, href, out)


def chips(page: SearchPage, address: Address, language: str) -> Iterator[Chip]:
    """What narrows the results, in the order of the facets, dates last."""
    request = page.request
    chosen, left_out = request.chosen or {}, request.left_out or {}
    for titles, prefix, choices in ((TITLES, "", chosen), (_NOT, LEAVE_OUT, left_out)):
        for name, values in choices.items():
            for value in values:
                label = facet_value_text(name, value, language)
                yield Chip(titles[name], label, address.toggled(prefix + name.value, value).href())
    yield from _date_chips(page, address, language)


def _date_chips(page: SearchPage, address: Address, language: str) -> Iterator[Chip]:
    """One chip for a year, a month or a day; else one for each end."""
    first, last = page.request.first, page.request.last
    period = period_of(address.first(FIRST), address.first(LAST)) if first and last else None
    if period:
        yield Chip(say("Published"), period.text(language), address.without(FIRST, LAST).href())
        return
    if first:
        yield Chip(say("From"), address.first(FIRST), address.without(FIRST).href())
    if last:
        yield Chip(say("To"), address.first(LAST), address.without(LAST).href())


def _opened(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    """The first of them, and what is chosen or left out wherever it stands."""
    held = (one for one in values[OPEN_VALUES:] if one.chosen or one.left_out)
    return (*values[:OPEN_VALUES], *held)
