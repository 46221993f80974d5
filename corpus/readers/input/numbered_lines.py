"""Which lines does a stream hold? Numbered, in bounded memory however long one is."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.readers.input.compressed import DamagedError


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a stream of bytes, without its end.

    Attributes:
        number: 1 for the first.
        offset: where its first byte stands in the decompressed stream.
        raw: its bytes, cut after the limit.
        length: how many bytes it has.
        raw_sha256: hex digest of all its bytes.
        damage: why the stream ends in this line; None for a whole line.
    """

    number: int
    offset: int
    raw: bytes
    length: int
    raw_sha256: str
    damage: DamagedError | None = None


def line_end(head: bytes) -> bytes:
    r"""What ends the lines of a file that begins so: CR alone where it has no LF (old Macs), else LF.

    >>> line_end(b"id,title\r1,a\r"), line_end(b"id,title\r\n1,a\r\n")
    (b'\r', b'\n')
    """
    return b"\r" if b"\r" in head and b"\n" not in head else b"\n"


def numbered_lines(
    pieces: Iterable[bytes], limit: int, end: bytes = b"\n", *, empty: bool = True
) -> Iterator[NumberedLine]:
    """The lines of a stream, of each at most ``limit`` bytes held; the last may carry the damage.

    Args:
        empty: whether empty lines are wanted too.
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
        self._digest: hashlib._Hash | None = None  # of what there is: millions of lines may be empty
        self._begin()

    def skip(self) -> None:
        """An empty line, which nobody asks for."""
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
        """The line as gathered; the next one begins after its newline."""
        digest = self._digest.hexdigest() if self._digest else _OF_NOTHING
        line = NumberedLine(self._number, self._offset, bytes(self._kept), self.length, digest, damage)
        self._number += 1
        self._offset += self.length + 1
        self._begin()
        return line
