"""How is an answer packed that is sent in pieces? Piece by piece, in whichever thread makes it.

Flask-Compress keeps Flask's context for as long as such an answer is sent, and a context has to end in the
thread in which it began. Here each piece may be made in another one (search_app.serving.wsgi): the answer
broke off after its last row. So Flask-Compress packs what is whole, and this what is not.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

import brotli
from flask import Response, request
from flask_compress.compat import compression

_OK = range(200, 300)
_GZIP = zlib.MAX_WBITS + 16
BROTLI_QUALITY = 1
"""Of responses that are made for each request. 4 would take an eighth from their bytes, in three times the
time. Browsers that take zstd get that, which is as fast as 1 and smaller."""


class _Packer(Protocol):
    """What takes bytes, and gives what of them is packed."""

    def __call__(self, data: bytes, /) -> bytes: ...


def _zstd() -> tuple[_Packer, Callable[[], bytes]]:
    made = compression.zstd.ZstdCompressor()
    return made.compress, made.flush


def _brotli() -> tuple[_Packer, Callable[[], bytes]]:
    made = brotli.Compressor(quality=BROTLI_QUALITY)
    return made.process, made.finish


def _gzip() -> tuple[_Packer, Callable[[], bytes]]:
    made = zlib.compressobj(wbits=_GZIP)
    return made.compress, made.flush


_WAYS: Mapping[str, Callable[[], tuple[_Packer, Callable[[], bytes]]]] = {
    "zstd": _zstd,
    "br": _brotli,
    "gzip": _gzip,
}
"""In the order in which they are preferred."""


def pack_stream(response: Response, kinds: Collection[str]) -> Response:
    """An answer that is sent in pieces, packed as the request takes it; others stay as they are.

    Args:
        kinds: media types that are packed.
    """
    if response.mimetype not in kinds or response.status_code not in _OK or not response.is_streamed:
        return response
    way = request.accept_encodings.best_match(_WAYS)
    if way is None or "Content-Encoding" in response.headers:
        return response
    response.headers["Content-Encoding"] = way
    response.response = _packed(response.iter_encoded(), way)
    return response


def _packed(pieces: Iterable[bytes], way: str) -> Iterator[bytes]:
    pack, end = _WAYS[way]()
    for piece in pieces:
        if packed := pack(piece):
            yield packed
    yield end()
