"""What is a table that a reader takes away, and how is it written as CSV or JSON?

One writer for every file of rows, so that all of them quote, break lines and mark UTF-8 alike.

A spreadsheet takes a cell that begins with ``=`` for a formula and runs it when the file is opened: a title
could fetch an address or start a program. So the form for spreadsheets defuses such cells as OWASP says ("CSV
Injection"): an apostrophe before them, and every cell in quotes. The raw form changes nothing.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Literal

BOM = "\ufeff"
"""By which spreadsheets know UTF-8."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell that is run begins with."""

Cell = str | int | float | bool | None


class TableForm(StrEnum):
    """A form of file, a line a row, by the end of its name."""

    CSV = "csv"
    JSONL = "jsonl"


TABLE_TYPES: Mapping[TableForm, str] = {
    TableForm.CSV: "text/csv; charset=utf-8",
    TableForm.JSONL: "application/jsonl; charset=utf-8",
}
"""Their media types."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the rows are read once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def csv_lines(table: Table, *, spreadsheet: bool = False) -> Iterator[str]:
    r"""The lines of a CSV file (RFC 4180), the names first.

    Args:
        spreadsheet: marks the file as UTF-8 and defuses formulas, for spreadsheets.

    >>> list(csv_lines(Table(("day", "articles"), [("2013-05-27", 3)])))
    ['day,articles\r\n', '2013-05-27,3\r\n']
    >>> list(csv_lines(Table(("title",), [("=1+1",)]), spreadsheet=True))
    ['\ufeff"title"\r\n', '"\'=1+1"\r\n']
    """
    if not spreadsheet:
        yield _line(table.columns)
        yield from map(_line, table.rows)
        return
    yield BOM + _line(table.columns, csv.QUOTE_ALL)
    for row in table.rows:
        yield _line(tuple(map(defused, row)), csv.QUOTE_ALL)


def table_lines(
    form: TableForm, table: Table, *, spreadsheet: bool = False, begins: bool = True
) -> Iterator[str]:
    r"""The lines of a file.

    Args:
        spreadsheet: see ``csv_lines``; of no other form.
        begins: whether these are the first rows; if not, the names of the columns were written before.

    >>> rest = Table(("day", "articles"), [("2013-05-28", 4)])
    >>> list(table_lines(TableForm.CSV, rest, begins=False))
    ['2013-05-28,4\r\n']
    """
    if form is TableForm.JSONL:
        return json_lines(table)
    return islice(csv_lines(table, spreadsheet=spreadsheet), 0 if begins else 1, None)


def defused(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: text that begins as a formula does has an apostrophe before it.

    >>> defused("@SUM(A1)"), defused("giá = 5"), defused(-3)
    ("'@SUM(A1)", 'giá = 5', -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell


def json_lines(table: Table) -> Iterator[str]:
    r"""Each row as an object on a line of its own.

    >>> list(json_lines(Table(("day", "articles"), [("2013-05-27", 3)])))
    ['{"day": "2013-05-27", "articles": 3}\n']
    """
    for row in table.rows:
        yield json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) + "\n"


def undefused(text: str) -> str:
    """The text of a cell that ``defused`` wrote.

    >>> undefused("'@SUM(A1)"), undefused("'tin")
    ('@SUM(A1)', "'tin")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULAS) else text


def json_rows(table: Table) -> list[dict[str, Cell]]:
    """Each row as an object."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _line(values: tuple[Cell, ...], quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=quoting).writerow(values)
    return out.getvalue()
