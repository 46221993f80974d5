"""How is a hostile tar bounded? By limits on its headers and its end, which tarfile has not.

A header may say that another one belongs to it, and that one another; that its text, or its list of sparse
blocks, has a gigabyte; or that its file has 2^62 bytes, behind which tarfile looks for the next member.
"""

import re
import tarfile
from typing import Self

from corpus.readers.containers.member_stream import Readable

# The exceptions that tarfile raises for bad headers.
TAR_ERRORS = (tarfile.TarError, EOFError, ValueError, LookupError, OverflowError, TypeError)
MAX_HEADER_BYTES = 1024 * 1024  # of all headers of one member
_MOST_HEADERS = 16  # of one member: its own header, its long name, its attributes
_MOST_SHARED = 200  # attributes that a header gives to all following members
_HEADER_BYTES = MAX_HEADER_BYTES + tarfile.RECORDSIZE
_PIECE_BYTES = 64 * 1024
_LONGEST_NUMBER = re.compile(rb"[0-9]{2000}")  # digits: tarfile's search takes square time for them


class BoundedStream:
    """The stream that tarfile reads: forward only, with a limit for the headers of one member."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._at = 0
        self._left = _HEADER_BYTES  # bytes that may still be read as headers; negative while a member is read
        self._headers = 0

    def next_of(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        """The next member.

        Raises:
            tarfile.ReadError: its headers are too large for a member.
        """
        self._left, self._headers = _HEADER_BYTES, 0
        member = archive.next()
        self._left = -1
        if member is not None and member.size < 0:
            raise tarfile.ReadError(f"a member of {member.size} bytes")
        if len(archive.pax_headers) > _MOST_SHARED:
            raise tarfile.ReadError(f"more than {_MOST_SHARED} attributes for all members")
        return member

    def header(self) -> None:
        """Counts a header of the member.

        Raises:
            tarfile.ReadError: a member cannot have so many.
        """
        self._headers += 1
        if self._headers > _MOST_HEADERS:
            raise tarfile.ReadError(f"more than {_MOST_HEADERS} headers for one member")

    def read(self, size: int, /) -> bytes:
        """Reads so many bytes, fewer at the end; for headers not more than the limit.

        Raises:
            tarfile.ReadError: the headers are too large.
        """
        if self._left < 0:
            return self._read(size)
        if size > self._left:
            raise tarfile.ReadError(f"headers of more than {MAX_HEADER_BYTES} bytes")
        self._left -= size
        data = self._read(size)
        if _LONGEST_NUMBER.search(data):
            raise tarfile.ReadError("a number of thousands of digits in a header")
        return data

    def seek(self, position: int, /) -> int:
        """Skips forward to this position, or to the end where that comes first.

        Raises:
            tarfile.StreamError: the position was passed.
        """
        if position < self._at:
            raise tarfile.StreamError("seeking backwards is not allowed")
        while self._at < position and self._read(min(position - self._at, _PIECE_BYTES)):
            pass
        return self._at

    def tell(self) -> int:
        """The number of bytes read."""
        return self._at

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        left = size
        while left and (part := self._stream.read(left)):
            parts.append(part)
            left -= len(part)
        self._at += size - left
        return b"".join(parts)


class BoundedHeader(tarfile.TarInfo):
    """A header that refuses to read a huge size into memory (a name of a gigabyte)."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The header in a block.

        Raises:
            tarfile.ReadError: the block is no header. tarfile itself would end the archive there, without an
            error.
        """
        try:
            return super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined] # not in the stubs
            raise tarfile.ReadError(str(error)) from error

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if isinstance(archive.fileobj, BoundedStream):
            archive.fileobj.header()
        if self.type in _DESCRIBING and not 0 <= self.size <= MAX_HEADER_BYTES:
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc] # not in the stubs
        return member


_DESCRIBING = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)
