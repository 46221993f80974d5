"""How can results be narrowed further, and what narrows them now? Facets and chips, each a link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.message import Message, say
from indexer.facets import SEVERAL, FacetName
from search_app.answer.pages import FacetValue, SearchPage
from search_app.answer.selection import DateFilter, Filter, UndatedFilter
from search_app.api.parameters import FIRST, LAST, LEAVE_OUT, UNDATED
from search_app.facets import BESIDE_RESULTS, FACETS
from search_app.formats.dates import facet_value_text
from search_app.language import number_text, translator
from search_app.web.address import Address
from search_app.web.periods import period_between


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet; its links choose it and leave it out, or let go of that."""

    label: str
    count: str
    chosen: bool
    excluded: bool
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
    """A filter in force, as the page shows it; its link removes it."""

    filter: Filter
    title: Message
    label: str
    href: str


def facet_groups(page: SearchPage, address: Address, language: str) -> list[FacetGroup]:
    """The facets that have values, in their fixed order."""
    groups = []
    for name in BESIDE_RESULTS:
        opened = _opened(name, page.facets.get(name, ()))
        if opened:
            links = tuple(facet_links(name, opened, address, language))
            title, href = FACETS[name].title, address.facet(name.value)
            count = max(page.facet_sizes.get(name, 0), len(page.facets[name]))
            groups.append(FacetGroup(name.value, title, links, count, href))
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
        yield FacetLink(label, number_text(one.count, language), one.chosen, one.excluded, href, out)


def chips(page: SearchPage, address: Address, language: str) -> Iterator[Chip]:
    """Every filter in force, as a link that removes it, in the order of Selection.filters."""
    for one in page.request.selection.filters():
        if isinstance(one, UndatedFilter):
            yield Chip(one, say("Published"), _undated_label(page, language), address.without(UNDATED).href())
        elif isinstance(one, DateFilter):
            yield _date_chip(one, address, language)
        else:
            facet, prefix = FACETS[one.name], LEAVE_OUT if one.excluded else ""
            label = facet_value_text(one.name, one.value, language)
            href = address.toggled(prefix + one.name.value, one.value).href()
            yield Chip(one, facet.excluding if one.excluded else facet.title, label, href)


def _undated_label(page: SearchPage, language: str) -> str:
    """What lacks of the date: all of it, or enough for the filter by date beside it."""
    is_any = not page.is_filtered_by_date
    said = say("date unknown") if is_any else say("date unknown, or not known exactly enough")
    return said.render(translator(language))


@dataclass(frozen=True, slots=True)
class UndatedLink:
    """The way to the matches that have no date, or none that a filter by date can use.

    Attributes:
        is_excluded: whether the filters by date leave them out; else they are among the results.
    """

    count: int
    is_excluded: bool
    href: str


def undated_link(page: SearchPage, address: Address) -> UndatedLink | None:
    """The link to the undated; None where there are none, or where they are shown."""
    excluded = page.excluded_undated
    count = excluded if excluded is not None else page.timeline.undated if page.timeline else 0
    if not count or page.request.selection.undated:
        return None
    return UndatedLink(count, excluded is not None, address.setting(UNDATED, "1").href())


def _date_chip(one: DateFilter, address: Address, language: str) -> Chip:
    """A year, a month or a day by its name; one end as it was typed."""
    if one.first and one.last:
        period = period_between(one.first, one.last)
        label = period.text(language) if period else ""
        return Chip(one, say("Published"), label, address.without(FIRST, LAST).href())
    if one.first:
        return Chip(one, say("From"), address.first(FIRST), address.without(FIRST).href())
    return Chip(one, say("To"), address.first(LAST), address.without(LAST).href())


def _opened(name: FacetName, values: Sequence[FacetValue]) -> tuple[FacetValue, ...]:
    """The first of them, and what is chosen or left out wherever it stands.

    Of facets in which an article can have several values most articles have none, which is not shown here.
    """
    if name in SEVERAL:
        values = [one for one in values if one.value or one.chosen or one.excluded]
    most = FACETS[name].beside_results
    held = (one for one in values[most:] if one.chosen or one.excluded)
    return (*values[:most], *held)
