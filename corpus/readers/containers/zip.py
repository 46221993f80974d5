"""Which files does a zip hold? It is read in place, and never unpacked to disk; a zip in a zip in memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from corpus.errors import ImpossibleValueError
from corpus.message import Message, say
from corpus.readers.input.compressed import DamagedError
from corpus.readers.input.hidden import is_hidden
from corpus.readers.input.look import Look
from corpus.readers.input.piece_stream import PieceStream
from corpus.readers.input.refusing import refuse
from corpus.readers.input.saved_pages import PART, is_part, part_folders
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.records import WHOLE, Refusal

NAME = "zip"
SUFFIXES = frozenset({".zip"})
MAX_DIRECTORY_BYTES = 256 * 1024 * 1024
_PIECE_BYTES = 64 * 1024

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENTS = (b"[Content_Types].xml", b"_rels/", b"mimetype", b"META-INF/MANIFEST.MF")
_NAME_AT = 30  # offset of the file's name in a local header
_ENCRYPTED = 1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_UTF8_NAME = 0x800
_END = b"PK\x05\x06"
_END_BYTES = 22 + 65535  # the end record with the longest comment
_END64 = b"PK\x06\x06"

_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


def knows(look: Look) -> bool:
    """Whether the content is a zip of files; a document format based on zip (DOCX, EPUB, …) is none."""
    return look.first.startswith(_MAGIC) and not look.first[_NAME_AT:].startswith(_DOCUMENTS)


def members(file: SourceFile, tally: Tally) -> Iterator[SourceFile | Refusal]:
    """The files in it, in the order of its directory; an encrypted one gives a refusal.

    Raises:
        DamagedError: its directory cannot be read.
    """
    try:
        stream = file.seekable(tally)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message)
        return
    with stream:
        if directory_bytes(stream) > MAX_DIRECTORY_BYTES:
            message = say(
                "its directory alone has more than {limit} bytes; unpack it", limit=MAX_DIRECTORY_BYTES
            )
            yield refuse(file, WHOLE, "too-many-members", message)
            return
        try:
            archive = zipfile.ZipFile(stream)
        except _ERRORS as error:
            raise DamagedError("damaged", str(error)) from error
        parts = part_folders(map(_name, archive.infolist()))
        for info in archive.infolist():
            name = _name(info)
            if name.endswith("/") or is_hidden(name):  # is_dir() fails where the name is empty
                continue
            if is_part(name, parts):
                tally.pass_over(PART)
                continue
            member = file.member(name, partial(_open, archive, info))
            if locked := _locked(info):
                yield refuse(member, WHOLE, "locked", locked)
            else:
                yield member


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; many tools write UTF-8 without its flag.

    >>> _name(zipfile.ZipInfo("B├ío.txt"))
    'Báo.txt'
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _locked(info: zipfile.ZipInfo) -> Message | None:
    if info.flag_bits & _ENCRYPTED:
        return say("it is encrypted; unpack the archive with its password and import the files")
    if info.compress_type not in _METHODS:
        return say(
            "it is compressed in a way that is not read (method {method}); pack it anew as a plain zip",
            method=info.compress_type,
        )
    return None


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, _tally: Tally) -> PieceStream:
    return PieceStream(_pieces(archive, info))


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes; errors of zipfile (a checksum, a header) are damage."""
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE_BYTES):
                yield piece
    except (*_ERRORS, OSError) as error:
        raise DamagedError("damaged", str(error)) from error


def directory_bytes(stream: BinaryIO) -> int:
    """The size of the directory, by the end record; zipfile holds all of it in memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_BYTES))
    tail = stream.read()
    stream.seek(0)
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    said = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    said64 = int.from_bytes(tail[at64 + 40 : at64 + 48], "little") if at64 >= 0 else 0
    return min(max(said % 0xFFFFFFFF, said64), size)
