"""At which addresses are the files of an export, its parts and their receipts? In headers and on pages.

They are pinned and as understood: what they name is the same whatever is imported later.
"""

from collections.abc import Mapping

from flask import url_for

from search_app.answer.exporting.cursor import Cursor
from search_app.answer.exporting.receipt import Parameters
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.api.exported import AskedFile
from search_app.api.parameters import CURSOR, FORM, ROWS, SPREADSHEET, write_parameters
from search_app.api.view_pins import FACET
from search_app.formats.exports.forms import ExportForm
from search_app.formats.table import TableForm
from search_app.web.address import encoded

ENDPOINTS: Mapping[ExportForm, str] = {
    ExportForm.CSV: "export.results",
    ExportForm.JSONL: "export.lines",
    ExportForm.TEXTS: "export.texts",
    ExportForm.RIS: "export.ris",
    ExportForm.BIBTEX: "export.bibtex",
    ExportForm.CSL: "export.csl",
}
RECEIPT = "export.receipt"


def part_headers(cursor: Cursor | None) -> dict[str, str]:
    """Where the file goes on after a part; nothing after the last."""
    return {} if cursor is None else {"X-Cursor": str(cursor)}


def part_parameters(cursor: Cursor, rows: int | None) -> Parameters:
    """Those of the part that begins at a cursor."""
    return (*(((ROWS, str(rows)),) if rows else ()), (CURSOR, str(cursor)))


def file_href(pinned: Selection, file: AskedFile, part: Parameters = ()) -> str:
    """A file of the articles of a search, or a part of it."""
    pairs = (*write_parameters(SearchRequest(pinned)), *file.parameters, *part)
    return f"{url_for(ENDPOINTS[file.form])}?{encoded(pairs)}"


def receipt_href(pinned: Selection, file: AskedFile) -> str:
    """The receipt of a file of articles."""
    pairs = (*write_parameters(SearchRequest(pinned)), *file.parameters, (FORM, file.form.value))
    return f"{url_for(RECEIPT)}?{encoded(pairs)}"


def view_href(
    view: str, asked: Parameters, form: TableForm, *, spreadsheet: bool, part: Parameters = ()
) -> str:
    """A file of a view, or a part of it; ``asked`` are the parameters of the view."""
    name = view.removeprefix(FACET)
    path = (
        url_for("twins.facet", name=name, form=form.value)
        if name != view
        else url_for(f"twins.{view}", form=form.value)
    )
    return f"{path}?{encoded([*asked, *_for_spreadsheet(spreadsheet), *part])}"


def view_receipt_href(view: str, asked: Parameters, form: TableForm, *, spreadsheet: bool) -> str:
    """The receipt of a file of a view; ``asked`` are the parameters of the view."""
    name = view.removeprefix(FACET)
    path = url_for("receipts.facet", name=name) if name != view else url_for(f"receipts.{view}")
    pairs = (*asked, *_for_spreadsheet(spreadsheet), (FORM, form.value))
    return f"{path}?{encoded(pairs)}"


def _for_spreadsheet(is_asked: bool) -> Parameters:
    return ((SPREADSHEET, "1"),) if is_asked else ()
