"""What does ``khobao export`` write? The rows of a result, or of a view, and what proves them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from corpus.errors import UserError
from corpus.message import say
from search_app.answer.exporting.cursor import Cursor
from search_app.answer.exporting.exporting import Export
from search_app.answer.exporting.receipt import ARTICLES, Parameters, Receipt, ReceiptFile
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.api.parameters import Values, read_selection
from search_app.api.receipts import receipt_file, receipt_of_articles, receipt_of_view
from search_app.api.view_pins import LANGUAGE
from search_app.api.view_tables import ViewAsked, view_table
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.forms import ExportForm, Layout, write_export
from search_app.formats.exports.rows_digest import RowsDigest
from search_app.formats.file_names import export_name
from search_app.formats.table import Table, TableForm, table_lines
from search_app.web.article_addresses import article_addresses

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What is exported, and in which form.

    Attributes:
        view: ARTICLES, or a name of search_app.api.view_tables.VIEWS.
        parameters: those of an address that asks for the rows.
        columns: of a table of articles; empty where the form or the view has its own.
        spreadsheet: whether a table is for spreadsheets.
        address: what stands before an article's id in its permalink; empty: no public address is known.
    """

    view: str
    parameters: Parameters
    form: ExportForm
    columns: tuple[str, ...]
    spreadsheet: bool
    address: str


@dataclass(slots=True)
class ExportJob:
    """An export that is about to be written.

    Attributes:
        asked: the selection as it was asked for.
        change, rows: of the result: its change, and how many rows there are.
        pieces: the bytes of the file, but for those of the rows that were written before; read once.
        prove: makes the receipt of the file, once all pieces were read; before, a draft of it.
        file: the file, as its receipt names it: of its name, its bytes and their digest.
        done: how many rows were written, those before too.
    """

    asked: Selection
    change: int
    rows: int
    pieces: Iterator[bytes]
    prove: Callable[[ReceiptFile], Receipt]
    file: Callable[[str, int, str], ReceiptFile]
    done: int

    def name(self, view: str, form: ExportForm) -> str:
        """The name of the file where none is given."""
        named = export_name(self.asked, self.rows, self.change, form.value)
        return named if view == ARTICLES else named.replace("_", f"_{view}_", 1)


def begin_job(service: Service, language: str, asked: ExportAsked, after: int = 0) -> ExportJob:
    """Finds the rows.

    Args:
        language: in which values are named where nothing else is asked for.
        after: how many rows were written before; only the rows of articles go on so.

    Raises:
        UserError: a value that cannot be, or a query past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    return _articles(service, asked, after) if asked.view == ARTICLES else _view(service, language, asked)


def _articles(service: Service, asked: ExportAsked, after: int) -> ExportJob:
    selection = read_selection(asked.parameters)
    cursor = Cursor(selection.as_of, after) if after and isinstance(selection.as_of, int) else None
    found = service.exporting.export(selection, extras_of(asked.columns), cursor)
    archive = service.monitoring.archive_uuid()
    layout = layout_of_articles(service, found, asked)
    job = ExportJob(
        selection,
        found.facts.change,
        found.facts.rows,
        iter(()),
        lambda file: receipt_of_articles(archive, found.facts, found.ids, file),
        lambda name, size, sha256: receipt_file(name, asked.form, layout, size, sha256),
        found.after,
    )
    job.pieces = write_export(asked.form, layout, _counted(job, found.rows))
    return job


def layout_of_articles(service: Service, found: Export, asked: ExportAsked) -> Layout:
    """How the rows of a result are written."""
    archive = service.monitoring.archive_uuid()
    addresses = article_addresses(archive, asked.address, found.facts.day)
    return Layout(addresses, asked.columns, asked.spreadsheet, found.after)


def _view(service: Service, language: str, asked: ExportAsked) -> ExportJob:
    found = view_table(asked.view, ViewAsked(Values(list(asked.parameters)), service, language))
    _check_honoured(asked, found.pinned.honoured)
    digest, columns = RowsDigest(found.table), found.table.columns
    job = ExportJob(
        found.pinned.asked,
        found.change,
        found.result.rows,
        iter(()),
        lambda file: receipt_of_view(
            service.monitoring.archive_uuid(),
            asked.view,
            found,
            service.exporting.state(found.change),
            digest.sha256,
            file,
        ),
        lambda name, size, sha256: ReceiptFile(
            name, asked.form.value, columns, asked.spreadsheet, size, sha256
        ),
        0,
    )
    rows = Table(columns, _counted(job, digest.rows()))
    lines = table_lines(TableForm(asked.form.value), rows, spreadsheet=asked.spreadsheet)
    job.pieces = (line.encode() for line in lines)
    return job


def _check_honoured(asked: ExportAsked, honoured: frozenset[str]) -> None:
    """Refuses a parameter that a view does not take: an address may say what it likes, a command is mistyped.

    Raises:
        UserError: there is one.
    """
    others = {name for name, _ in asked.parameters} - honoured - {LANGUAGE}
    if others:
        raise UserError(
            say(
                "{view} does not take {names}; it takes {known}",
                view=asked.view,
                names=", ".join(sorted(others)),
                known=", ".join(sorted(honoured)),
            )
        )


def _counted(job: ExportJob, rows: Iterable[_Row]) -> Iterator[_Row]:
    """Rows that are counted as they are written: a row counts when the next is asked for."""
    for row in rows:
        yield row
        job.done += 1


def asked_by(receipt: Receipt) -> ExportAsked:
    """What writes the file of a receipt anew."""
    file = receipt.file
    form = ExportForm(file.form)
    columns = file.columns if receipt.view == ARTICLES else ()
    return ExportAsked(receipt.view, receipt.parameters, form, columns, file.spreadsheet, file.address)


def check_form(view: str, form: ExportForm) -> None:
    """Refuses a form that a view does not have.

    Raises:
        UserError: rows of a view that are no articles are asked for as texts or citations.
    """
    if view != ARTICLES and form.value not in set(TableForm):
        raise UserError(
            say(
                "the rows of {view} are no articles, and have no form {form}; choose of: {forms}",
                view=view,
                form=form.value,
                forms=", ".join(TableForm),
            )
        )
