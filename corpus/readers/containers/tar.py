"""Which files does a tar hold? Read as a stream, never unpacked; compressed or not.

Links are left out: what they point at is a file of its own. So are hidden files, as in a folder.
"""

import tarfile
from collections.abc import Iterator
from functools import partial

from corpus.readers.containers.member_stream import Readable, Rereadable
from corpus.readers.containers.tar_bounds import TAR_ERRORS, BoundedHeader, BoundedStream
from corpus.readers.input.compressed import DamagedError
from corpus.readers.input.hidden import is_hidden
from corpus.readers.input.look import Look
from corpus.readers.input.piece_stream import PieceStream
from corpus.readers.input.source_file import SourceFile, Tally

NAME = "tar"
SUFFIXES = frozenset({".tar", ".tgz", ".tbz2", ".txz", ".tzst"})

_MAGIC, _MAGIC_AT = b"ustar", 257
_BLOCK_BYTES = 512


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
            bounded = BoundedStream(stream)
            with tarfile.TarFile(fileobj=bounded, tarinfo=BoundedHeader) as archive:  # type: ignore[arg-type] # it is asked for read(), seek() and tell() alone
                yield from _files(file, archive, bounded)
        except TAR_ERRORS as error:
            raise DamagedError("damaged", str(error)) from error


def _files(file: SourceFile, archive: tarfile.TarFile, bounded: BoundedStream) -> Iterator[SourceFile]:
    while (info := bounded.next_of(archive)) is not None:
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
        except TAR_ERRORS as error:
            raise DamagedError("cut-short", str(error)) from error
