"""What does a reader read? A source file, and it counts in a tally.

A source file is a file on disk or a member of an archive; a reader need not know which. The name of a member
is its archive's name, "!", and its path inside it: ``kho/a.zip!2013/x.jsonl``, ``a.tar.gz!b.zip!c.txt``.
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

MAX_SEEKABLE_BYTES = 256 * 1024 * 1024  # in memory, where a format must seek in a member or a compressed file
_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_MAGIC_BYTES = 16
MOST_NAMES = 10_000  # of fields, and of kinds, that a tally counts separately
_LONGEST_NAME = 80


@dataclass(slots=True)
class Tally:
    """Counts of a reading so far; readers add to them.

    Attributes:
        bytes_read: bytes read from disk, before decompression.
        files: files and members that were read or refused.
        unused_fields: by name, how many records had a field that no article has.
        unreadable: by name and value, how many records have a value that could not be read.
        dated: by name, how many records without a date have a field that nothing takes and that holds one.
        passed_over: by kind, how many records of crawls and exports are no pages or posts.
        limits: the limits of one given file.
        steps: the steps of the reading.
    """

    bytes_read: int = 0
    files: int = 0
    unused_fields: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    dated: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    limits: Limits = field(default_factory=Limits)
    steps: Steps = field(default_factory=Steps)
    _size: int = 0
    _unpacked: int = 0
    _members: int = 0

    def unused(self, names: Iterable[str]) -> None:
        """Counts the unused fields of a record; of very many names only the first are counted."""
        _count(self.unused_fields, names)

    def unread(self, values: Iterable[str]) -> None:
        """Counts values of a record that could not be read; of very many only the first are counted."""
        _count(self.unreadable, values)

    def looks_dated(self, names: Iterable[str]) -> None:
        """Counts fields that hold a date, of a record without one, and that nothing takes."""
        _count(self.dated, names)

    def pass_over(self, kind: str) -> None:
        """Counts a record that is no page or post; of very many kinds only the first are counted."""
        _count(self.passed_over, [kind])

    def begin(self, size: int) -> None:
        """Begins a given file of ``size`` bytes on disk; its limits count from here."""
        self._size, self._unpacked, self._members = size, 0, 0

    def unpacked(self, count: int) -> None:
        """Counts bytes that were unpacked from the given file.

        Raises:
            TooMuchError: more than the limits.
        """
        self._unpacked += count
        self.steps.passed(count)
        self.limits.check_unpacked(self._unpacked, self._size)

    def member(self) -> None:
        """Counts a member of an archive.

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

MEMBER = "!"
"""Stands in a name between an archive and its member."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A file on disk or a member of an archive.

    Attributes:
        name: its name in provenance and refusals; POSIX separators, bytes that are no UTF-8 as ``\xff``.
        base: the last part of the name, "x.jsonl.gz".
        imported_at: the time of the import: UTC, ISO 8601 to the second; the same for all its files.
        stored: opens the stored bytes from their start, each time it is called. It raises ReadOnceError where
            a stream was read too far.
        path: its path on disk; None for a member.
        is_part: whether it is part of a saved page, and only counted.
    """

    name: str
    base: str
    imported_at: str
    stored: Opener
    path: Path | None = None
    is_part: bool = False

    @classmethod
    def on_disk(cls, path: Path, imported_at: str) -> Self:
        """A file on disk."""
        name = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
        return cls(name, PurePosixPath(name).name, imported_at, partial(_opened, path), path)

    @classmethod
    def in_memory(cls, name: str, imported_at: str, raw: bytes) -> Self:
        """Bytes in memory, under the name of the file that they were in."""
        return cls(name, PurePosixPath(name).name, imported_at, partial(_held, raw))

    def member(self, inner: str, stored: Opener) -> "SourceFile":
        """A member of this archive.

        >>> SourceFile.on_disk(Path("kho/a.zip"), "").member("2013/x.html", lambda _: io.BytesIO()).name
        'kho/a.zip!2013/x.html'
        """
        shown = inner.encode("utf-8", "backslashreplace").decode()
        return SourceFile(f"{self.name}{MEMBER}{shown}", PurePosixPath(shown).name, self.imported_at, stored)

    @property
    def stem(self) -> str:
        """The base name up to its first dot, not counting a dot at its start."""
        head, _, _ = self.base[1:].partition(".")
        return self.base[:1] + head

    @property
    def suffix(self) -> str:
        """The suffix of the base name in lower case, without compression's: ".jsonl" of "x.JSONL.gz"."""
        suffixes = [suffix.lower() for suffix in PurePosixPath(self.base).suffixes]
        if len(suffixes) > 1 and suffixes[-1] in _COMPRESSED:
            suffixes.pop()
        return suffixes[-1] if suffixes else ""

    @property
    def bytes_on_disk(self) -> int:
        """Its size on disk; 0 for a member, and where it cannot be read."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0

    def pieces(self, tally: Tally) -> Generator[bytes, None, None]:
        """Yields its bytes in pieces, decompressed (gz, bz2, xz, zst), in bounded memory.

        Raises:
            DamagedError: after all that could be read.
            TooMuchError: the given file exceeds a limit.
            OSError: the disk or the rights.
        """
        for piece in decompressed(lambda: self.stored(tally)):
            tally.unpacked(len(piece))
            yield piece

    def open(self, tally: Tally) -> PieceStream:
        """Its bytes as a stream, forward only; it raises the errors of ``pieces``."""
        return PieceStream(self.pieces(tally))

    def head(self, count: int) -> bytes:
        """At most its first ``count`` bytes, decompressed; fewer where it is damaged before."""
        head = bytearray()
        with suppress(DamagedError), closing(self.pieces(Tally())) as pieces:
            for piece in pieces:
                head += piece
                if len(head) >= count:
                    break
        return bytes(head[:count])

    def seekable(self, tally: Tally, limit: int = MAX_SEEKABLE_BYTES) -> BinaryIO:
        """Its bytes as a seekable stream: the file on disk, or at most ``limit`` bytes in memory.

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
        buffer = bytearray()
        for piece in self.pieces(tally):
            buffer += piece
            if len(buffer) > limit:
                raise ImpossibleValueError(
                    "too-large",
                    say(
                        "the file must be held in memory and has more than {limit} bytes; unpack it first",
                        limit=limit,
                    ),
                )
        return io.BytesIO(buffer)


class _CountedFile(io.FileIO):
    """A file on disk that counts the bytes read."""

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
