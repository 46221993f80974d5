"""What are the bytes of a file, compressed or not? A stream in bounded memory.

Whatever can be decompressed before the damage of a file is yielded; then :class:`DamagedError`.
"""

import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from corpus.readers.source_file import Tally

# Small, so that a bomb cannot fill the memory: 1 KiB of xz holds some 7 MB, of zstd some 32 MB.
_SLICE_BYTES = 1024
_PLAIN_BYTES = 64 * 1024
_XZ_MEMORY_BYTES = 512 * 1024 * 1024
_MAGIC_BYTES = 6


class DamagedError(Exception):
    """The compressed file ends too early ("cut-short") or is not what it says ("damaged")."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class _Decoder(Protocol):
    """The common part of the three libraries' decompressors."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


_Maker = Callable[[], _Decoder]
_ERRORS = (zlib.error, lzma.LZMAError, zstandard.ZstdError)
_MAKERS: dict[bytes, _Maker] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY_BYTES),
    b"\x28\xb5\x2f\xfd": lambda: zstandard.ZstdDecompressor().decompressobj(),
}


def decompressed(path: Path, tally: Tally) -> Iterator[bytes]:
    """The file's bytes in pieces, decompressed where its first bytes say gz, xz or zst.

    Raises:
        DamagedError: after all that could be read.
        OSError: the disk or the rights.
    """
    with path.open("rb") as raw:
        make = _maker(raw.read(_MAGIC_BYTES))
        raw.seek(0)
        if make is None:
            yield from _counted(_slices(raw, _PLAIN_BYTES), tally)
        else:
            yield from _decoded(raw, make, tally)


def head(path: Path, count: int) -> bytes:
    """At most the first ``count`` bytes of the file, decompressed as far as it is whole."""
    found = bytearray()
    with suppress(DamagedError):
        for piece in decompressed(path, Tally()):
            found += piece
            if len(found) >= count:
                break
    return bytes(found[:count])


def _maker(magic: bytes) -> _Maker | None:
    return next((make for first, make in _MAKERS.items() if magic.startswith(first)), None)


def _slices(raw: BinaryIO, size: int) -> Iterator[bytes]:
    while piece := raw.read(size):
        yield piece


def _counted(pieces: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    for piece in pieces:
        tally.bytes_read += len(piece)
        yield piece


def _decoded(raw: BinaryIO, make: _Maker, tally: Tally) -> Iterator[bytes]:
    done = 0
    try:
        for out in _fed(make, _counted(_slices(raw, _SLICE_BYTES), tally)):
            yield out
            done += 1
    except _ERRORS as error:
        yield from _up_to_the_damage(raw, make, done)
        raise DamagedError("damaged", str(error)) from error


def _fed(make: _Maker, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What each piece decompresses to, over any number of members one after the other."""
    decoder = make()
    whole = False  # whether the last member is complete and nothing follows it
    for piece in pieces:
        out, rest = b"", piece
        while rest:
            if decoder.eof:
                rest = rest.lstrip(b"\0")  # padding between members
                if not rest:
                    break
                decoder = make()
            out += decoder.decompress(rest)
            rest = decoder.unused_data if decoder.eof else b""
        whole = decoder.eof
        yield out
    if not whole:
        raise DamagedError("cut-short", "the file ends in the middle of its compressed data")


def _up_to_the_damage(raw: BinaryIO, make: _Maker, whole_slices: int) -> Iterator[bytes]:
    """What the slice that failed still holds: read again, that slice byte by byte."""
    raw.seek(0)
    pieces = chain(islice(_slices(raw, _SLICE_BYTES), whole_slices), _slices(raw, 1))
    with suppress(*_ERRORS):
        yield from islice(_fed(make, pieces), whole_slices, None)
