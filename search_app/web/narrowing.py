"""How can results be narrowed further, and what narrows them now? Facets and chips, each a link."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.query import FacetName
from search_app.api.parameters import FIRST, LAST
from search_app.pages import FacetValue, SearchPage, SearchRequest
from search_app.web.address import Address
from search_app.web.formats import facet_value_text, number_text

OPEN_VALUES = 10
"""Values of a facet that stand open; the others are one click away."""

OPEN_MONTHS = 12
"""The same of months: a year stays whole."""

FOLDED_VALUES = 50
"""Values that stand behind the click, at most, where the others can be asked for in the query."""

_TITLES = {
    FacetName.SOURCE: say("Source"),
    FacetName.SECTION: say("Section"),
    FacetName.YEAR: say("Year"),
    FacetName.MONTH: say("Month"),
}
_ASKED = {FacetName.SOURCE: 'nguồn:"…"', FacetName.SECTION: 'chuyên_mục:"…"'}
"""How the query asks for a value; years and months, of which there are few, are all listed."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet; its link chooses it, or lets go of it where it is chosen."""

    label: str
    count: str
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet.

    Attributes:
        links, rest: what stands open, and what stands behind a click.
        unlisted: how many more values there are.
        asked: how the query asks for one of those.
    """

    name: str
    title: Message
    links: tuple[FacetLink, ...]
    rest: tuple[FacetLink, ...]
    unlisted: int
    asked: str


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the results now; its link lets go of it."""

    title: Message
    label: str
    href: str


def shown_facets(request: SearchRequest) -> tuple[FacetName, ...]:
    """What the page counts: months only where a year is chosen, or a month."""
    dated = (request.chosen or {}).keys() & {FacetName.YEAR, FacetName.MONTH}
    return tuple(name for name in FacetName if dated or name is not FacetName.MONTH)


def facet_groups(page: SearchPage, address: Address, language: str) -> list[FacetGroup]:
    """The facets that have values, in their fixed order."""
    groups = []
    for name in FacetName:
        values = _near(page, name)
        if values:
            opened = OPEN_MONTHS if name is FacetName.MONTH else OPEN_VALUES
            listed = _listed(values, opened + FOLDED_VALUES) if name in _ASKED else values
            links = tuple(_links(name, listed, address, language))
            unlisted, asked = len(values) - len(listed), _ASKED.get(name, "")
            shown, rest = links[:opened], links[opened:]
            groups.append(FacetGroup(name.value, _TITLES[name], shown, rest, unlisted, asked))
    return groups


def chips(page: SearchPage, address: Address, language: str) -> Iterator[Chip]:
    """What narrows the results, in the order of the facets, dates last."""
    for name, values in (page.request.chosen or {}).items():
        for value in values:
            label = facet_value_text(name, value, language)
            yield Chip(_TITLES[name], label, address.toggled(name.value, value).href())
    if page.request.first:
        yield Chip(say("From"), address.first(FIRST), address.without(FIRST).href())
    if page.request.last:
        yield Chip(say("To"), address.first(LAST), address.without(LAST).href())


def _near(page: SearchPage, name: FacetName) -> tuple[FacetValue, ...]:
    """A facet's values; of months those of the chosen years, else of the years of the chosen months."""
    values, chosen = page.facets.get(name, ()), page.request.chosen or {}
    if name is not FacetName.MONTH:
        return values
    years = chosen.get(FacetName.YEAR) or {month[:4] for month in chosen.get(name, ())}
    return tuple(one for one in values if one.chosen or one.value[:4] in years)


def _listed(values: tuple[FacetValue, ...], most: int) -> tuple[FacetValue, ...]:
    """The first of them, and the chosen ones wherever they stand."""
    return (*values[:most], *(one for one in values[most:] if one.chosen))


def _links(
    name: FacetName, values: tuple[FacetValue, ...], address: Address, language: str
) -> Iterator[FacetLink]:
    hrefs = address.toggles(name.value, (one.value for one in values))
    for one, href in zip(values, hrefs, strict=True):
        label = facet_value_text(name, one.value, language)
        yield FacetLink(label, number_text(one.count, language), one.chosen, href)
