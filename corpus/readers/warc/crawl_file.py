"""How does a crawl (WARC, ARC) become articles? Several captures of one page are its versions."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from corpus.readers.html import page_file as html_file
from corpus.readers.input.compressed import DamagedError, is_compressed
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import no_records, refuse
from corpus.readers.input.searching import in_steps
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.steps import Cause, Steps
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.readers.warc.captures import Capture, Damaged, captures
from corpus.readers.warc.members import Chunk, Gap, read_chunks
from corpus.records import Record, Refusal

NAME, VERSION = "warc", 2
SUFFIXES = frozenset({".warc", ".arc"})
article = html_file.article

_GZIP = b"\x1f\x8b"
_MAGIC_BYTES = 16


def knows(look: Look) -> bool:
    """Whether it begins with a record of a crawl."""
    return look.text.startswith((b"WARC/", b"filedesc://"))


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The pages of a crawl in their order, and its damaged records; others are counted by their kind.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    shared, empty = options.context(file), True
    for found in in_steps(file, captures(_pieces(file, tally), _Steps(file, tally.steps)), tally):
        empty = False
        if isinstance(found, Capture):
            context = replace(shared, url=found.url, declared_encoding=found.charset, captured=found.captured)
            maker = RecordMaker(file, options, tally, (NAME, VERSION))  # one a page: a page may come again
            yield maker.record_made_by(_place(found), found.page, article, context)
        elif isinstance(found, Refusal):
            yield found
        elif isinstance(found, Damaged):
            yield refuse(file, _place(found), found.reason, found.message, found.raw)
        else:
            tally.pass_over(found.kind)
    if empty:
        yield no_records(file)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Tells the decoding of a record as a step at its place."""

    file: SourceFile
    steps: Steps

    def begin(self, number: int, offset: int) -> Cause | None:
        return self.steps.item(self.file.name, _placed(number, offset))

    def failed(self, error: Exception) -> Cause:
        return self.steps.failed(error)


def _place(found: Capture | Damaged) -> str:
    return _placed(found.number, found.offset)


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
    """The bytes of a crawl that was packed in another way; its damage is its end."""
    try:
        yield from file.pieces(tally)
    except DamagedError as error:
        yield Gap("cut-short", error.detail)
