"""How does a crawl (WARC, ARC) become articles? Several captures of one page are its versions."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.context import Context
from corpus.derived_id import url_id
from corpus.publishers import host, newspaper
from corpus.readers.documents import pdf as pdf_document
from corpus.readers.documents import word as word_document
from corpus.readers.html import page_file as html_file
from corpus.readers.input.compressed import DamagedError, is_compressed
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import no_records, refuse
from corpus.readers.input.searching import in_steps
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.steps import Cause, Steps
from corpus.readers.records.capture_bound import without_later_date
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.readers.warc.members import Chunk, Gap, read_chunks
from corpus.records import Record, Refusal

if TYPE_CHECKING:
    from corpus.readers.warc.captures import Capture, Damaged

NAME, VERSION = "warc", 3
SUFFIXES = frozenset({".warc", ".arc"})

_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_MAGIC_BYTES = 16


def article(raw: bytes, context: Context) -> Article:
    """The article of a page, a PDF or a Word document that was fetched from the context's address.

    Raises:
        ImpossibleValueError: as the reader of its format.
    """
    reader = pdf_document if raw.startswith(_PDF) else word_document if raw.startswith(_ZIP) else None
    if reader is None:
        return html_file.article(raw, context)
    made = reader.article(raw, context)
    own = url_id(context.url, context.stem, made.title)
    source = made.source or newspaper(context.url) or host(context.url)
    placed = replace(made, id=own, url=context.url, source=source)
    return without_later_date(with_inferred_year(placed, context), context)


def knows(look: Look) -> bool:
    """Whether the content begins with a record of a crawl."""
    return look.text.startswith((b"WARC/", b"filedesc://"))


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The pages of a crawl in order, and its damaged records; other records are counted by kind.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    from corpus.readers.warc.captures import Capture, Damaged, captures  # noqa: PLC0415 - loads warcio

    shared, empty = options.context(file), True
    for record in in_steps(file, captures(_pieces(file, tally), _Steps(file, tally.steps)), tally):
        empty = False
        if isinstance(record, Capture):
            context = replace(
                shared, url=record.url, declared_encoding=record.charset, captured=record.captured
            )
            maker = RecordMaker(
                file, options, tally, (NAME, VERSION)
            )  # one per page: it may be captured twice
            yield maker.record_made_by(_place(record), record.page, article, context)
        elif isinstance(record, Refusal):
            yield record
        elif isinstance(record, Damaged):
            yield refuse(file, _place(record), record.reason, record.message, record.raw)
        else:
            tally.pass_over(record.kind)
    if empty:
        yield no_records(file)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Reports the decoding of each record as a step."""

    file: SourceFile
    steps: Steps

    def begin(self, number: int, offset: int) -> Cause | None:
        return self.steps.item(self.file.name, _placed(number, offset))

    def failed(self, error: Exception) -> Cause:
        return self.steps.failed(error)


def _place(record: "Capture | Damaged") -> str:
    return _placed(record.number, record.offset)


def _placed(number: int, offset: int) -> str:
    return f"record {number}, byte {offset}"


def _pieces(file: SourceFile, tally: Tally) -> Iterator[Chunk]:
    with closing(file.stored(tally)) as raw:
        first = raw.read(_MAGIC_BYTES)
    if is_compressed(first) and not first.startswith(_GZIP):
        yield from _unpacked(file, tally)
        return
    with closing(file.stored(tally)) as raw:
        for piece in read_chunks(raw):
            if isinstance(piece, bytes):
                tally.unpacked(len(piece))
            yield piece


def _unpacked(file: SourceFile, tally: Tally) -> Iterator[Chunk]:
    """The bytes of a crawl that was compressed otherwise; damage ends it."""
    try:
        yield from file.pieces(tally)
    except DamagedError as error:
        yield Gap("cut-short", error.detail)
