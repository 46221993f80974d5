"""Where does each row of a delimited text begin and end? A quoted value may contain newlines.

An unclosed quote, as in the headlines of a table without quoting, would swallow the following rows. So where
the lines from a row's first line on are no row by the rules of quoting, the first line is a row by itself.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.input.numbered_lines import NumberedLine

MAX_ROW_BYTES = 16 * 1024 * 1024
_LOOKAHEAD_LINES = 10_000
_LOOKED_TWICE_BYTES = 256 * 1024 * 1024  # in a table; from there on every line is a row

csv.field_size_limit(MAX_ROW_BYTES)


@dataclass(frozen=True, slots=True)
class Row:
    """The bytes of a row without the final newline, and the number of its first line."""

    line: int
    raw: bytes


def values_of(text: str, delimiter: str) -> list[str]:
    r"""The values of one row; read without quoting where its quotes do not follow the rules.

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
    """Groups lines into rows; blank lines are skipped."""

    def __init__(self, lines: Iterator[NumberedLine], delimiter: str, end: bytes = b"\n") -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._end = end
        self._waiting: deque[NumberedLine] = deque()
        self._looked_twice = 0

    def __iter__(self) -> Iterator[Row | NumberedLine]:
        """Yields rows; and lines that are too long or damaged, as lines."""
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
        try:  # the csv reader takes lines until the row is complete: one pass, in linear time
            row = next(csv.reader(self._ahead(taken), delimiter=self._delimiter, strict=True), None)
        except csv.Error:
            row = None
        if row is not None and len(taken) > 1 and taken[-1].raw.count(b'"') % 2:
            return self._end.join(part.raw for part in taken)
        self._waiting.extendleft(reversed(taken[1:]))
        self._looked_twice += sum(len(part.raw) for part in taken)
        return first.raw

    def _ahead(self, taken: list[NumberedLine]) -> Iterator[str]:
        """The lines that may be one row, as Latin-1; ``taken`` gets the lines that were used."""
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
