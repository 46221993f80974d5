"""How are all rows of a view taken away? As a table, whole or in parts, with what is said beside the rows."""

from collections.abc import Callable, Iterable
from functools import partial

from flask import request

from indexer.budget import lift
from search_app.answer.exporting.pinning import can_be_pinned
from search_app.answer.exporting.receipt import Parameters
from search_app.api.current import current_language, current_service
from search_app.api.exported import AskedPart, asked_part
from search_app.api.limits import prepare_stream
from search_app.api.parameters import AS_OF, WIDEN
from search_app.api.view_pins import CONCORDANCE, FACET
from search_app.api.view_tables import ViewAsked, ViewTable, view_table
from search_app.formats.exports.rows_digest import says_typed
from search_app.formats.table import TableForm
from search_app.web.export_links import part_headers, part_parameters, view_href, view_receipt_href
from search_app.web.facet_page import facet_named
from search_app.web.link_header import NEXT, PROOF, Link
from search_app.web.route import NamedTable


def rows_of(view: str) -> Callable[[], NamedTable]:
    """What makes the rows of a view."""
    return partial(view_rows, view)


def view_rows(view: str) -> NamedTable:
    """The rows of a view that the request asks for; lines however long that takes."""
    part = asked_part(request.args)
    found = asked_view(view, part)
    headers = view_headers(found) | part_headers(found.next)
    return NamedTable(
        found.table,
        _part_name(view, found),
        headers,
        partial(_links, view, found, part),
        begins=not found.after,
    )


def facet_rows(name: str) -> NamedTable:
    """The values of a facet."""
    return view_rows(FACET + facet_named(name).value)


def asked_view(view: str, part: AskedPart | None = None) -> ViewTable:
    """A view that the request asks for; all of it unless a part is asked for."""
    if view == CONCORDANCE:
        prepare_stream()
        lift()
    asked, some = ViewAsked(request.args, current_service(), current_language()), part or AskedPart()
    return view_table(view, asked, some.cursor, some.rows)


def view_file_name(view: str, rows: int, change: int) -> str:
    """The name of the file of a view, without its end."""
    return f"{view}-n{rows}-c{change}" if view == CONCORDANCE else view


def _part_name(view: str, found: ViewTable) -> str:
    """The same of what was asked for, which may be a part."""
    whole = view_file_name(view, found.result.rows, found.change)
    if found.until - found.after == found.result.rows:
        return whole
    return f"{whole}-rows{found.after + 1}-{found.until}"


def view_headers(found: ViewTable) -> dict[str, str]:
    """What is said of a view beside its rows."""
    counts = {
        "X-Total-Count": found.result.rows,
        "X-Archive-Number": found.change,
        "X-Held-Articles": found.held_articles,
        "X-Held-Syllables": found.held_syllables,
    }
    said = {name: str(count) for name, count in counts.items() if count is not None}
    return said | undated_headers(found.result.excluded_undated)


def undated_headers(excluded: int | None) -> dict[str, str]:
    """How many matches a filter by date leaves out for lack of a date, beside rows that cannot say it."""
    return {} if excluded is None else {"X-Undated-Excluded": str(excluded)}


def linked_parameters(found: ViewTable) -> Parameters:
    """Those by which a header names another file of the same rows.

    They are pinned and as understood. Where rows say what was typed, they are as typed, at the change: else
    the other file would say it otherwise.
    """
    if not says_typed(found.table.columns):
        return found.pinned.parameters
    pinned, typed = found.pinned, request.args
    added = {AS_OF, WIDEN, *(name for name, _ in pinned.own)} - (typed.keys() - {AS_OF})
    kept = pinned.honoured - added
    return (
        *(pair for pair in typed.items(multi=True) if pair[0] in kept),
        *(pair for pair in pinned.parameters if pair[0] in added),
    )


def _links(
    view: str, found: ViewTable, part: AskedPart, form: TableForm, spreadsheet: bool
) -> Iterable[Link]:
    """The part that follows, and what proves the whole file; none where it cannot be asked for again."""
    if not can_be_pinned(found.pinned.pinned):
        return
    asked, following = linked_parameters(found), found.next
    if following is not None:
        more = part_parameters(following, part.rows)
        yield Link(view_href(view, asked, form, spreadsheet=spreadsheet, part=more), NEXT)
    yield Link(view_receipt_href(view, asked, form, spreadsheet=spreadsheet), PROOF)
