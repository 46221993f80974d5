"""How can results be narrowed further, and what narrows them now? Facets and chips, each a link."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.query import FacetName
from search_app.api.parameters import FIRST, LAST
from search_app.pages import FacetValue, SearchPage
from search_app.web.address import Address
from search_app.web.formats import facet_value_text

SHOWN_VALUES = 10
"""Values of a facet that stand open; the others are one click away."""

_TITLES = {
    FacetName.SOURCE: say("Source"),
    FacetName.SECTION: say("Section"),
    FacetName.YEAR: say("Year"),
    FacetName.MONTH: say("Month"),
}


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet; its address chooses it, or lets go of it where it is chosen."""

    label: str
    count: int
    chosen: bool
    address: Address


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet. ``rest`` stands behind a click; so does all of it where ``folded``."""

    name: str
    title: Message
    links: tuple[FacetLink, ...]
    rest: tuple[FacetLink, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the results now; its address lets go of it."""

    title: Message
    label: str
    address: Address


def facet_groups(page: SearchPage, address: Address, language: str) -> list[FacetGroup]:
    """The facets that have values, in their fixed order."""
    groups = []
    for name in FacetName:
        links = tuple(_link(name, value, address, language) for value in page.facets.get(name, ()))
        if links:
            folded = name is FacetName.MONTH and not (page.request.chosen or {}).keys() & _DATED
            shown = links if folded else links[:SHOWN_VALUES]
            groups.append(FacetGroup(name.value, _TITLES[name], shown, links[len(shown) :], folded))
    return groups


def chips(page: SearchPage, address: Address, language: str) -> Iterator[Chip]:
    """What narrows the results, in the order of the facets, dates last."""
    for name, values in (page.request.chosen or {}).items():
        for value in values:
            label = facet_value_text(name, value, language)
            yield Chip(_TITLES[name], label, address.toggled(name.value, value))
    if page.request.first:
        yield Chip(say("From"), address.first(FIRST), address.without(FIRST))
    if page.request.last:
        yield Chip(say("To"), address.first(LAST), address.without(LAST))


_DATED = {FacetName.YEAR, FacetName.MONTH}
"""Where one of these is chosen, the months stand open."""


def _link(name: FacetName, value: FacetValue, address: Address, language: str) -> FacetLink:
    label = facet_value_text(name, value.value, language)
    return FacetLink(label, value.count, value.chosen, address.toggled(name.value, value.value))
