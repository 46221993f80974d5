"""Were all rows of an export written? Rows that are counted while they are passed on."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

RowT = TypeVar("RowT")


class CountedRows(Generic[RowT]):
    """Rows that are counted while they are passed on; read once.

    Attributes:
        count: how many were passed on.
    """

    def __init__(self, rows: Iterable[RowT]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[RowT]:
        for row in self._rows:
            self.count += 1
            yield row
