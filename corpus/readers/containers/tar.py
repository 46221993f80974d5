"""Which files does a tar hold? It is read as a stream, compressed or not, and never unpacked to disk.

Links are skipped, for what they point at is a member of its own; so are hidden files, as in a folder.
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
from corpus.readers.input.saved_pages import PART, is_part, part_folders
from corpus.readers.input.source_file import SourceFile, Tally

NAME = "tar"
SUFFIXES = frozenset({".tar", ".tgz", ".tbz2", ".txz", ".tzst"})

_MAGIC, _MAGIC_AT = b"ustar", 257
_BLOCK_BYTES = 512


def knows(look: Look) -> bool:
    """Whether the content begins with a tar header."""
    if look.first.startswith(_MAGIC, _MAGIC_AT):
        return True
    return look.suffix in SUFFIXES and len(look.first) >= _BLOCK_BYTES


def members(file: SourceFile, tally: Tally) -> Iterator[SourceFile]:
    """Yields the files in it; each can be read until the next is requested.

    Raises:
        DamagedError: the tar is cut off; the members before were yielded.
    """
    with file.open(tally) as stream:
        try:
            bounded = BoundedStream(stream)
            with tarfile.TarFile(fileobj=bounded, tarinfo=BoundedHeader) as archive:  # type: ignore[arg-type] # it is asked for read(), seek() and tell() alone
                yield from _files(file, archive, bounded, tally)
        except TAR_ERRORS as error:
            raise DamagedError("damaged", str(error)) from error


def _files(
    file: SourceFile, archive: tarfile.TarFile, bounded: BoundedStream, tally: Tally
) -> Iterator[SourceFile]:
    parts: frozenset[str] = frozenset()
    while (info := bounded.next_of(archive)) is not None:
        archive.members = []  # type: ignore[attr-defined] # else each header stays in memory
        if not info.isfile() or is_hidden(info.name):
            continue
        name = info.name.removeprefix("./")
        parts |= part_folders([name])
        if is_part(name, parts):
            tally.pass_over(PART)
            continue
        opened = archive.extractfile(info)
        if opened is not None:
            kept = Rereadable(_Member(opened.raw))  # type: ignore[attr-defined] # a BufferedReader, says its documentation
            yield file.member(name, partial(_open, kept))


def _open(kept: Rereadable, _tally: Tally) -> PieceStream:
    return PieceStream(kept.pieces())


class _Member:
    """A member's stream, read by block, for tarfile drops the last bytes of a member that is cut off."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """At most one block."""
        try:
            return self._stream.read(min(size, _BLOCK_BYTES))
        except TAR_ERRORS as error:
            raise DamagedError("cut-short", str(error)) from error
