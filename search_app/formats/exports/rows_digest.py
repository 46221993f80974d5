"""What do the rows of a view prove? Themselves as plain CSV, whatever was typed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from search_app.formats.table import Cell, Table, csv_lines

Row = tuple[Cell, ...]

_TYPED = frozenset({"query"})
"""Columns that repeat the query as typed: asked for as it was understood, the rest is the same."""


class RowsDigest:
    """Rows that are digested while they are passed on; read once.

    Args:
        table: of which every row is there, from the first.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._digest = hashlib.sha256()

    def rows(self) -> Iterator[Row]:
        """The rows."""
        (head,) = row_texts(self._table.columns, [self._table.columns])
        self._digest.update(head.encode())
        for row in self._table.rows:
            (text,) = row_texts(self._table.columns, [row])
            self._digest.update(text.encode())
            yield row

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of what was passed on, as plain CSV with its head, without what was typed."""
        return self._digest.hexdigest()


def says_typed(columns: Sequence[str]) -> bool:
    """Whether rows repeat the query as typed."""
    return not _TYPED.isdisjoint(columns)


def row_texts(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    r"""Each row as a line of plain CSV, without what was typed.

    >>> list(row_texts(("query", "articles"), [("giá vàng", 3)]))
    ['3\r\n']
    """
    kept = [place for place, name in enumerate(columns) if name not in _TYPED]
    for row in rows:
        _head, line = csv_lines(Table((), [tuple(row[place] for place in kept)]))
        yield line
