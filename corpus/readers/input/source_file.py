"""What does a reader read? Bytes under the name their records will carry, and a tally of the reading.

A source is a file on disk or a member of an archive; a reader need not know which. The name of a member
is its archive's name, "!", and its path in there: ``kho/a.zip!2013/x.jsonl``, ``a.tar.gz!b.zip!c.txt``.
"""

import io
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.compressed import DamagedError, Stored, decompressed, is_compressed
from corpus.readers.input.limits import Limits
from corpus.readers.input.piece_stream import PieceStream
from corpus.readers.input.steps import Steps

MAX_SEEKABLE_BYTES = 256 * 1024 * 1024  # held in memory where a format must seek in a member or a packed file
_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_MAGIC_BYTES = 16
MOST_NAMES = 10_000  # of fields and of kinds that a tally tells apart
_LONGEST_NAME = 80


@dataclass(slots=True)
class Tally:
    """What a reading has gone through so far; readers add to it.

    Attributes:
        bytes_read: bytes taken from the disk, before decompression.
        files: files and members that were read or refused.
        unused_fields: how often a record held a field that nothing takes, by its name.
        passed_over: records of a crawl that hold no page, by their kind.
        limits: what one given file may hold.
        steps: which step the reading is at.
    """

    bytes_read: int = 0
    files: int = 0
    unused_fields: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    limits: Limits = field(default_factory=Limits)
    steps: Steps = field(default_factory=Steps)
    _size: int = 0
    _unpacked: int = 0
    _members: int = 0

    def unused(self, names: Iterable[str]) -> None:
        """A record held these fields, which nothing takes; of endlessly many names the first are counted."""
        _count(self.unused_fields, names)

    def pass_over(self, kind: str) -> None:
        """A record of a crawl holds no page, by its kind; of endlessly many kinds the first are counted."""
        _count(self.passed_over, [kind])

    def begin(self, size: int) -> None:
        """A given file of ``size`` bytes on disk comes next; its limits count from here."""
        self._size, self._unpacked, self._members = size, 0, 0

    def unpacked(self, count: int) -> None:
        """Some bytes more came out of the given file.

        Raises:
            TooMuchError: more than its size can honestly hold.
        """
        self._unpacked += count
        self.steps.passed(count)
        self.limits.check_unpacked(self._unpacked, self._size)

    def member(self) -> None:
        """An archive holds a file more.

        Raises:
            TooMuchError: more files than the limit.
        """
        self._members += 1
        self.limits.check_members(self._members)


def _count(counter: Counter[str], names: Iterable[str]) -> None:
    for name in names:
        shown = name[:_LONGEST_NAME].encode("utf-8", "backslashreplace").decode()
        if shown in counter or len(counter) < MOST_NAMES:
            counter[shown] += 1


Opener = Callable[[Tally], Stored]


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""Bytes that may hold articles.

    Attributes:
        name: what provenance and refusals call it; POSIX separators, bytes that are no UTF-8 as ``\xff``.
        base: the last part of the name, "x.jsonl.gz".
        imported_at: UTC, ISO 8601 to the second; one moment for a whole import.
        stored: opens the bytes as they are stored, from their start, as often as it is called. It raises
            ReadOnceError where a stream has gone on too far.
        path: where it is on disk; None for a member.
    """

    name: str
    base: str
    imported_at: str
    stored: Opener
    path: Path | None = None

    @classmethod
    def on_disk(cls, path: Path, imported_at: str) -> Self:
        """A file on disk."""
        name = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
        return cls(name, PurePosixPath(name).name, imported_at, partial(_opened, path), path)

    @classmethod
    def in_memory(cls, name: str, imported_at: str, raw: bytes) -> Self:
        """Bytes in memory, under the name of the file that they stood in."""
        return cls(name, PurePosixPath(name).name, imported_at, partial(_held, raw))

    def member(self, inner: str, stored: Opener) -> "SourceFile":
        """A member of this archive.

        >>> SourceFile.on_disk(Path("kho/a.zip"), "").member("2013/x.html", lambda _: io.BytesIO()).name
        'kho/a.zip!2013/x.html'
        """
        shown = inner.encode("utf-8", "backslashreplace").decode()
        return SourceFile(f"{self.name}!{shown}", PurePosixPath(shown).name, self.imported_at, stored)

    @property
    def stem(self) -> str:
        """The file's own name up to its first dot that is not its first character."""
        head, _, _ = self.base[1:].partition(".")
        return self.base[:1] + head

    @property
    def suffix(self) -> str:
        """What its own name ends with, in lower case, less the compression's: ".jsonl" of "x.JSONL.gz"."""
        suffixes = [suffix.lower() for suffix in PurePosixPath(self.base).suffixes]
        if len(suffixes) > 1 and suffixes[-1] in _COMPRESSED:
            suffixes.pop()
        return suffixes[-1] if suffixes else ""

    @property
    def bytes_on_disk(self) -> int:
        """Its size; 0 for a member, and where it cannot be known."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0

    def pieces(self, tally: Tally) -> Generator[bytes, None, None]:
        """Its bytes in pieces, decompressed (gz, bz2, xz, zst) and in bounded memory.

        Raises:
            DamagedError: after all that could be read.
            TooMuchError: the given file has passed a limit.
            OSError: the disk or the rights.
        """
        for piece in decompressed(lambda: self.stored(tally)):
            tally.unpacked(len(piece))
            yield piece

    def open(self, tally: Tally) -> PieceStream:
        """Its bytes as a stream, forward only; errors as those of ``pieces``."""
        return PieceStream(self.pieces(tally))

    def head(self, count: int) -> bytes:
        """At most its first ``count`` bytes, decompressed as far as it is whole."""
        found = bytearray()
        with suppress(DamagedError), closing(self.pieces(Tally())) as pieces:
            for piece in pieces:
                found += piece
                if len(found) >= count:
                    break
        return bytes(found[:count])

    def seekable(self, tally: Tally, limit: int = MAX_SEEKABLE_BYTES) -> BinaryIO:
        """Its bytes as a stream that can seek: the file on disk, or at most ``limit`` bytes in memory.

        Raises:
            ImpossibleValueError: "too-large".
            DamagedError, TooMuchError, OSError: as ``pieces``.
        """
        if self.path:
            raw = _opened(self.path, tally)
            if not is_compressed(raw.read(_MAGIC_BYTES)):
                raw.seek(0)
                return raw
            raw.close()
        held = bytearray()
        for piece in self.pieces(tally):
            held += piece
            if len(held) > limit:
                raise ImpossibleValueError(
                    "too-large",
                    say(
                        "the file must be held in memory and has more than {limit} bytes; unpack it first",
                        limit=limit,
                    ),
                )
        return io.BytesIO(held)


class _CountedFile(io.FileIO):
    """A file on disk that counts what is read of it."""

    def __init__(self, path: Path, tally: Tally) -> None:
        super().__init__(path, "rb")
        self._tally = tally

    def readinto(self, buffer: object, /) -> int:
        count = super().readinto(buffer) or 0  # type: ignore[arg-type] # the base's own buffer
        self._tally.bytes_read += count
        return count


def _held(raw: bytes, _tally: Tally) -> BinaryIO:
    return io.BytesIO(raw)


def _opened(path: Path, tally: Tally) -> BinaryIO:
    return io.BufferedReader(_CountedFile(path, tally), 64 * 1024)
