"""How is a member of a streamed archive read twice, first to know it, then whole?

A compressed tar goes forward only. What is read of a member is kept up to a limit, so that it can be opened
again from its start; a small member always, a large one until it has been read past the limit.
"""

from collections.abc import Iterator
from typing import Protocol

from corpus.readers.input.compressed import ReadOnceError

KEPT_BYTES = 4 * 1024 * 1024
_PIECE_BYTES = 64 * 1024


class Readable(Protocol):
    """What has bytes, forward only."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Rereadable:
    """A stream whose first ``KEPT_BYTES`` can be read again as long as no more has been read."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._past = False

    def pieces(self) -> Iterator[bytes]:
        """The bytes from their start.

        Raises:
            ReadOnceError: the stream has gone on too far.
        """
        if self._past:
            raise ReadOnceError("the archive's stream has gone on; unpack it first")
        at = 0
        while piece := self._read_at(at):
            yield piece
            at += len(piece)

    def _read_at(self, position: int) -> bytes:
        """Some bytes at ``position``, which is in what is kept or where the stream stands."""
        if position < len(self._kept):
            return bytes(self._kept[position : position + _PIECE_BYTES])
        piece = self._stream.read(_PIECE_BYTES)
        if self._past:
            return piece
        if len(self._kept) + len(piece) > KEPT_BYTES:
            self._past = True
            self._kept.clear()
        else:
            self._kept += piece
        return piece
