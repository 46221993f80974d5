"""Exports to files, and checks of their receipts, as the command line makes them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.records import Reading
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from search_app.answer.exporting.findings import CheckedReceipt
from search_app.answer.exporting.receipt import ARTICLES
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.cli.export_files import UNSURE
from search_app.cli.export_job import ExportAsked
from search_app.cli.export_writing import ExportDone, ExportOrder, ExportWriter
from search_app.cli.receipt_checking import ReceiptChecker, read_receipt_file
from search_app.formats.exports.columns import USUAL
from search_app.formats.exports.forms import ExportForm, has_columns
from search_app.settings import Settings
from tests.exports.conftest import index


def asked_for(
    query: str,
    form: ExportForm = ExportForm.CSV,
    view: str = ARTICLES,
    columns: tuple[str, ...] = USUAL,
    parameters: Sequence[tuple[str, str]] = (),
    spreadsheet: bool = False,
) -> ExportAsked:
    own = columns if view == ARTICLES and has_columns(form) else ()
    address = "https://kho.example/article/"
    return ExportAsked(view, (("q", query), *parameters), form, own, spreadsheet, address)


def write(
    settings: Settings,
    asked: ExportAsked,
    output: Path,
    *,
    resume: bool = False,
    overwrite: bool = False,
    on_progress: Callable[[int, int], None] = lambda _done, _rows: None,
    compared: int = UNSURE,
    service: Service | None = None,
) -> ExportDone:
    """Exports to a file; with a service that was opened before, or one of its own."""
    order = ExportOrder(asked, output, resume=resume, overwrite=overwrite, language="vi")
    return ExportWriter(service or open_service(settings), order, on_progress, compared).write()


def check(settings: Settings, receipt: Path, file: Path | None = None) -> CheckedReceipt:
    """Verifies a receipt against the archive."""
    told = read_receipt_file(receipt)
    with ArchiveReader(settings.archive) as archive:
        return ReceiptChecker(settings, archive).check(told, file or receipt.with_name(told.file.name))


def store(settings: Settings, *readings: Reading) -> None:
    """Imports articles and indexes them."""
    with Archive(settings.archive) as archive:
        archive.store(list(readings))
        index(settings, archive)


def withdraw(
    settings: Settings, state: WithdrawalState | None, *ids: str, version: int | None = None
) -> None:
    """Withdraws articles, or brings them back, and brings the index up to it."""
    with Archive(settings.archive) as archive:
        archive.carry_out([WithdrawalOrder(one, version, state, "vì thử", "An") for one in ids])
        index(settings, archive)
