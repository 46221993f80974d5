"""What does the page say of the units of a query? Each with the link that undoes it, and all together."""

from dataclasses import dataclass

from search_app.answer.pages import SearchPage
from search_app.api.parameters import NOT_UNIT, UNITS
from search_app.web.address import Address


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit; the link takes it apart, and is empty for a single word."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class UnitNotes:
    """What the page shows.

    Attributes:
        units: in typed order; empty where the query has one word, or none.
        undone: units that were taken apart; the link binds them again.
        all_off, all_on: links that take all units apart, and cut the words again; empty where that changes
            nothing.
    """

    units: tuple[UnitLink, ...]
    undone: tuple[UnitLink, ...]
    all_off: str
    all_on: str


def unit_notes(page: SearchPage, address: Address) -> UnitNotes:
    """What is said of a page of results.

    Args:
        address: of the query whose results are shown.
    """
    is_bound = any(unit.words > 1 for unit in page.units)
    selection = page.request.selection
    several = is_bound or len(page.units) > 1
    return UnitNotes(
        tuple(
            UnitLink(unit.text, address.adding(NOT_UNIT, unit.text).href() if unit.words > 1 else "")
            for unit in (page.units if several else ())
        ),
        tuple(
            UnitLink(text, address.removing(NOT_UNIT, text).href())
            for text in (selection.not_units if selection.units else ())
        ),
        address.without(NOT_UNIT).setting(UNITS, "0").href() if is_bound and selection.units else "",
        address.without(UNITS, NOT_UNIT).href() if not selection.units else "",
    )
