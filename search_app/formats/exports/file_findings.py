"""Is a file the one that its receipt proves? Whole, cut off, longer, or changed, and in which row.

Its size and its digest decide. Where they do not fit, the bytes that the archive writes for the receipt say
what became of the file: they are written anew, and compared until the first that differs.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from search_app.answer.exporting.findings import FileFinding, FileVerdict
from search_app.answer.exporting.receipt import ReceiptFile
from search_app.formats.exports.forms import ExportForm
from search_app.formats.exports.held_rows import held_rows

_BLOCK = 1 << 20

Rewrite = Callable[[], Iterator[bytes]]
"""Writes the file that a receipt proves, as the archive gives it now."""


def find_of_file(path: Path, told: ReceiptFile, rewrite: Rewrite | None) -> FileFinding:
    """What became of a file.

    Args:
        rewrite: None where the archive no longer gives the same rows.

    Raises:
        OSError: it cannot be read.
    """
    name = str(path)
    if not path.exists():
        return FileFinding(FileVerdict.MISSING, name)
    with path.open("rb") as file:
        size, begun, whole = _digests(file, told.size)
        if whole == told.sha256:
            return FileFinding(FileVerdict.WHOLE, name, size)
        if size > told.size and begun == told.sha256:
            return FileFinding(FileVerdict.ADDED, name, size)
        return _compared(file, FileFinding(FileVerdict.CHANGED, name, size), told, rewrite)


def _digests(file: BinaryIO, size: int) -> tuple[int, str, str]:
    """The bytes of a file, the digest of its first ``size`` bytes, and that of all."""
    digest, done = hashlib.sha256(), 0
    while done < size and (block := file.read(min(_BLOCK, size - done))):
        digest.update(block)
        done += len(block)
    begun = digest.hexdigest()
    while block := file.read(_BLOCK):
        digest.update(block)
        done += len(block)
    return done, begun, digest.hexdigest()


def _compared(
    file: BinaryIO, finding: FileFinding, told: ReceiptFile, rewrite: Rewrite | None
) -> FileFinding:
    """A file that does not fit its digest, compared with what the archive writes."""
    form, size = ExportForm(told.form), finding.size or 0
    verdict = FileVerdict.CUT_OFF if size < told.size else FileVerdict.CHANGED
    if rewrite is not None:
        file.seek(0)
        same, digest = _same_bytes(file, rewrite())
        if digest == told.sha256:
            file.seek(0)
            verdict = FileVerdict.CUT_OFF if same == size else FileVerdict.CHANGED
            return FileFinding(verdict, finding.name, size, _rows_before(form, file, same))
    file.seek(0)
    rows = _rows_before(form, file, size) if verdict is FileVerdict.CUT_OFF else None
    return FileFinding(verdict, finding.name, size, rows, is_proven=False)


def _same_bytes(file: BinaryIO, pieces: Iterator[bytes]) -> tuple[int, str]:
    """How many bytes at the beginning of a file are those of some pieces, and the digest of all pieces."""
    digest, same, is_same = hashlib.sha256(), 0, True
    for piece in pieces:
        digest.update(piece)
        if is_same:
            held = file.read(len(piece))
            common = len(piece) if held == piece else _common(held, piece)
            same += common
            is_same = common == len(piece)
    return same, digest.hexdigest()


def _common(one: bytes, other: bytes) -> int:
    """How many bytes at the beginning of two are the same."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _rows_before(form: ExportForm, file: BinaryIO, end: int) -> int:
    """How many whole rows a file has among its first bytes."""
    count = 0
    for row in held_rows(form, file):
        if row.end > end:
            break
        count += 1
    return count
