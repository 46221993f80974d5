"""How does a JSON file become articles? One object, an array of objects, or an object around an array."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.readers.input.encoding import read_text, with_encoding
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import whole_file
from corpus.readers.json.look import is_json
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.json_values import bad_json, decode_json
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.readers.records.record_names import plain_name
from corpus.records import WHOLE, Record

NAME, VERSION = "json", 4
SUFFIXES = frozenset({".json"})
MAX_FILE_BYTES = 256 * 1024 * 1024

_ARRAYS = frozenset(
    {
        "articles", "items", "results", "posts", "docs", "documents", "hits", "records", "entries", "news",
        "data", "rows", "stories", "list", "value",
    }
)  # fmt: skip
"""Plain names of arrays of articles."""
_AROUND = frozenset({"hits", "response", "result", "data", "feed", "channel", "payload", "body"})
"""Plain names of objects around such an array."""
_DEEPEST = 3
_WHITE = re.compile(r"[ \t\r\n]*")


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
    start = _skip(text, 0)
    if text.startswith("[", start):
        end = yield from _array(text, start)
    elif (array := _around(text, start, fields)) is None:
        value, end = decode_json(text, start)
        yield _Item(WHOLE, value, start, end)
    else:
        yield from _array(text, array)
        end = decode_json(text, start)[1]
    if (after := _skip(text, end)) < len(text):
        raise bad_json("Extra data", text, after)


def _array(text: str, start: int) -> Generator[_Item, None, int]:
    """The items of the array that begins at ``start``; returns where it ends."""
    position = _skip(text, start + 1)
    if text.startswith("]", position):
        return position + 1
    number = 0
    while True:
        value, end = decode_json(text, position)
        number += 1
        yield _Item(f"item {number}", value, position, end)
        position = _skip(text, end)
        if text.startswith("]", position):
            return position + 1
        if not text.startswith(",", position):
            raise bad_json("Expecting ',' delimiter", text, position)
        position = _skip(text, position + 1)


def _around(text: str, start: int, fields: FieldMap, depth: int = 0) -> int | None:
    """The start of the array of articles in an object without a title; None where the object is an article.

    An array counts that is named for articles, or is the only one; so does one in an object around it, as
    search engines answer. One that is cut off counts too: its complete items are read.
    """
    arrays: dict[str, int] = {}
    objects: dict[str, int] = {}
    position = _skip(text, start + 1)
    try:
        while text.startswith('"', position):
            key, end = decode_json(text, position)
            if fields.has("title", {str(key): None}):
                return None
            position = _skip(text, _skip(text, end) + 1)
            if text.startswith("[", position):
                arrays[plain_name(str(key))] = position
            elif text.startswith("{", position) and plain_name(str(key)) in _AROUND and depth < _DEEPEST:
                objects[plain_name(str(key))] = position
            position = _skip(text, decode_json(text, position)[1])
            position = _skip(text, position + 1)
    except ImpossibleValueError:
        pass  # the array is read up to the error, which is refused there
    named = [
        position for key, position in arrays.items() if key in _ARRAYS and _holds_objects(text, position)
    ]
    if named or len(arrays) == 1:
        return (named or list(arrays.values()))[0]
    inner = (_around(text, position, fields, depth + 1) for position in objects.values())
    return next((position for position in inner if position is not None), None)


def _holds_objects(text: str, array: int) -> bool:
    return text.startswith(("{", "]"), _skip(text, array + 1))


def _skip(text: str, position: int) -> int:
    match = _WHITE.match(text, position)
    return match.end() if match else position
