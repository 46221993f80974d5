"""Which reader knows a file? Its content says it, and its name where the content could be several."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.errors import ImpossibleValueError
from corpus.readers import json_file, jsonl, plain
from corpus.readers.compressed import head
from corpus.readers.encoding import is_wide
from corpus.readers.field_map import FieldMap
from corpus.readers.json_values import decode
from corpus.readers.source_file import SourceFile, Tally
from corpus.records import Record

Reader = Callable[[SourceFile, FieldMap, Tally], Iterator[Record]]

_HEAD_BYTES = 64 * 1024
_COMPRESSED = {".gz", ".xz", ".zst"}
_BY_NAME: dict[str, Reader] = {
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".json": json_file.read,
    ".txt": plain.read,
}
_ARRAY = re.compile(rb"\[\s*(?:[\[{\]]|$)")
_ARTICLES = re.compile(rb"\[\s*\{")
_OBJECT = re.compile(rb'\{\s*(?:["}]|$)')


def reader_of(path: Path) -> Reader | None:
    """The reader that knows the file; None where none does.

    Raises:
        OSError: the disk or the rights.
    """
    by_name = _BY_NAME.get(_suffix(path))
    first = head(path, _HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    if is_wide(first):
        return by_name
    text = first.lstrip()
    if _ARRAY.match(text) and (by_name is not jsonl.read or _ARTICLES.match(text)):
        return json_file.read
    if by_name is not jsonl.read and _OBJECT.match(text):
        return jsonl.read if _is_one_object_a_line(text, by_name) else json_file.read
    return by_name


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _is_one_object_a_line(text: bytes, by_name: Reader | None) -> bool:
    """Whether the first line is a whole object, and another stands below it or the name says nothing."""
    line, newline, below = text.partition(b"\n")
    if not newline:
        return False
    try:
        _, end = decode(line.decode("utf-8", "replace").rstrip())
    except ImpossibleValueError:
        return False
    whole = end == len(line.decode("utf-8", "replace").rstrip())
    return whole and (by_name is None or below.lstrip().startswith(b"{"))
