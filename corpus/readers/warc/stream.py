"""How are lines and blocks read from a stream that may have gaps?"""

import re
from collections.abc import Iterator

from corpus.readers.warc.members import Chunk, Gap

_BLANK_LINES = re.compile(rb"[\r\n]+")


class BrokenError(Exception):
    """The stream ends, or has a gap, before all that was asked for; ``got`` is what there was."""

    def __init__(self, gap: Gap, got: bytes) -> None:
        super().__init__(gap.reason, gap.detail)
        self.gap = gap
        self.got = got


END = Gap("cut-short", "the file ends in the middle of a record")


class GappedStream:
    """Bytes, forward only; a gap ends what is being read and nothing else."""

    def __init__(self, pieces: Iterator[Chunk]) -> None:
        self._pieces = pieces
        self._held = b""
        self._at = 0
        self._gap: Gap | None = None
        self.offset = 0  # bytes of the decompressed stream that were read

    def line(self, limit: int) -> bytes:
        """The next line with its end, at most ``limit`` bytes of it; empty at the end.

        Raises:
            BrokenError: a gap stands before its end.
        """
        parts: list[bytes] = []
        size = 0
        while size < limit and self._fill(parts):
            newline = self._held.find(b"\n", self._at)
            end = len(self._held) if newline < 0 else newline + 1
            part = self._take(min(end - self._at, limit - size))
            parts.append(part)
            size += len(part)
            if part.endswith(b"\n"):
                break
        return b"".join(parts)

    def block(self, count: int) -> bytes:
        """The next ``count`` bytes.

        Raises:
            BrokenError: the stream ends or has a gap before.
        """
        parts: list[bytes] = []
        left = count
        while left:
            if not self._fill(parts):
                raise BrokenError(END, b"".join(parts))
            part = self._take(min(left, len(self._held) - self._at))
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Goes past ``count`` bytes.

        Raises:
            BrokenError: the stream ends or has a gap before.
        """
        left = count
        while left:
            if not self._fill([]):
                raise BrokenError(END, b"")
            left -= len(self._take(min(left, len(self._held) - self._at)))

    def skip_blank_lines(self) -> int:
        """Goes past empty lines, which may be millions; returns how many bytes they had.

        Raises:
            BrokenError: a gap stands behind them.
        """
        start = self.offset
        while self._fill([]):
            blank = _BLANK_LINES.match(self._held, self._at)
            count = blank.end() - self._at if blank else 0
            self._take(count)
            if not count or self._at < len(self._held):
                break
        return self.offset - start

    def push_back(self, line: bytes) -> None:
        """Gives a line back that was read ahead."""
        if self._held.endswith(line, 0, self._at):
            self._at -= len(line)
        else:
            self._held, self._at = line + self._held[self._at :], 0
        self.offset -= len(line)

    def _take(self, count: int) -> bytes:
        part = self._held[self._at : self._at + count]
        self._at += count
        self.offset += count
        return part

    def _fill(self, got: list[bytes]) -> bool:
        """Whether a byte is at hand; False at the end. ``got`` is joined only where it breaks off."""
        while self._at >= len(self._held):
            piece = next(self._pieces, None)
            if piece is None:
                return False
            if isinstance(piece, Gap):
                raise BrokenError(piece, b"".join(got))
            self._held, self._at = piece, 0
        return True
