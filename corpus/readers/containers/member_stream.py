"""How is a member of a streamed archive read twice, first to recognise its format, then to read it?

A compressed tar can only be read forward. The first bytes of a member are buffered up to a limit, so that it
can be opened again from its start: a small member always, a large one until it has been read past the limit.
"""

from collections.abc import Iterator
from typing import Protocol

from corpus.readers.input.compressed import ReadOnceError

KEPT_BYTES = 4 * 1024 * 1024
_PIECE_BYTES = 64 * 1024


class Readable(Protocol):
    """A stream of bytes, forward only."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; empty at the end."""


class Rereadable:
    """A stream that can be read from its start again until more than ``KEPT_BYTES`` were read."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._past = False

    def pieces(self) -> Iterator[bytes]:
        """The bytes from their start.

        Raises:
            ReadOnceError: too much of the stream was read.
        """
        if self._past:
            raise ReadOnceError("the archive's stream has gone on; unpack it first")
        at = 0
        while piece := self._read_at(at):
            yield piece
            at += len(piece)

    def _read_at(self, position: int) -> bytes:
        """Some bytes at ``position``, which is in the buffer or where the stream is."""
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
