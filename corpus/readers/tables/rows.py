"""Where does each row of a delimited text begin and end? A quoted value may hold newlines.

A quote that nothing closes, as headlines in a table without quoting hold them, would swallow what follows:
where the lines from a row's first on are no row by the rules of quoting, the first is a row by itself.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.input.numbered_lines import NumberedLine

MAX_ROW_BYTES = 16 * 1024 * 1024
_LOOKAHEAD_LINES = 10_000
_LOOKED_TWICE_BYTES = 256 * 1024 * 1024  # of a whole table; then a row is a line

csv.field_size_limit(MAX_ROW_BYTES)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's bytes without the newline at their end, and the number of its first line."""

    line: int
    raw: bytes


def values_of(text: str, delimiter: str) -> list[str]:
    r"""The values of one row; without quoting, where its quotes are not those of a table.

    >>> values_of('a,"b, ""c""\n"', ","), values_of('"Mưa" lớn\tb', "\t")
    (['a', 'b, "c"\n'], ['"Mưa" lớn', 'b'])
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == 1:
        return rows[0]
    return text.replace("\r", "").split(delimiter)


class Rows:
    """The rows of the lines that come; blank lines are none."""

    def __init__(self, lines: Iterator[NumberedLine], delimiter: str, end: bytes = b"\n") -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._end = end
        self._waiting: deque[NumberedLine] = deque()
        self._looked_twice = 0

    def __iter__(self) -> Iterator[Row | NumberedLine]:
        """Rows; a line that is too long or damaged stands there as itself."""
        while (line := self._next()) is not None:
            if line.damage or line.length > len(line.raw):
                yield line
            elif line.raw.strip():
                yield Row(line.number, self._joined(line))

    def _next(self) -> NumberedLine | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _joined(self, first: NumberedLine) -> bytes:
        """The bytes of the row that begins with this line."""
        if first.raw.count(b'"') % 2 == 0 or self._looked_twice > _LOOKED_TWICE_BYTES:
            return first.raw
        taken = [first]
        try:  # the reader takes lines until a row is whole; to ask of more and more lines is square
            row = next(csv.reader(self._ahead(taken), delimiter=self._delimiter, strict=True), None)
        except csv.Error:
            row = None
        if row is not None and len(taken) > 1 and taken[-1].raw.count(b'"') % 2:
            return self._end.join(part.raw for part in taken)
        self._waiting.extendleft(reversed(taken[1:]))
        self._looked_twice += sum(len(part.raw) for part in taken)
        return first.raw

    def _ahead(self, taken: list[NumberedLine]) -> Iterator[str]:
        """The lines that may be one row, each byte as itself; those that were asked for are ``taken``."""
        yield taken[0].raw.decode("latin-1") + "\n"
        size = len(taken[0].raw)
        while len(taken) < _LOOKAHEAD_LINES and size < MAX_ROW_BYTES:
            line = self._next()
            if line is None:
                return
            taken.append(line)
            if line.damage or line.length > len(line.raw):
                return
            size += len(line.raw)
            yield line.raw.decode("latin-1") + "\n"
