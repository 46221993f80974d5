"""Which files does a tar hold? Read as a stream, never unpacked; compressed or not.

Links are left out: what they point at is a file of its own. So are hidden files, as in a folder.
"""

import tarfile
from collections.abc import Iterator
from functools import partial

from corpus.readers.compressed import DamagedError
from corpus.readers.hidden import is_hidden
from corpus.readers.look import Look
from corpus.readers.member_stream import Readable, Rereadable
from corpus.readers.piece_stream import PieceStream
from corpus.readers.source_file import SourceFile, Tally

NAME = "tar"
SUFFIXES = frozenset({".tar", ".tgz", ".tbz2", ".txz", ".tzst"})

_MAGIC, _MAGIC_AT = b"ustar", 257
_BLOCK_BYTES = 512
_MAX_HEADER_BYTES = 1024 * 1024


def knows(look: Look) -> bool:
    """Whether it begins with a tar's header."""
    if look.first.startswith(_MAGIC, _MAGIC_AT):
        return True
    return look.suffix in SUFFIXES and len(look.first) >= _BLOCK_BYTES


def members(file: SourceFile, tally: Tally) -> Iterator[SourceFile]:
    """The files in it, each of which can be read until the next is asked for.

    Raises:
        DamagedError: the tar breaks off; what stood before has been given.
    """
    with file.open(tally) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_BoundedHeader) as archive:
                yield from _files(file, archive)
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise DamagedError("damaged", str(error)) from error


def _files(file: SourceFile, archive: tarfile.TarFile) -> Iterator[SourceFile]:
    while (info := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined] # else each header stays in memory
        if not info.isfile() or is_hidden(info.name):
            continue
        opened = archive.extractfile(info)
        if opened is not None:
            kept = Rereadable(_Member(opened.raw))  # type: ignore[attr-defined] # a BufferedReader, says its documentation
            yield file.member(info.name.removeprefix("./"), partial(_open, kept))


def _open(kept: Rereadable, _tally: Tally) -> PieceStream:
    return PieceStream(kept.pieces())


class _Member:
    """A member's stream, block by block: tarfile drops what it read of a member that is cut short."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """A block, or what is left."""
        try:
            return self._stream.read(min(size, _BLOCK_BYTES))
        except (tarfile.TarError, EOFError) as error:
            raise DamagedError("cut-short", str(error)) from error


class _BoundedHeader(tarfile.TarInfo):
    """A header that is not read into memory where it claims to be huge (a name of a gigabyte)."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if not self.isreg() and not self.isdir() and self.size > _MAX_HEADER_BYTES and self.type in _HEADERS:
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc] # not in the stubs
        return found


_HEADERS = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)
