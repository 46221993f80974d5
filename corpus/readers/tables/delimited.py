"""How does a table in text (CSV, TSV, any delimiter) become articles? One article per row.

The delimiter is the one with which the first row names most fields of an article, so that commas or
semicolons in headlines do not mislead, as they do where a sniffer counts characters. A first row without a
title is refused with its names, as a hint for ``--map``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.encoding import as_utf_8, text_of, utf_8_pieces, with_encoding_of_head
from corpus.readers.input.look import HEAD_BYTES, Look
from corpus.readers.input.numbered_lines import NumberedLine, line_end, numbered_lines
from corpus.readers.input.refusing import NO_RECORDS, damaged, no_records, refuse, too_large
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.readers.records.values import shown
from corpus.readers.tables.column_names import distinct
from corpus.readers.tables.rows import MAX_ROW_BYTES, Row, Rows, values_of
from corpus.records import WHOLE, Record, Refusal

NAME, VERSION = "csv", 4
SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})

MAX_COLUMNS = 2_000
_MOST_COLUMN_NAMES = 100  # times the bytes of the rows: an article is stored with its column names
_FREE_COLUMN_NAMES = 16 * 1024 * 1024  # characters
_DELIMITERS = "\t,;|^~\x1f"
_SAYS_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own first line
_SHOWN_BYTES = 4096  # of a table whose first row names no columns
_SURE = 3  # so many names of fields are no coincidence


@dataclass(frozen=True, slots=True)
class _Header:
    columns: tuple[str, ...]
    delimiter: str


def knows(look: Look) -> bool:
    """Whether the first line names a title and other known fields; otherwise the file's name decides."""
    if look.named and look.suffix != ".txt":
        return False
    first = look.text.partition(line_end(look.text))[0].decode("utf-8", "replace")
    known = _known(_header(first, FieldMap.known()).columns, FieldMap.known())
    return "title" in known and len(known) >= _SURE


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a table, one per row; the first row names the columns.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    head = file.head(HEAD_BYTES)
    context, end = with_encoding_of_head(head, options.context(file)), line_end(as_utf_8(head))
    lines = numbered_lines(utf_8_pieces(file.pieces(tally), context), MAX_ROW_BYTES, end)
    try:
        header = _first(lines, context, options.fields)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message, file.head(_SHOWN_BYTES))
        return
    context = replace(context, columns=header.columns, delimiter=header.delimiter)
    maker = RecordMaker(file, options, tally, (NAME, VERSION))
    empty = True
    names, size = sum(map(len, header.columns)), 0
    for number, row in enumerate(Rows(lines, header.delimiter, end), 1):
        empty = False
        size += len(row.raw)
        if names * number > _MOST_COLUMN_NAMES * size + _FREE_COLUMN_NAMES:
            yield _names_too_long(file, row, names)
            return
        if not isinstance(row, NumberedLine):
            yield _record(f"line {row.line}", row.raw, maker, context)
        elif row.damage:
            yield damaged(file, row.damage, f"line {row.number}", row.raw)
        else:
            yield too_large(file, f"line {row.number}", row.length, MAX_ROW_BYTES, row.raw)
    if empty:
        yield no_records(file)


def _names_too_long(file: SourceFile, row: Row | NumberedLine, names: int) -> Refusal:
    message = say(
        "each row is kept with the names of its columns, {count} characters, and this table's rows are short"
        " beside them: nothing from here on is read; shorten the names, or leave columns out",
        count=names,
    )
    return refuse(
        file, f"line {row.line if isinstance(row, Row) else row.number}", "too-large", message, row.raw
    )


def article(raw: bytes, context: Context) -> Article:
    """The article of a row.

    Raises:
        ImpossibleValueError: the row is no article.
    """
    return article_of_value(_value(raw, context), context)


def _record(place: str, raw: bytes, maker: RecordMaker, context: Context) -> Record:
    return maker.record(place, raw, partial(_value, raw, context), context)


def _value(raw: bytes, context: Context) -> dict[str, object]:
    """A row's values by the names of their columns.

    Raises:
        ImpossibleValueError: the bytes are no text, or there are more values than columns.
    """
    values = values_of(text_of(raw, context).rstrip("\r\n"), context.delimiter)
    while len(values) > len(context.columns) and not values[-1].strip():
        values.pop()
    if len(values) > len(context.columns):
        raise ImpossibleValueError(
            "bad-row",
            say(
                "the row has {count} values, the first row names {columns}; put quotes around a value that"
                " holds {delimiter}",
                count=len(values),
                columns=len(context.columns),
                delimiter=ascii(context.delimiter),
            ),
        )
    return dict(zip(context.columns, values, strict=False))


def _first(lines: Iterator[NumberedLine], context: Context, fields: FieldMap) -> _Header:
    """The header of the table.

    Raises:
        ImpossibleValueError: there is no first row, it is no text, or it names neither title nor text.
    """
    text, delimiters = "", _DELIMITERS
    for line in lines:
        text = text_of(line.raw, context, line.offset).strip("\r\n\ufeff ")
        if declared := _SAYS_DELIMITER.fullmatch(text):
            delimiters = declared[1]
        elif text:
            break
    else:
        raise ImpossibleValueError("no-records", NO_RECORDS)
    header = _header(text, fields, delimiters)
    if len(header.columns) > MAX_COLUMNS:
        raise ImpossibleValueError(
            "too-many-columns",
            say(
                "the first row names {count} columns; the limit is {limit}: keep those of an article, or mend"
                " its line ends where all rows stand in one",
                count=len(header.columns),
                limit=MAX_COLUMNS,
            ),
        )
    if _known(header.columns, fields).isdisjoint({"title", "paragraphs"}):
        raise ImpossibleValueError(
            "no-title-column",
            say(
                "the first row names {names}: none is known as a title or a text; say which one is:"
                " --map title=NAME",
                names=shown(", ".join(header.columns)),
            ),
        )
    return header


def _header(text: str, fields: FieldMap, delimiters: str = _DELIMITERS) -> _Header:
    """The columns by the delimiter that gives most known ones, then the one that gives more."""
    tried = [_Header(distinct(values_of(text, mark)), mark) for mark in delimiters]
    return max(
        tried, key=lambda header: (len(_known(header.columns[:MAX_COLUMNS], fields)), len(header.columns))
    )


def _known(columns: tuple[str, ...], fields: FieldMap) -> frozenset[str]:
    return frozenset(fields.sort(dict.fromkeys(columns, "x")).taken)
