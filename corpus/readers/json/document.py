"""How does a JSON file become articles? One object, an array of objects, or an object around arrays."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import count

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.readers.input.encoding import read_text, with_encoding
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import whole_file
from corpus.readers.json.arrays import arrays_of_articles, skip_white
from corpus.readers.json.look import is_json
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.json_values import bad_json, decode_json
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.records import WHOLE, Record

NAME, VERSION = "json", 4
SUFFIXES = frozenset({".json"})
MAX_FILE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a file, and why it ends too early, where it does."""

    text: str
    damage: ImpossibleValueError | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A value that may be an article, and its part of the text."""

    place: str
    value: object
    start: int
    end: int

    def decoded(self) -> object:
        """The value."""
        return self.value


def knows(look: Look) -> bool:
    """Whether the content is one JSON value, whatever the name."""
    return is_json(look)


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a JSON file: the items before the first error, then its refusal.

    Raises:
        OSError: the disk or the rights.
    """
    try:
        content = whole_file(file, tally, MAX_FILE_BYTES)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message)
        return
    try:
        context = options.context(file)
        read_as = read_text(content.raw, context, complete=content.damage is None, inner=False)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message, content.raw)
        return
    maker = RecordMaker(file, options, tally, (NAME, VERSION), with_encoding(context, read_as))
    yield from _records(file, _Source(read_as.text, content.damage), options.fields, maker)


def article(raw: bytes, context: Context) -> Article:
    """The article of one item; items are stored as UTF-8, whatever the encoding of their file.

    Raises:
        ImpossibleValueError: the item is no article.
    """
    return article_of_value(decode_json(raw.decode().strip())[0], context)


def _records(file: SourceFile, source: _Source, fields: FieldMap, maker: RecordMaker) -> Iterator[Record]:
    """The items, and one refusal of all that follows an error."""
    place, end = WHOLE, 0
    problem = None
    try:
        for number, item in enumerate(_items(source.text, fields), start=1):
            raw = source.text[item.start : item.end].encode()
            yield maker.record(item.place, raw, item.decoded)
            place, end = f"after item {number}", item.end
    except ImpossibleValueError as error:
        problem = error
    if told := source.damage or problem:
        yield refuse(file, place, told.reason, told.message, source.text[end:].encode())


def _items(text: str, fields: FieldMap) -> Iterator[_Item]:
    """The articles of the text.

    Raises:
        ImpossibleValueError: where the JSON breaks, after the items before it.
    """
    start, numbers = skip_white(text, 0), count(1)
    if text.startswith("[", start):
        end = yield from _array(text, start, numbers)
    elif arrays := arrays_of_articles(text, start, fields):
        for array in arrays:
            yield from _array(text, array, numbers)
        end = decode_json(text, start)[1]
    else:
        value, end = decode_json(text, start)
        yield _Item(WHOLE, value, start, end)
    if (after := skip_white(text, end)) < len(text):
        raise bad_json("Extra data", text, after)


def _array(text: str, start: int, numbers: Iterator[int]) -> Generator[_Item, None, int]:
    """The items of the array that begins at ``start``; returns where it ends."""
    position = skip_white(text, start + 1)
    if text.startswith("]", position):
        return position + 1
    while True:
        value, end = decode_json(text, position)
        yield _Item(f"item {next(numbers)}", value, position, end)
        position = skip_white(text, end)
        if text.startswith("]", position):
            return position + 1
        if not text.startswith(",", position):
            raise bad_json("Expecting ',' delimiter", text, position)
        position = skip_white(text, position + 1)
