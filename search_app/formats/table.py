"""What is a table that a reader takes away, and how is it written as CSV or JSON?

One writer for every file of rows, so that all of them quote, break lines and mark UTF-8 alike.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BOM = "\ufeff"
"""By which spreadsheets know UTF-8."""

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the rows are read once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def csv_lines(table: Table, lead: str = "") -> Iterator[str]:
    r"""The lines of a CSV file (RFC 4180), the names first; ``lead`` stands before them.

    >>> list(csv_lines(Table(("day", "articles"), [("2013-05-27", 3)])))
    ['day,articles\r\n', '2013-05-27,3\r\n']
    """
    yield lead + _line(table.columns)
    for row in table.rows:
        yield _line(row)


def json_rows(table: Table) -> list[dict[str, Cell]]:
    """Each row as an object."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _line(values: tuple[Cell, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
