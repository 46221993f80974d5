"""What proves a file that an address gives? Its receipt: the file is made once more, digested, kept nowhere.

That takes as long as the file. White space, which JSON allows before its text, is sent while it is made, so
that no program between takes the connection for dead; it is not compressed, which would hold that back.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from flask import Response, request

from search_app.answer.exporting.exporting import Export
from search_app.answer.exporting.receipt import ReceiptFile
from search_app.answer.hits import WithdrawnMeanwhileError
from search_app.answer.service import Service
from search_app.api.current import current_service
from search_app.api.described import answers
from search_app.api.exported import AskedFile, file_by_form
from search_app.api.limits import SteadyResponse, paced, prepare_stream
from search_app.api.parameter_schemas import ReceiptParameters
from search_app.api.parameters import FORM, for_spreadsheet, read_choice, search_request
from search_app.api.receipts import (
    check_asked_again,
    receipt_file,
    receipt_of_articles,
    receipt_of_view,
    write_receipt,
)
from search_app.api.view_pins import FACET
from search_app.api.view_tables import ViewTable
from search_app.formats.answers.receipt import SignedReceiptAnswer
from search_app.formats.exports.bag import Digested
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.counted_rows import CountedRows
from search_app.formats.exports.forms import Layout, write_export
from search_app.formats.exports.rows_digest import RowsDigest
from search_app.formats.file_names import result_name
from search_app.formats.table import Table, TableForm, table_lines
from search_app.web.export import layout_of, result_headers
from search_app.web.export_links import file_href, view_href
from search_app.web.facet_page import facet_named
from search_app.web.link_header import PROVEN, Link, link_header
from search_app.web.view_rows import asked_view, linked_parameters, view_file_name, view_headers

_SIGN, _EVERY = b"\n", 500
"""What is sent while a file is made, and after how many pieces of it."""


@answers(ReceiptParameters, SignedReceiptAnswer)
def receipt() -> Response:
    """The receipt of the file that the same parameters give in a form.

    However long that takes: it has no budget, only its turns.
    """
    prepare_stream()
    file, service = file_by_form(request.args), current_service()
    found = service.exporting.export(search_request(request.args).selection, extras_of(file.columns))
    check_asked_again(found.facts)
    proven = Link(file_href(found.facts.pinned, file), PROVEN)
    pieces = _of_articles(service.monitoring.archive_uuid(), found, file, layout_of(found, file))
    return _answer(pieces, result_name(found.facts, file.form.value), proven, result_headers(found.facts))


def view_receipt(view: str) -> Callable[[], Response]:
    """What answers with the receipt of a file of a view."""
    return partial(receipt_of_file, view)


def facet_receipt(name: str) -> Response:
    """The receipt of a file of the values of a facet."""
    return receipt_of_file(FACET + facet_named(name).value)


def receipt_of_file(view: str) -> Response:
    """The receipt of the file of a view that the same parameters give in a form."""
    form, spreadsheet = (
        read_choice(request.args, FORM, TableForm.CSV, TableForm),
        for_spreadsheet(request.args),
    )
    found = asked_view(view)
    name = f"kho-bao-{view_file_name(view, found.result.rows, found.change)}.{form.value}"
    proven = Link(view_href(view, linked_parameters(found), form, spreadsheet=spreadsheet), PROVEN)
    pieces = _of_view(current_service(), view, found, (form, spreadsheet, name))
    return _answer(pieces, name, proven, view_headers(found))


def _answer(pieces: Iterator[bytes], name: str, proven: Link, headers: Mapping[str, str]) -> Response:
    said = {
        "Content-Disposition": f"attachment; filename={name}.receipt.json",
        **headers,
        **link_header([proven]),
    }
    return paced(pieces, media_type="application/json", headers=said, kind=SteadyResponse)


def _of_articles(archive: str, found: Export, file: AskedFile, layout: Layout) -> Iterator[bytes]:
    """The receipt of a file of articles.

    Raises:
        WithdrawnMeanwhileError: one was withdrawn while it was made.
    """
    rows = CountedRows(found.rows)
    digested = Digested(write_export(file.form, layout, rows))
    yield from _signs(digested)
    if rows.count != found.facts.rows:
        raise WithdrawnMeanwhileError
    made = receipt_file(
        result_name(found.facts, file.form.value), file.form, layout, digested.size, digested.sha256
    )
    yield write_receipt(receipt_of_articles(archive, found.facts, found.ids, made)).encode()


def _of_view(
    service: Service, view: str, found: ViewTable, file: tuple[TableForm, bool, str]
) -> Iterator[bytes]:
    """The receipt of a file of a view: of its form, whether it is for spreadsheets, and its name.

    Raises:
        WithdrawnMeanwhileError: what rows are of was withdrawn while it was made.
    """
    form, spreadsheet, name = file
    columns, proof = found.table.columns, RowsDigest(found.table)
    rows = CountedRows(proof.rows())
    lines = table_lines(form, Table(columns, rows), spreadsheet=spreadsheet)
    digested = Digested(line.encode() for line in lines)
    yield from _signs(digested)
    if rows.count != found.result.rows:
        raise WithdrawnMeanwhileError
    made = ReceiptFile(name, form.value, columns, spreadsheet, digested.size, digested.sha256)
    archive, state = service.monitoring.archive_uuid(), service.exporting.state(found.change)
    yield write_receipt(receipt_of_view(archive, view, found, state, proof.sha256, made)).encode()


def _signs(digested: Digested) -> Iterator[bytes]:
    """Reads a file that is digested, and says now and then that it is read; at once first."""
    for _piece, number in zip(digested, count(), strict=False):
        yield b"" if number % _EVERY else _SIGN
