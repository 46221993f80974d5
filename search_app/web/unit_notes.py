"""What does the page say of the units of a query? Each with the link that undoes it, and all together."""

from dataclasses import dataclass

from search_app.answer.pages import SearchPage
from search_app.api.parameters import NOT_UNIT, UNITS
from search_app.query.cutting import QueryUnit, query_units, take_unit_apart
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, understand
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
        units: each once, in typed order; empty where the query has one word, or none.
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
    selection = page.request.selection
    typed = understand(address.query, most=MAX_UNDERSTOOD_CHARACTERS).query
    by_hand = {unit.text for unit in query_units(typed) if unit.words > 1}
    units = tuple(dict.fromkeys(page.units))
    is_cut = any(unit.words > 1 and unit.text not in by_hand for unit in units)

    def href(unit: QueryUnit) -> str:
        if unit.words == 1:
            return ""
        if unit.text not in by_hand:
            return address.adding(NOT_UNIT, unit.text).href()
        apart = address.setting("q", take_unit_apart(typed, unit.text))
        return (apart.adding(NOT_UNIT, unit.text) if selection.units else apart).href()

    return UnitNotes(
        tuple(
            UnitLink(unit.text, href(unit))
            for unit in (units if len(units) > 1 or any(unit.words > 1 for unit in units) else ())
        ),
        tuple(
            UnitLink(text, address.removing(NOT_UNIT, text).href())
            for text in (selection.not_units if selection.units else ())
        ),
        address.without(NOT_UNIT).setting(UNITS, "0").href() if is_cut and selection.units else "",
        address.without(UNITS, NOT_UNIT).href() if not selection.units else "",
    )
