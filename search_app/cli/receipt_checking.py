"""Is what a receipt proves still so? ``khobao verify RECEIPT``: the file beside it, and the archive.

This is for the archive's staff alone: what was withdrawn since is named, also what is hidden.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from corpus.archive_reader import ArchiveReader
from corpus.errors import OperatorError, UserError
from corpus.message import say
from corpus.withdrawals import current_moment
from search_app.answer.exporting.exporting import Export
from search_app.answer.exporting.facts import ids_digest
from search_app.answer.exporting.findings import CheckedReceipt, FileFinding, FileVerdict, ResultFinding
from search_app.answer.exporting.receipt import ARTICLES, Receipt
from search_app.answer.exporting.verifying import AskedAgain, compare_result, compare_rows
from search_app.answer.exporting.withheld import find_matching
from search_app.answer.selection import Selection
from search_app.api.parameters import read_selection
from search_app.api.receipts import programs_of, read_receipt
from search_app.bootstrap import open_service, withheld_evaluator
from search_app.cli.export_files import PART
from search_app.cli.export_job import asked_by, begin_job
from search_app.formats.exports.file_findings import find_of_file
from search_app.formats.exports.forms import ExportForm
from search_app.formats.exports.held_rows import held_ids
from search_app.settings import Settings


def read_receipt_file(path: Path) -> Receipt:
    """The receipt in a file.

    Raises:
        UserError: it cannot be read, or is no whole receipt.
    """
    try:
        return read_receipt(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        said = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserError(
            say("{path}: no receipt can be read there: {error}; name a receipt", path=str(path), error=said)
        ) from error


class ReceiptChecker:
    """Checks receipts against one archive."""

    def __init__(self, settings: Settings, archive: ArchiveReader) -> None:
        self._settings = settings
        self._archive = archive
        self._service = open_service(settings)

    def check(self, receipt: Receipt, path: Path) -> CheckedReceipt:
        """What is found of a receipt's file, and of what its archive gives now.

        Args:
            path: of the file, which need not be there.

        Raises:
            UserError: it is the receipt of another archive, or the file cannot be read.
            OperatorError: the archive or the index cannot be read.
        """
        self._check_archive(receipt)
        try:
            file, result = (self._of_articles if receipt.view == ARTICLES else self._of_view)(receipt, path)
            waiting = "" if file.verdict is FileVerdict.WHOLE else _waiting(receipt, path)
        except OSError as error:
            raise UserError(
                say("{path}: it cannot be read: {error}", path=str(path), error=error.strerror or str(error))
            ) from error
        return CheckedReceipt(receipt, file, result, waiting)

    def _check_archive(self, receipt: Receipt) -> None:
        own = self._archive.uuid
        if receipt.archive != own:
            raise UserError(
                say(
                    "the receipt is of the archive {theirs}, and this one is {ours}; name the data folder of"
                    " that one with --data",
                    theirs=receipt.archive,
                    ours=own,
                )
            )
        at = self._archive.moments([receipt.change]).get(receipt.change)
        told = datetime.fromisoformat(receipt.changed_at)
        if at is None or at.replace(microsecond=0) != told.replace(microsecond=0):
            raise UserError(
                say(
                    "the receipt is of change {change} of {day}, which this archive has not: it was brought"
                    " back from an earlier copy. Verify the receipt with the archive that made it",
                    change=receipt.change,
                    day=told.date().isoformat(),
                )
            )

    def _of_articles(self, receipt: Receipt, path: Path) -> tuple[FileFinding, ResultFinding]:
        selection = read_selection(receipt.parameters)
        found = self._service.exporting.export(selection)
        self._check_index(receipt, found.facts.change)
        is_same = found.facts.ids_sha256 == receipt.result.ids_sha256
        file = find_of_file(path, receipt.file, (lambda: self._rewrite(receipt)) if is_same else None)
        known, held = _known_ids(receipt, file, path)
        return file, compare_result(receipt, self._asked_again(receipt, selection, found, known, held))

    def _asked_again(
        self,
        receipt: Receipt,
        selection: Selection,
        found: Export,
        known: Sequence[str] | None,
        held: Sequence[str],
    ) -> AskedAgain:
        return AskedAgain(
            found.facts,
            found.ids,
            programs_of(found.facts.index_format, found.facts.analyser),
            self._archive.withdrawals().at(current_moment()),
            known,
            held,
            lambda: self._withheld(receipt, selection),
            self._service.exporting.lost_expansions(selection),
        )

    def _of_view(self, receipt: Receipt, path: Path) -> tuple[FileFinding, ResultFinding]:
        job = begin_job(self._service, self._settings.language, asked_by(receipt))
        self._check_index(receipt, job.change)
        for _piece in job.pieces:
            pass
        again = job.prove(receipt.file)
        is_same = again.result.rows_sha256 == receipt.result.rows_sha256
        file = find_of_file(path, receipt.file, (lambda: self._rewrite(receipt)) if is_same else None)
        withdrawn = self._archive.withdrawals().at(current_moment())
        lost = self._service.exporting.lost_expansions(job.asked)
        return file, compare_rows(receipt, again, withdrawn, lambda: self._withheld(receipt, job.asked), lost)

    def _check_index(self, receipt: Receipt, change: int) -> None:
        if change != receipt.change:
            raise OperatorError(
                say(
                    "the receipt is of change {change}, and the index goes up to {index}; catch up with:"
                    " khobao add, or khobao rebuild",
                    change=receipt.change,
                    index=change,
                )
            )

    def _withheld(self, receipt: Receipt, selection: Selection) -> list[str]:
        evaluator = withheld_evaluator(self._settings, self._archive, receipt.change)
        return find_matching(evaluator, selection)

    def _rewrite(self, receipt: Receipt) -> Iterator[bytes]:
        return begin_job(self._service, self._settings.language, asked_by(receipt)).pieces


def _known_ids(receipt: Receipt, file: FileFinding, path: Path) -> tuple[Sequence[str] | None, Sequence[str]]:
    """The ids of the rows that are proven, where they are known; and those in the file, where it is there."""
    if receipt.result.ids is not None or file.verdict is FileVerdict.MISSING:
        return receipt.result.ids, ()
    with path.open("rb") as opened:
        held = held_ids(ExportForm(receipt.file.form), receipt.file.columns, opened) or []
    return (held if ids_digest(held) == receipt.result.ids_sha256 else None), held


def _waiting(receipt: Receipt, path: Path) -> str:
    """The whole file under the name that it has until the export ends; empty: it is not there."""
    part = path.with_name(path.name + PART)
    if not part.is_file():
        return ""
    with part.open("rb") as file:
        return str(part) if file_digest(file, "sha256").hexdigest() == receipt.file.sha256 else ""
