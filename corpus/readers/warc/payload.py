"""Which page did the server send? The payload of a record's block, without chunks and compression."""

import zlib
from dataclasses import dataclass
from io import BytesIO

import brotli
import zstandard
from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

MAX_PAGE_BYTES = 16 * 1024 * 1024
_HTTP = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3"]
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_HEAD_END = b"\r\n\r\n"
_GZIP = b"\x1f\x8b\x08"
_MOST_UNDECLARED = 2
_LOOKS_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


class UndecodableError(Exception):
    """The body does not fit its headers: it is damaged, cut off, or too large for a page."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class HttpHead:
    """The head of an HTTP response.

    Attributes:
        status: "200"; empty where there is no head.
        media: the media type in lower case; empty where none is given.
        charset: the declared charset.
        encodings: the content encodings, the outermost last.
        chunked: whether the body is in chunks.
        length: the bytes of the head, with its blank line.
    """

    status: str
    media: str
    charset: str
    encodings: tuple[str, ...]
    chunked: bool
    length: int

    @property
    def is_html(self) -> bool:
        """Whether it declares HTML."""
        return self.media in _HTML


def http_head(start: bytes) -> HttpHead:
    """The head of the response in a block; an HTTP/0.9 response has none."""
    end, gap = _head_end(start)
    if not start.startswith(b"HTTP/") or end < 0:
        return HttpHead("", "", "", (), chunked=False, length=0)
    try:
        headers = StatusAndHeadersParser(_HTTP, verify=False).parse(BytesIO(start[: end + gap]))
    except (StatusAndHeadersParserException, EOFError, ValueError, IndexError):
        return HttpHead("", "", "", (), chunked=False, length=0)
    media, _, parameters = _said(headers, "Content-Type").lower().partition(";")
    return HttpHead(
        status=str(headers.get_statuscode()),
        media=media.strip(),
        charset=parameters.partition("charset=")[2].partition(";")[0].strip("\"' "),
        encodings=tuple(
            encoding
            for part in _said(headers, "Content-Encoding").lower().split(",")
            if (encoding := part.strip())
        ),
        chunked="chunked" in _said(headers, "Transfer-Encoding").lower(),
        length=end + gap,
    )


def looks_html(body: bytes) -> bool:
    """Whether a body of no declared type begins like a page."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_LOOKS_HTML)


def forms(head: HttpHead, body: bytes) -> tuple[bytes, ...]:
    """The body as sent, without chunks, decoded, and without gzip that is not declared; the last is the page.

    Raises:
        UndecodableError: the content is not what its headers say.
    """
    plain = ChunkedDataReader(BytesIO(body)).read() if head.chunked else body
    decoded = plain
    for encoding in reversed(head.encodings):
        decoded = _decoded(decoded, encoding)
    seen = [body, plain, decoded]
    for _ in range(_MOST_UNDECLARED):
        if not seen[-1].startswith(_GZIP):
            break
        seen.append(_decoded(seen[-1], "gzip"))
    return tuple(seen)


def _decoded(raw: bytes, encoding: str) -> bytes:
    """The content with one encoding removed; unchanged where the crawler had decoded it already."""
    if encoding in {"identity", "none", ""} or looks_html(raw):
        return raw
    try:
        match encoding:
            case "gzip" | "x-gzip":
                return _inflated(raw, 31)
            case "deflate":
                return _inflated(raw, 15 if raw[:1] == b"\x78" else -15)
            case "br":
                return _unbrotlied(raw)
            case "zstd":
                return zstandard.ZstdDecompressor().stream_reader(BytesIO(raw)).read(MAX_PAGE_BYTES + 1)
            case _:
                raise UndecodableError("unknown-encoding", encoding)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise UndecodableError("damaged", str(error) or encoding) from error


def _inflated(raw: bytes, wbits: int) -> bytes:
    decoder = zlib.decompressobj(wbits)
    out = decoder.decompress(raw, MAX_PAGE_BYTES + 1)
    if not decoder.eof and len(out) <= MAX_PAGE_BYTES:
        raise UndecodableError("cut-short", "the compressed page ends too early")
    return out


def _unbrotlied(raw: bytes) -> bytes:
    decoder = brotli.Decompressor()
    out: bytes = decoder.process(raw, output_buffer_limit=MAX_PAGE_BYTES + 1)
    if not decoder.is_finished() and len(out) <= MAX_PAGE_BYTES:
        raise UndecodableError("cut-short", "the compressed page ends too early")
    return out


def _head_end(start: bytes) -> tuple[int, int]:
    """The end of the head, and the length of its blank line; -1 where it has no end."""
    ends = [(at, len(mark)) for mark in (_HEAD_END, b"\n\n") if (at := start.find(mark)) >= 0]
    return min(ends, default=(-1, 0))


def _said(headers: StatusAndHeaders, name: str) -> str:
    return (headers.get_header(name) or "").strip()
