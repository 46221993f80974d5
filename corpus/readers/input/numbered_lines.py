"""How are the lines of a stream read? Numbered, in bounded memory however long one is."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.readers.input.compressed import DamagedError


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a stream of bytes, without its newline.

    Attributes:
        number: the number of the line, from 1.
        offset: the offset of its first byte in the decompressed stream.
        raw: its bytes, cut after the limit.
        length: the number of all its bytes.
        raw_sha256: hex digest of all its bytes.
        damage: why the stream ends in this line; None for a complete line.
    """

    number: int
    offset: int
    raw: bytes
    length: int
    raw_sha256: str
    damage: DamagedError | None = None


def line_end(head: bytes) -> bytes:
    r"""The newline of a file with these first bytes: CR alone where it has no LF (old Macs), else LF.

    >>> line_end(b"id,title\r1,a\r"), line_end(b"id,title\r\n1,a\r\n")
    (b'\r', b'\n')
    """
    return b"\r" if b"\r" in head and b"\n" not in head else b"\n"


def numbered_lines(
    pieces: Iterable[bytes], limit: int, end: bytes = b"\n", *, empty: bool = True
) -> Iterator[NumberedLine]:
    """The lines of a stream, with at most ``limit`` bytes of each in memory; the last may have the damage.

    Args:
        empty: whether empty lines are yielded too.
    """
    gathering = _Gathering(limit)
    try:
        for piece in pieces:
            *ended, rest = piece.split(end)
            for part in ended:
                if not part and not empty and not gathering.length:
                    gathering.skip()
                    continue
                gathering.add(part)
                yield gathering.line()
            gathering.add(rest)
    except DamagedError as damage:
        yield gathering.line(damage)
        return
    if gathering.length:
        yield gathering.line()


_OF_NOTHING = hashlib.sha256().hexdigest()


class _Gathering:
    """The line that is being read."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._number = 1
        self._offset = 0
        self._digest: hashlib._Hash | None = None  # None while the line is empty: millions of lines may be
        self._begin()

    def skip(self) -> None:
        """Counts an empty line without yielding it."""
        self._number += 1
        self._offset += 1

    def _begin(self) -> None:
        self.length = 0
        self._kept = bytearray()
        self._digest = None

    def add(self, part: bytes) -> None:
        if not part:
            return
        if self._digest is None:
            self._digest = hashlib.sha256()
        self.length += len(part)
        self._digest.update(part)
        self._kept += part[: self._limit - len(self._kept)]

    def line(self, damage: DamagedError | None = None) -> NumberedLine:
        """The finished line; the next one begins after its newline."""
        digest = self._digest.hexdigest() if self._digest else _OF_NOTHING
        line = NumberedLine(self._number, self._offset, bytes(self._kept), self.length, digest, damage)
        self._number += 1
        self._offset += self.length + 1
        self._begin()
        return line
