"""How does JSON lines become articles? One object a line, in bounded memory."""

import codecs
from collections.abc import Iterator

from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.compressed import decompressed
from corpus.readers.encoding import refuse_wide, text_of
from corpus.readers.field_map import FieldMap
from corpus.readers.json_values import bad_json, decode
from corpus.readers.numbered_lines import Line, numbered_lines
from corpus.readers.record_maker import RecordMaker
from corpus.readers.refusing import refuse
from corpus.readers.source_file import SourceFile, Tally
from corpus.records import MAX_RAW_BYTES, Record, Refusal

NAME, VERSION = "jsonl", 1
MAX_LINE_BYTES = 16 * 1024 * 1024


def read(file: SourceFile, fields: FieldMap, tally: Tally) -> Iterator[Record]:
    """The records of a file of JSON lines; its blank lines are none.

    Raises:
        OSError: the disk or the rights.
    """
    maker = RecordMaker(file, fields, tally, (NAME, VERSION))
    for line in numbered_lines(decompressed(file.path, tally), MAX_LINE_BYTES):
        try:
            if line.number == 1:
                refuse_wide(line.raw)
        except ImpossibleValueError as error:
            yield refuse(file, "whole file", error.reason, error.message)
            return
        if line.damage:
            yield from _damaged(file, line, maker)
        elif line.length > MAX_LINE_BYTES:
            yield _too_long(file, line)
        elif not _is_blank(line):
            yield _record(file, line, maker)


def _is_blank(line: Line) -> bool:
    """Whether the line holds nothing, or the file's byte order mark alone."""
    return not line.raw.removeprefix(codecs.BOM_UTF8 if line.number == 1 else b"").strip()


def _record(file: SourceFile, line: Line, maker: RecordMaker) -> Record:
    place = f"line {line.number}"
    try:
        value = value_of(line)
    except ImpossibleValueError as error:
        return refuse(file, place, error.reason, error.message, line.raw)
    return maker.record(place, line.raw, value)


def value_of(line: Line) -> object:
    """What the line says.

    Raises:
        ImpossibleValueError: not UTF-8, or not one JSON value.
    """
    text = text_of(line.raw, line.offset).rstrip(" \t\r")
    value, end = decode(text, len(text) - len(text.lstrip(" \t\r")))
    if end < len(text):
        raise bad_json("Extra data", text, end)
    return value


def _too_long(file: SourceFile, line: Line) -> Refusal:
    message = say(
        "the record has {count} bytes; the limit is {limit}: split it into articles",
        count=line.length,
        limit=MAX_LINE_BYTES,
    )
    place, kept = f"line {line.number}", line.raw[:MAX_RAW_BYTES]
    return Refusal(file.name, place, "record-too-large", message, kept, line.raw_sha256)


def _damaged(file: SourceFile, line: Line, maker: RecordMaker) -> Iterator[Record]:
    """The last record where it is whole all the same, then the refusal of the rest."""
    if line.damage is None:
        return
    whole = _record(file, line, maker) if not _is_blank(line) and line.length <= MAX_LINE_BYTES else None
    place = f"line {line.number}"
    message = say(
        "the compressed data is not whole from byte {offset} of the text on ({problem}); what stood before is"
        " imported, get the file again for the rest",
        offset=line.offset,
        problem=line.damage.detail,
    )
    if whole is not None and not isinstance(whole, Refusal):
        yield whole
        yield refuse(file, f"after line {line.number}", line.damage.reason, message)
    else:
        kept = line.raw[:MAX_RAW_BYTES]
        yield Refusal(file.name, place, line.damage.reason, message, kept, line.raw_sha256)
