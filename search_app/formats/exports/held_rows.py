"""Which whole rows has the file of an export, and of which articles? Read from the file, in any of its forms.

A file may have been cut off at any byte: what stands after its last whole row is no row. Nothing here asks
the archive. Rows are read one at a time, so that memory does not grow with the file.
"""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import BinaryIO

from search_app.formats.exports.forms import ExportForm
from search_app.formats.exports.texts import TABLE, TEXTS
from search_app.formats.table import undefused

ID = "id"
"""The column of ids."""

csv.field_size_limit(max(csv.field_size_limit(), 1 << 28))  # a cell may hold all paragraphs of an article


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A whole row of a file.

    Attributes:
        end: how many bytes of the file there are up to its end.
        data: its bytes, without what stands between two rows; none of a text in a zip.
    """

    end: int
    data: bytes


def held_rows(form: ExportForm, file: BinaryIO) -> Iterator[HeldRow]:
    """The rows of a file that is open at its beginning, as long as each follows the one before it."""
    return _READERS[form](file)


def held_ids(form: ExportForm, columns: Sequence[str], file: BinaryIO) -> list[str] | None:
    """The ids of the whole rows of a file; None where its form or its columns do not tell them.

    Args:
        columns: those of its rows.
    """
    try:
        if form is ExportForm.TEXTS:
            return _zipped_ids(file)
        read = _id_reader(form, columns)
        return None if read is None else [read(row.data) for row in held_rows(form, file)]
    except _NO_ROW:
        return None


_NO_ROW = (ValueError, KeyError, IndexError, TypeError, csv.Error, zipfile.BadZipFile, zlib.error, EOFError)
"""What reading a row raises that was changed; UnicodeDecodeError is a ValueError."""


def _csv_rows(file: BinaryIO) -> Iterator[HeldRow]:
    """Lines may break within quotes; the first row is the head."""
    rows = _records(file)
    next(rows, None)
    return rows


def _records(file: BinaryIO) -> Iterator[HeldRow]:
    end, parts, is_open = 0, list[bytes](), False
    for line in file:
        end += len(line)
        parts.append(line)
        is_open ^= line.count(b'"') % 2 == 1
        if not is_open and line.endswith(b"\r\n"):
            yield HeldRow(end, b"".join(parts))
            parts.clear()


def _lines(file: BinaryIO) -> Iterator[HeldRow]:
    end = 0
    for line in file:
        end += len(line)
        if line.endswith(b"\n"):
            yield HeldRow(end, line)


def _blocks(begin: bytes, ended: bytes) -> Callable[[BinaryIO], Iterator[HeldRow]]:
    """Reads rows of several lines.

    Args:
        begin: what the first line begins with.
        ended: the last line.
    """

    def read(file: BinaryIO) -> Iterator[HeldRow]:
        end, parts = 0, list[bytes]()
        for line in file:
            end += len(line)
            if parts or line.startswith(begin):
                parts.append(line)
            if parts and line == ended:
                yield HeldRow(end, b"".join(parts))
                parts.clear()

    return read


def _items(file: BinaryIO) -> Iterator[HeldRow]:
    """A row ends with its brace: the comma and the break behind it are the next row's."""
    end, parts = 0, list[bytes]()
    for line in file:
        is_last = line.startswith(b"}")
        if is_last or parts or line.startswith(b"{"):
            parts.append(b"}" if is_last else line)
        if is_last:
            yield HeldRow(end + 1, b"".join(parts))
            parts.clear()
        end += len(line)


_READERS: Mapping[ExportForm, Callable[[BinaryIO], Iterator[HeldRow]]] = {
    ExportForm.CSV: _csv_rows,
    ExportForm.JSONL: _lines,
    ExportForm.RIS: _blocks(b"TY  - ", b"ER  - \r\n"),
    ExportForm.BIBTEX: _blocks(b"@", b"}\n"),
    ExportForm.CSL: _items,
    ExportForm.TEXTS: lambda file: _texts(file),  # noqa: PLW0108 - it stands below
}


def _id_reader(form: ExportForm, columns: Sequence[str]) -> Callable[[bytes], str] | None:
    """What reads the id of a row."""
    match form:
        case ExportForm.CSV if ID in columns:
            place = columns.index(ID)
            return lambda data: undefused(next(csv.reader(io.StringIO(data.decode(), newline="")))[place])
        case ExportForm.JSONL if ID in columns:
            return lambda data: str(json.loads(data)[ID])
        case ExportForm.CSL:
            return lambda data: str(json.loads(data)[ID])
        case ExportForm.RIS:
            return _ris_id
    return None


def _ris_id(data: bytes) -> str:
    mark = "ID  - "
    return next(line for line in data.decode().split("\r\n") if line.startswith(mark)).removeprefix(mark)


def _zipped_ids(file: BinaryIO) -> list[str]:
    """By the table at the end of a whole zip."""
    with zipfile.ZipFile(file) as packed, packed.open(TABLE) as table:
        return [row[ID] for row in csv.DictReader(io.TextIOWrapper(table, "utf-8", newline=""))]


_LOCAL = Struct("<4s22xHH")
_DESCRIPTOR = Struct("<4s20x")  # with sizes of 64 bits, as search_app.formats.exports.texts writes them
_BLOCK = 1 << 16


def _texts(file: BinaryIO) -> Iterator[HeldRow]:
    """Each text that is whole, by the head before it and what follows it: a cut zip has no list of them."""
    head = file.read(_LOCAL.size)
    while len(head) == _LOCAL.size:
        mark, name_size, extra_size = _LOCAL.unpack(head)
        name = file.read(name_size)
        file.read(extra_size)
        if mark != b"PK\x03\x04" or not name.startswith(TEXTS.encode()) or not _is_whole(file):
            return
        end = file.tell()
        yield HeldRow(end, b"")
        file.seek(end)
        head = file.read(_LOCAL.size)


def _is_whole(file: BinaryIO) -> bool:
    """Passes over the bytes of a text; whether they, and what is said of them, are whole."""
    packed = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not packed.eof:
            block = file.read(_BLOCK)
            if not block:
                return False
            packed.decompress(block)
    except zlib.error:
        return False
    file.seek(-len(packed.unused_data), io.SEEK_CUR)
    said = file.read(_DESCRIPTOR.size)
    return len(said) == _DESCRIPTOR.size and _DESCRIPTOR.unpack(said)[0] == b"PK\x07\x08"
