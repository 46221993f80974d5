"""Which rows do the pages of an SQLite file hold, where SQLite itself cannot find its way to them?

Every page that looks like a leaf of a table is decoded by the published file format
(https://www.sqlite.org/fileformat2.html), whatever the pages above it say: a damaged inner page hides all
rows below it from SQLite, but not from this. Which table a row is of is told by nothing but its values, and a
row may be stale, so that whoever takes rows from here must prove each by a digest of its own.
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

Value = int | float | str | bytes | None
PageRow = tuple[int, tuple[Value, ...]]
"""The row's number, and its columns; the column that is the number itself is None."""

_HEAD = 100  # bytes of the file's own header
_LEAF = 0x0D
_HEADER = struct.Struct(">BHHHB")
_WHOLE_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes by serial type
_LARGEST = 1 << 30  # bytes of a row that SQLite takes by default
_BROKEN = (IndexError, ValueError, struct.error, OverflowError, MemoryError)


def format_of(path: Path) -> int:
    """The format of an archive, as its file's header says it; 0 where it says none."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return int.from_bytes(head[60:64], "big")


def leaf_rows(path: Path) -> Iterator[PageRow]:
    """Every row of a file that can be decoded, page by page. Never raises for damage."""
    size = path.stat().st_size
    if not size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pages = _Pages(data)
        for number in range(1, size // pages.size + 1):
            yield from pages.rows(number)


class _Pages:
    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        said = int.from_bytes(data[16:18], "big")
        said = 1 << 16 if said == 1 else said
        self.size = said if 512 <= said <= 1 << 16 and not said & (said - 1) else 4096  # noqa: PLR2004 - SQLite's limits
        self._usable = self.size - (data[20] if len(data) > 20 and data[20] <= 32 else 0)  # noqa: PLR2004 - where it is said

    def rows(self, number: int) -> Iterator[PageRow]:
        """The rows of a page that looks like a leaf of a table."""
        start = (number - 1) * self.size
        head = start + (100 if number == 1 else 0)  # the file's header stands before the first page's
        kind, _, cells, _, _ = _HEADER.unpack_from(self._data, head)
        if kind != _LEAF or 8 + 2 * cells > self.size:
            return
        for place in range(cells):
            try:
                (offset,) = struct.unpack_from(">H", self._data, head + 8 + 2 * place)
                yield self._row(start, start + offset)
            except _BROKEN:
                continue

    def _row(self, start: int, place: int) -> PageRow:
        length, place = self._varint(place)
        number, place = self._varint(place)
        if not 0 < length <= _LARGEST or not start <= place < start + self._usable:
            raise ValueError("no cell")
        return number, tuple(_values(self._payload(start, place, length)))

    def _payload(self, start: int, place: int, length: int) -> bytes:
        """A row's bytes: on its page, and on the pages that go on with it."""
        most = self._usable - 35
        local = length
        if length > most:
            least = (self._usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self._usable - 4)
            local = local if local <= most else least
        if place + local > start + self._usable:
            raise ValueError("runs past its page")
        parts = [self._data[place : place + local]]
        left = length - local
        following = int.from_bytes(self._data[place + local : place + local + 4], "big") if left else 0
        while left:
            if not 0 < following <= len(self._data) // self.size:
                raise ValueError("goes on nowhere")
            begin = (following - 1) * self.size
            following = int.from_bytes(self._data[begin : begin + 4], "big")
            parts.append(self._data[begin + 4 : begin + 4 + min(left, self._usable - 4)])
            left -= len(parts[-1])
        return b"".join(parts)

    def _varint(self, place: int) -> tuple[int, int]:
        return varint(self._data, place)


def varint(data: bytes | mmap.mmap, place: int) -> tuple[int, int]:
    r"""A number of one to nine bytes, and where it ends.

    >>> varint(b"\x81\x00", 0)
    (128, 2)
    """
    value = 0
    for step in range(8):
        byte = data[place + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that it goes on
            return value, place + step + 1
    value = value << 8 | data[place + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, place + 9


def _values(record: bytes) -> Iterator[Value]:
    header, place = varint(record, 0)
    if header > len(record):
        raise ValueError("its header is longer than it")
    at = header
    while place < header:
        kind, place = varint(record, place)
        value, at = _value(record, kind, at)
        yield value
    if at != len(record):
        raise ValueError("its columns are not as long as it")


def _value(record: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _WHOLE_NUMBERS:
        end = at + _WHOLE_NUMBERS[kind]
        return int.from_bytes(record[at:end], "big", signed=True), end
    if kind == 7:  # noqa: PLR2004 - SQLite's number of a float
        return struct.unpack(">d", record[at : at + 8])[0], at + 8
    if kind < 12:  # noqa: PLR2004 - 10 and 11 are never written
        raise ValueError("no serial type")
    end = at + (kind - 12) // 2
    data = record[at:end]
    if len(data) != end - at:
        raise ValueError("cut short")
    return (data.decode("utf-8") if kind % 2 else data), end
