"""In which forms can a result be taken away? A row each: how its file begins, goes on and ends."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_app.answer.exporting.rows import ExportRow
from search_app.formats.citations import Style, cite
from search_app.formats.citations.csl import item
from search_app.formats.exports.columns import COLUMNS, USUAL, Addresses
from search_app.formats.exports.texts import zipped_texts
from search_app.formats.table import TABLE_TYPES, Table, TableForm, csv_lines


class ExportForm(StrEnum):
    """A form of file, by the end of its name."""

    CSV = "csv"
    JSONL = "jsonl"
    TEXTS = "txt.zip"
    RIS = "ris"
    BIBTEX = "bib"
    CSL = "csl.json"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a file are written.

    Attributes:
        columns: of a table; names in search_app.formats.exports.columns.
        spreadsheet: whether a table is for spreadsheets (search_app.formats.table).
        after: how many rows were written before; with any, the file's beginning is left out.
        ends: whether these are the last rows; if not, the file's end is left out.
    """

    addresses: Addresses
    columns: tuple[str, ...] = USUAL
    spreadsheet: bool = False
    after: int = 0
    ends: bool = True


@dataclass(frozen=True, slots=True)
class _Way:
    """How a form of lines is written.

    Attributes:
        row: a row as text; what stands between two rows is part of the second.
    """

    media_type: str
    head: Callable[[Layout], str]
    row: Callable[[Layout, ExportRow, bool], str]
    tail: Callable[[bool], str]
    has_columns: bool = False


def write_export(form: ExportForm, layout: Layout, rows: Iterable[ExportRow]) -> Iterator[bytes]:
    """The bytes of a file, piece by piece: the head, each row, and the tail; what is empty is left out.

    A file that broke off after some whole rows goes on with what a layout with ``after`` gives.
    """
    if form is ExportForm.TEXTS:
        yield from zipped_texts(rows, layout.addresses)
        return
    way = _WAYS[form]
    pieces = _pieces(way, layout, rows)
    yield from (piece.encode() for piece in pieces if piece)


def media_type_of(form: ExportForm) -> str:
    """The media type of a form."""
    return _ZIP if form is ExportForm.TEXTS else _WAYS[form].media_type


def has_columns(form: ExportForm) -> bool:
    """Whether the columns of a form can be chosen."""
    return form is not ExportForm.TEXTS and _WAYS[form].has_columns


def goes_on(form: ExportForm) -> bool:
    """Whether a file can go on after its last whole row; a zip cannot, for its end lists all of it."""
    return form is not ExportForm.TEXTS


_ZIP = "application/zip"


def _pieces(way: _Way, layout: Layout, rows: Iterable[ExportRow]) -> Iterator[str]:
    is_first = not layout.after
    if is_first:
        yield way.head(layout)
    for row in rows:
        yield way.row(layout, row, is_first)
        is_first = False
    if layout.ends:
        yield way.tail(is_first)


def _csv_head(layout: Layout) -> str:
    return "".join(csv_lines(Table(layout.columns, ()), spreadsheet=layout.spreadsheet))


def _csv_row(layout: Layout, row: ExportRow, _is_first: bool) -> str:
    cells = tuple(COLUMNS[name].cell(row, layout.addresses) for name in layout.columns)
    _head, line = csv_lines(Table((), [cells]), spreadsheet=layout.spreadsheet)
    return line


def _json_row(layout: Layout, row: ExportRow, _is_first: bool) -> str:
    columns = ((name, COLUMNS[name]) for name in layout.columns)
    values = {name: (one.value or one.cell)(row, layout.addresses) for name, one in columns}
    return json.dumps(values, ensure_ascii=False) + "\n"


def _ris_row(layout: Layout, row: ExportRow, _is_first: bool) -> str:
    return cite(Style.RIS, [layout.addresses.cited(row)])


def _bibtex_row(layout: Layout, row: ExportRow, is_first: bool) -> str:
    entry = cite(Style.BIBTEX, [layout.addresses.cited(row)])
    return f"{'' if is_first else chr(10)}{entry}\n"


def _csl_row(layout: Layout, row: ExportRow, is_first: bool) -> str:
    return ("[\n" if is_first else ",\n") + item(layout.addresses.cited(row))


def _nothing(_of: object) -> str:
    return ""


_WAYS: Mapping[ExportForm, _Way] = {
    ExportForm.CSV: _Way(TABLE_TYPES[TableForm.CSV], _csv_head, _csv_row, _nothing, has_columns=True),
    ExportForm.JSONL: _Way(
        TABLE_TYPES[TableForm.JSONL], _nothing, _json_row, _nothing, has_columns=True
    ),
    ExportForm.RIS: _Way("application/x-research-info-systems; charset=utf-8", _nothing, _ris_row, _nothing),
    ExportForm.BIBTEX: _Way("application/x-bibtex; charset=utf-8", _nothing, _bibtex_row, _nothing),
    ExportForm.CSL: _Way(
        "application/vnd.citationstyles.csl+json", _nothing, _csl_row,
        lambda is_empty: "[]\n" if is_empty else "\n]\n",
    ),
}  # fmt: skip
