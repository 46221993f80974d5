"""How are all rows of a view taken away? As a table, with what is said of them beside the rows."""

from flask import request

from indexer.budget import lift
from search_app.api.current import current_language, current_service
from search_app.api.limits import prepare_stream
from search_app.api.view_pins import CONCORDANCE, FACET
from search_app.api.view_tables import ViewAsked, ViewTable, view_table
from search_app.web.facet_page import facet_named
from search_app.web.route import NamedTable


def view_rows(view: str) -> NamedTable:
    """All rows of a view; those of lines however long that takes."""
    if view == CONCORDANCE:
        prepare_stream()
        lift()
    found = view_table(view, ViewAsked(request.args, current_service(), current_language()))
    return NamedTable(found.table, _file_name(view, found), view_headers(found))


def facet_rows(name: str) -> NamedTable:
    """The values of a facet."""
    return view_rows(FACET + facet_named(name).value)


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


def _file_name(view: str, found: ViewTable) -> str:
    return f"{view}-n{found.result.rows}-c{found.change}" if view == CONCORDANCE else view
