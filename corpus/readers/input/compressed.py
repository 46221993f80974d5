"""How are the bytes of a file read, compressed or not? In pieces, in bounded memory.

All that can be decompressed before damage is yielded; then :class:`DamagedError` is raised.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

import zstandard

_SLICE_BYTES = 1024  # small, so that a bomb cannot fill the memory: so much zstd gives at most some 32 MB
_OUT_BYTES = 256 * 1024  # decompressed at a time
_PLAIN_BYTES = 64 * 1024
_XZ_MEMORY_BYTES = 512 * 1024 * 1024
_MAGIC_BYTES = 10


class DamagedError(Exception):
    """The compressed file ends too early ("cut-short") or has errors ("damaged")."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ReadOnceError(OSError):
    """The bytes are in a stream that was read too far; they cannot be read from their start again."""


class Stored(Protocol):
    """A stream of stored bytes, forward only."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; empty at the end."""

    def close(self) -> None:
        """Closes the stream."""


class _Decoder(Protocol):
    """One compressed member."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def pieces(self, data: bytes, /) -> Iterator[bytes]:
        """Decompresses these bytes, at most ``_OUT_BYTES`` at a time."""


class _Ends(Protocol):
    """The common part of the libraries' decompressors of one member."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


_Inner = TypeVar("_Inner", bound=_Ends)


class _Wrapped(Generic[_Inner]):
    """A library's decompressor, with pieces of bounded size; each library bounds them in its own way."""

    def __init__(self, inner: _Inner) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


class _Gzip(_Wrapped["zlib._Decompress"]):
    """zlib's decompressor."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield self._inner.decompress(data, _OUT_BYTES)
        while not self._inner.eof and (rest := self._inner.unconsumed_tail):
            yield self._inner.decompress(rest, _OUT_BYTES)


class _Bounded(_Wrapped["bz2.BZ2Decompressor | lzma.LZMADecompressor"]):
    """A decompressor of bz2 or lzma; its OSError is an error of the data, not of the disk."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        try:
            yield self._inner.decompress(data, _OUT_BYTES)
            while not self._inner.eof and not self._inner.needs_input:
                yield self._inner.decompress(b"", _OUT_BYTES)
        except (OSError, ValueError) as error:
            raise zlib.error(str(error)) from error


class _Zstandard(_Wrapped["zstandard.ZstdDecompressionObj"]):
    """zstandard's decompressor. It has no bound, but a slice gives at most some 32 MB."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield self._inner.decompress(data)


_Maker = Callable[[], _Decoder]
_ERRORS = (zlib.error, lzma.LZMAError, zstandard.ZstdError)
_MAKERS: dict[bytes, _Maker] = {
    b"\x1f\x8b": lambda: _Gzip(zlib.decompressobj(wbits=31)),
    b"\xfd7zXZ\x00": lambda: _Bounded(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY_BYTES)),
    b"\x28\xb5\x2f\xfd": lambda: _Zstandard(zstandard.ZstdDecompressor().decompressobj()),
}
_BZIP2 = b"BZh"
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # after "BZh" and a digit; for a text may begin with "BZh" too


def decompressed(opened: Callable[[], Stored]) -> Iterator[bytes]:
    """Yields the bytes in pieces, decompressed where they begin like gz, bz2, xz or zst.

    Args:
        opened: opens the stored bytes from their start, each time it is called.

    Raises:
        DamagedError: after all that could be read.
        OSError: the disk or the rights.
    """
    with closing(opened()) as raw:
        pieces = _small(raw)
        first = next(pieces)
        if make := _maker(first):
            yield from _decoded(chain([first], pieces), make, opened)
        else:
            yield first + raw.read(_PLAIN_BYTES)
            yield from _slices(raw, _PLAIN_BYTES)


def is_compressed(first: bytes) -> bool:
    """Whether a file that begins with these bytes is decompressed when it is read."""
    return _maker(first) is not None


def _maker(magic: bytes) -> _Maker | None:
    if magic.startswith(_BZIP2) and magic[len(_BZIP2) + 1 :].startswith(_BZIP2_BLOCKS):
        return lambda: _Bounded(bz2.BZ2Decompressor())
    return next((make for first, make in _MAKERS.items() if magic.startswith(first)), None)


def _slices(raw: Stored, size: int) -> Iterator[bytes]:
    while piece := raw.read(size):
        yield piece


def _small(raw: Stored) -> Iterator[bytes]:
    yield raw.read(_MAGIC_BYTES)
    yield from _slices(raw, _SLICE_BYTES)


class _Counted:
    """Pieces, with a count of those that were taken."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.taken += 1
            yield piece


def _decoded(pieces: Iterable[bytes], make: _Maker, opened: Callable[[], Stored]) -> Iterator[bytes]:
    counted, given = _Counted(pieces), 0
    try:
        for out in _fed(make, counted):
            yield out
            given += len(out)
    except _ERRORS as error:
        yield from _up_to_the_damage(opened, make, counted.taken - 1, given)
        raise DamagedError("damaged", str(error)) from error


def _fed(make: _Maker, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompresses the pieces, which may be any number of concatenated members."""
    decoder = make()
    is_complete = False  # whether the last member is complete, and nothing follows it
    for piece in pieces:
        rest = piece
        while rest:
            if decoder.eof:
                rest = rest.lstrip(b"\0")  # padding between members
                if not rest:
                    break
                decoder = make()
            yield from filter(None, decoder.pieces(rest))
            rest = decoder.unused_data if decoder.eof else b""
        is_complete = decoder.eof
    if not is_complete:
        raise DamagedError("cut-short", "the file ends in the middle of its compressed data")


def _up_to_the_damage(
    opened: Callable[[], Stored], make: _Maker, complete: int, given: int
) -> Iterator[bytes]:
    """The bytes before the damage in the piece that failed: all is read again, that piece byte by byte.

    Nothing where the stream cannot be read again.

    Args:
        complete: the number of pieces before it.
        given: the number of decompressed bytes that were yielded already.
    """
    with suppress(ReadOnceError), closing(opened()) as raw:
        pieces = chain(islice(_small(raw), complete), _slices(raw, 1))
        with suppress(*_ERRORS):
            for out in _fed(make, pieces):
                if len(out) > given:
                    yield out[given:]
                given -= min(given, len(out))
