"""How does the page offer what asks less, where nothing is found? Each as a link with its count."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.message import Message, say
from search_app.answer.no_results import FewerFilters, OtherQuery
from search_app.answer.pages import SearchPage
from search_app.api.current import current_service
from search_app.web.address import Address
from search_app.web.narrowing import Chip


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


def no_results(page: SearchPage, address: Address, chips: Sequence[Chip]) -> NoResults | None:
    """What is said of a page on which nothing matches; None where something does."""
    if page.total or page.scattered_total or page.searched_instead:
        return None
    found = current_service().searching.relax(page.request.selection)
    base = address.unfiltered() if found.unfiltered else address
    return NoResults(
        tuple(_queries(found.words, base)),
        tuple(_fewer_filters(found.filters, address, chips)),
        tuple(_queries(found.wider, base)),
        found.unfiltered,
    )


def _queries(queries: Iterable[OtherQuery], address: Address) -> Iterator[Alternative]:
    return (Alternative(one.title, one.count, address.as_understood(one.query).href()) for one in queries)


def _fewer_filters(
    fewer: Iterable[FewerFilters], address: Address, chips: Sequence[Chip]
) -> Iterator[Alternative]:
    chip_of = {chip.filter: chip for chip in chips}
    for one in fewer:
        if one.removed is None:
            yield Alternative(say("Without any filter"), one.count, address.unfiltered().href())
        else:
            chip = chip_of[one.removed]
            yield Alternative(say("Without the filter “{label}”", label=chip.label), one.count, chip.href)
