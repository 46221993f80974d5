"""How do pieces of bytes become a file object that a library can read?"""

import io
from collections.abc import Iterator
from typing import Protocol, runtime_checkable


@runtime_checkable
class _Closable(Protocol):
    def close(self) -> None: ...


class PieceStream(io.BufferedIOBase):
    """A binary stream over pieces, forward only.

    Where the pieces end in an error, all bytes before it are given first: a read with some bytes returns
    them, and the next one raises. Python's own buffers would lose them.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""
        self._at = 0
        self._before = 0  # bytes of the pieces before the current one

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """The number of bytes given so far."""
        return self._before + self._at

    def close(self) -> None:
        """Closes the pieces too."""
        if not self.closed and isinstance(self._pieces, _Closable):
            self._pieces.close()
        super().close()

    def read(self, size: int | None = -1, /) -> bytes:
        """As many bytes as requested; fewer at the end, or before an error."""
        want = -1 if size is None else size
        parts: list[bytes] = []
        while want:
            part = self._next(want, bool(parts))
            if not part:
                break
            parts.append(part)
            want -= len(part) if want > 0 else 0
        return b"".join(parts)

    def read1(self, size: int = -1, /) -> bytes:
        """At most the rest of one piece."""
        return self._next(size, quiet=False) if size else b""

    def peek(self, _size: int = 0, /) -> bytes:
        """The buffered bytes; at least one, except at the end."""
        return self._held[self._at :] if self._fill(quiet=True) else b""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Up to a newline, or ``size`` bytes."""
        limit = -1 if size is None else size
        parts: list[bytes] = []
        while limit and self._fill(bool(parts)):
            newline = self._held.find(b"\n", self._at)
            end = len(self._held) if newline < 0 else newline + 1
            part = self._next(min(end - self._at, limit) if limit > 0 else end - self._at, quiet=False)
            parts.append(part)
            limit -= len(part) if limit > 0 else 0
            if part.endswith(b"\n"):
                break
        return b"".join(parts)

    def _next(self, want: int, quiet: bool) -> bytes:
        """Up to ``want`` bytes of the current piece; all of it where that is negative."""
        if not self._fill(quiet):
            return b""
        end = len(self._held) if want < 0 else self._at + want
        part = self._held[self._at : end]
        self._at += len(part)
        return part

    def _fill(self, quiet: bool) -> bool:
        """Whether the buffer has a byte. Where ``quiet``, an error is kept for the next call."""
        while self._at >= len(self._held):
            try:
                piece = next(self._pieces, None)
            except Exception as error:
                self._pieces = _raising(error)
                if quiet:
                    return False
                raise
            if piece is None:
                return False
            self._before += len(self._held)
            self._held, self._at = piece, 0
        return True


def _raising(error: Exception) -> Iterator[bytes]:
    """Pieces that only raise the error again."""
    raise error
    yield b""
