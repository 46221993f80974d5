"""How do JSON lines become articles? One object per line, in bounded memory."""

import codecs
from collections.abc import Iterator
from functools import partial

from corpus.article import Article
from corpus.context import Context
from corpus.message import say
from corpus.readers.input.encoding import text_of, utf_8_pieces, with_encoding_of_head
from corpus.readers.input.look import HEAD_BYTES, Look
from corpus.readers.input.numbered_lines import NumberedLine, numbered_lines
from corpus.readers.input.refusing import no_records, refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.json.look import LINES, is_json_lines
from corpus.readers.records.json_values import bad_json, decode_json
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.records import MAX_RAW_BYTES, Record, Refusal

NAME, VERSION = "jsonl", 4
SUFFIXES = LINES
MAX_LINE_BYTES = 16 * 1024 * 1024


def knows(look: Look) -> bool:
    """Whether the content is one object per line, whatever the name."""
    return is_json_lines(look)


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a file of JSON lines; blank lines are skipped.

    Raises:
        OSError: the disk or the rights.
    """
    context = with_encoding_of_head(file.head(HEAD_BYTES), options.context(file))
    maker = RecordMaker(file, options, tally, (NAME, VERSION), context)
    empty = True
    for line in numbered_lines(utf_8_pieces(file.pieces(tally), context), MAX_LINE_BYTES, empty=False):
        empty = empty and _is_blank(line) and not line.damage
        if line.damage:
            yield from _damaged(file, line, maker, context)
        elif line.length > MAX_LINE_BYTES:
            yield _too_long(file, line)
        elif not _is_blank(line):
            yield _record(line, maker, context)
    if empty:
        yield no_records(file)


def article(raw: bytes, context: Context) -> Article:
    """The article of a line.

    Raises:
        ImpossibleValueError: the line is no article.
    """
    return article_of_value(value_of(raw, context), context)


def _is_blank(line: NumberedLine) -> bool:
    """Whether the line is empty, or only the byte order mark."""
    return not line.raw.removeprefix(codecs.BOM_UTF8 if line.number == 1 else b"").strip()


def _record(line: NumberedLine, maker: RecordMaker, context: Context) -> Record:
    return maker.record(f"line {line.number}", line.raw, partial(value_of, line.raw, context, line.offset))


def value_of(raw: bytes, context: Context, offset: int = 0) -> object:
    """The value of a line that is at ``offset`` of its file.

    Raises:
        ImpossibleValueError: not UTF-8, or not one JSON value.
    """
    text = text_of(raw, context, offset).rstrip(" \t\r")
    value, end = decode_json(text, len(text) - len(text.lstrip(" \t\r")))
    if end < len(text):
        raise bad_json("Extra data", text, end)
    return value


def _too_long(file: SourceFile, line: NumberedLine) -> Refusal:
    message = say(
        "the record has {count} bytes; the limit is {limit}: split it into articles",
        count=line.length,
        limit=MAX_LINE_BYTES,
    )
    place, kept = f"line {line.number}", line.raw[:MAX_RAW_BYTES]
    return Refusal(file.name, place, "record-too-large", message, kept, line.raw_sha256)


def _damaged(file: SourceFile, line: NumberedLine, maker: RecordMaker, context: Context) -> Iterator[Record]:
    """The last record, where it is complete all the same; then the refusal of the rest."""
    if line.damage is None:
        return
    is_record = not _is_blank(line) and line.length <= MAX_LINE_BYTES
    record = _record(line, maker, context) if is_record else None
    place = f"line {line.number}"
    message = say(
        "the compressed data is not whole from byte {offset} of the text on ({problem}); what stood before is"
        " imported, get the file again for the rest",
        offset=line.offset,
        problem=line.damage.detail,
    )
    if record is not None and not isinstance(record, Refusal):
        yield record
        yield refuse(file, f"after line {line.number}", line.damage.reason, message)
    else:
        kept = line.raw[:MAX_RAW_BYTES]
        yield Refusal(file.name, place, line.damage.reason, message, kept, line.raw_sha256)
