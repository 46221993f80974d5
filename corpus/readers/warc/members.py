"""How is a crawl's file decompressed? It is compressed by record, as a whole, or not at all.

Where compressed data is damaged, a :class:`Gap` is yielded, and reading continues at the next gzip member
that begins a record.
"""

import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Protocol

_SLICE_BYTES = 16 * 1024
_OUT_BYTES = 256 * 1024  # at a time, so that a bomb does not fill the memory
_MAGIC = b"\x1f\x8b\x08"
_PEEK_BYTES = 512
_BEGINS_RECORD = re.compile(rb"\s*(?:WARC/\d|filedesc://|\S+ \S+ \d{8,17} .*\d\r?\n)")


class ForwardBytes(Protocol):
    """Bytes, forward only."""

    def read(self, size: int, /) -> bytes | None:
        """At most ``size`` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that could not be read: "cut-short" at the end of the file, "damaged" elsewhere."""

    reason: str
    detail: str


Chunk = bytes | Gap


def read_chunks(raw: ForwardBytes) -> Iterator[Chunk]:
    """The file's bytes, decompressed where they begin like gzip."""
    first = raw.read(_SLICE_BYTES) or b""
    if first.startswith(_MAGIC):
        yield from _members(_Compressed(raw, first))
    else:
        yield first
        while piece := raw.read(_SLICE_BYTES * 4):
            yield piece


@dataclass(slots=True)
class _Compressed:
    """The buffered compressed bytes, and the stream of the rest."""

    raw: ForwardBytes
    held: bytes

    def more(self) -> bool:
        """Reads more; False at the end of the file."""
        piece = self.raw.read(_SLICE_BYTES) or b""
        self.held += piece
        return bool(piece)


def _members(data: _Compressed) -> Iterator[Chunk]:
    while True:
        data.held = data.held.lstrip(b"\0")  # padding between members
        while len(data.held) < len(_MAGIC) and data.more():
            pass
        if not data.held:
            return
        if data.held.startswith(_MAGIC):
            gap = yield from _member(data)
        else:
            gap = Gap("damaged", "what stands between two members is not compressed data")
        if gap is not None:
            yield gap
            if gap.reason == "cut-short" or not _resume(data):
                return


def _member(data: _Compressed) -> Generator[Chunk, None, Gap | None]:
    """Yields the bytes of one member, and leaves the rest buffered; returns a gap where it is damaged."""
    decoder = zlib.decompressobj(wbits=31)
    try:
        fed, data.held = data.held, b""
        begins_here = True
        while not decoder.eof:
            out = decoder.decompress(fed, _OUT_BYTES)
            if out:
                yield out
            rest = decoder.unconsumed_tail
            if not rest and not decoder.eof:
                if not data.more():
                    return Gap("cut-short", "the file ends in the middle of its compressed data")
                rest, data.held, begins_here = data.held, b"", False
            fed = rest or fed
        data.held = decoder.unused_data
    except zlib.error as error:
        data.held = fed[1:] if begins_here else fed
        return Gap("damaged", str(error))
    return None


def _resume(data: _Compressed) -> bool:
    """Drops the buffer up to the next member that begins a record; False where none follows."""
    while True:
        at = data.held.find(_MAGIC)
        if at < 0:
            data.held = data.held[-len(_MAGIC) + 1 :]
            if not data.more():
                return False
            continue
        while len(data.held) - at < _PEEK_BYTES and data.more():
            pass
        if _begins_record(data.held[at : at + _PEEK_BYTES]):
            data.held = data.held[at:]
            return True
        data.held = data.held[at + 1 :]


def _begins_record(compressed: bytes) -> bool:
    try:
        text = zlib.decompressobj(wbits=31).decompress(compressed, _PEEK_BYTES)
    except zlib.error:
        return False
    return bool(_BEGINS_RECORD.match(text))
