"""Which pages does a crawl hold? Every record is a page, is passed over by its kind, or is damaged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.message import Message, say
from corpus.readers.input.steps import Cause
from corpus.readers.warc.digests import agrees
from corpus.readers.warc.heads import RecordHead, arc_head, warc_head
from corpus.readers.warc.members import Chunk
from corpus.readers.warc.payload import (
    MAX_PAGE_BYTES,
    HttpHead,
    UndecodableError,
    forms,
    http_head,
    looks_html,
)
from corpus.readers.warc.stream import END, BrokenError, GappedStream

_LONGEST_LINE = 64 * 1024
_MOST_HEADERS = 500
_START_BYTES = 64 * 1024  # of a block: enough for the head of any response
_MOST_BLANKS = 64
_OK = "200"
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/x-pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_ANY_TYPE = frozenset({"application/octet-stream", "binary/octet-stream", "application/force-download"})


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as the crawler fetched it.

    Attributes:
        number: the number of the record in its file, from 1.
        offset: the offset of the record in the decompressed stream.
        captured: when it was fetched, UTC, ISO 8601.
        charset: the charset that the server declared.
        page: the page's bytes.
    """

    number: int
    offset: int
    url: str
    captured: str
    charset: str
    page: bytes


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A record that is no page, with its kind ("request", "image/jpeg", "status 404", "revisit")."""

    kind: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """A record that should be a page and cannot be read."""

    number: int
    offset: int
    reason: str
    message: Message
    raw: bytes


CrawlItem = Capture | PassedOver | Damaged


class DecodesInSteps(Protocol):
    """Is called before each record is decoded, and when decoding raises an unexpected exception."""

    def begin(self, number: int, offset: int, /) -> Cause | None:
        """The cause why the record must not be decoded; None where it may be."""

    def failed(self, error: Exception, /) -> Cause:
        """The cause with which a record is refused whose decoding raised an exception."""


class _Freely:
    """Lets every record be decoded, and raises exceptions."""

    def begin(self, _number: int, _offset: int, /) -> None:
        """None: every record is decoded."""

    def failed(self, error: Exception, /) -> Cause:
        """Raises the exception."""
        raise error


def captures(pieces: Iterator[Chunk], steps: DecodesInSteps | None = None) -> Iterator[CrawlItem]:
    """Yields all records of a crawl in order."""
    yield from _Records(GappedStream(pieces), steps or _Freely()).all()


class _Records:
    """The records of one stream. It remembers the pages seen, to recognise revisits of them."""

    def __init__(self, stream: GappedStream, steps: DecodesInSteps) -> None:
        self._stream = stream
        self._steps = steps
        self._number = 0
        self._offset = 0
        self._payloads: set[str] = set()  # digests of the pages seen, for revisits

    def all(self) -> Iterator[CrawlItem]:
        """Yields the records in order; a record that the end of the file cuts off is the last."""
        while True:
            try:
                line = self._first_line()
                if not line:
                    return
                yield self._record(line)
            except BrokenError as broken:
                yield self._broken(broken)
                if broken.gap.reason == "cut-short":
                    return

    def _first_line(self) -> bytes:
        """The line that begins the next record; empty at the end of the file."""
        for _ in range(_MOST_BLANKS):
            self._offset = self._stream.offset
            line = self._stream.line(_LONGEST_LINE)
            if line.strip() or not line:
                break
        if line:
            self._number += 1
        return line

    def _record(self, line: bytes) -> CrawlItem:
        raw, head = line, arc_head(line)
        if line.startswith(b"WARC/"):
            raw = line + self._headers()
            head = warc_head(raw)
        if head is None:
            return self._lost(raw)
        if head.kind not in {"response", "resource", "conversion"}:
            return self._passed_over(head)
        return self._page(head)

    def _headers(self) -> bytes:
        lines: list[bytes] = []
        for _ in range(_MOST_HEADERS):
            line = self._stream.line(_LONGEST_LINE)
            if not line:
                raise BrokenError(END, b"".join(lines))
            lines.append(line)
            if not line.strip():
                break
        return b"".join(lines)

    def _passed_over(self, head: RecordHead) -> PassedOver:
        self._stream.skip(head.length)
        if head.kind != "revisit":
            return PassedOver(head.kind)
        known = head.digests.get("payload", "") in self._payloads
        return PassedOver("revisit" if known else "revisit of a page that is not in this file")

    def _page(self, head: RecordHead) -> CrawlItem:
        start = self._stream.block(min(head.length, _START_BYTES))
        http = http_head(start)
        if kind := _no_page(head, http, start):
            self._stream.skip(head.length - len(start))
            return PassedOver(kind)
        if head.length > MAX_PAGE_BYTES + _START_BYTES:
            self._stream.skip(head.length - len(start))
            return self._damaged("record-too-large", _too_large(head.length), start)
        block = start + self._stream.block(head.length - len(start))
        if cause := self._steps.begin(self._number, self._offset):
            return self._damaged(cause.reason, cause.message, block)
        try:
            return self._capture(head, http, block)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one record's fault ends no crawl
            cause = self._steps.failed(error)
            return self._damaged(cause.reason, cause.message, block)

    def _capture(self, head: RecordHead, http: HttpHead, block: bytes) -> CrawlItem:
        body = block[http.length :]
        if head.truncated:
            return self._damaged(
                "cut-short", say("the crawler cut the page ({why})", why=head.truncated), body
            )
        try:
            seen = forms(http, body)
        except UndecodableError as error:
            message = say(
                "the page cannot be decoded ({problem}); fetch it again, or leave it", problem=error.detail
            )
            return self._damaged(error.reason, message, body)
        page = seen[-1]
        if len(page) > MAX_PAGE_BYTES:
            return self._damaged("record-too-large", _too_large(len(page)), body)
        if not agrees(head.digests.get("block", ""), [block]) or not agrees(
            head.digests.get("payload", ""), seen
        ):
            return self._damaged("wrong-digest", _wrong_digest(head), page)
        if payload := head.digests.get("payload", ""):
            self._payloads.add(payload)
        return Capture(self._number, self._offset, head.url, head.date, http.charset, page)

    def _lost(self, raw: bytes) -> Damaged:
        """A refusal of what is where a record should begin; continues at the next record."""
        lost = len(raw) + self._stream.skip_blank_lines()
        while line := self._stream.line(_LONGEST_LINE):
            if line.startswith(b"WARC/") or arc_head(line):
                self._stream.push_back(line)
                break
            lost += len(line) + self._stream.skip_blank_lines()
        message = say("no record begins here; {count} bytes are passed, up to the next one", count=lost)
        return self._damaged("damaged", message, raw)

    def _broken(self, broken: BrokenError) -> Damaged:
        message = say(
            "the record is not whole ({problem}); what follows is read where a record begins, get the file"
            " again for this one",
            problem=broken.gap.detail,
        )
        return self._damaged(broken.gap.reason, message, broken.got)

    def _damaged(self, reason: str, message: Message, raw: bytes) -> Damaged:
        return Damaged(self._number, self._offset, reason, message, raw)


def _no_page(head: RecordHead, http: HttpHead, start: bytes) -> str:
    """The kind of a record that is no HTML page; empty where it is one."""
    if http.status and http.status != _OK:
        return f"status {http.status}"
    media = http.media or ("" if http.status else head.media)
    if not media or media == "application/http":
        return "" if looks_html(start[http.length :]) else "no type"
    if media in _DOCUMENTS or media in {"text/html", "application/xhtml+xml"}:
        return ""
    body = start[http.length :]
    is_document = media in _ANY_TYPE and (body.startswith(b"%PDF-") or _is_word(body))
    return "" if is_document else media


def _is_word(body: bytes) -> bool:
    """Whether a body begins like a Word document, and not like a sheet or another zip."""
    return body.startswith(b"PK\x03\x04") and b"word/" in body and b"[Content_Types].xml" in body


def _too_large(count: int) -> Message:
    return say("the page has {count} bytes; the limit is {limit}", count=count, limit=MAX_PAGE_BYTES)


def _wrong_digest(head: RecordHead) -> Message:
    written = head.digests.get("payload", "") or head.digests.get("block", "")
    return say("the page's bytes are not those of its digest {digest}; get the file again", digest=written)
