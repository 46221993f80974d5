"""Is this JSON, and is it one object per line or one value? Decided by the content."""

import re

from corpus.errors import ImpossibleValueError
from corpus.readers.input.look import Look
from corpus.readers.records.json_values import decode_json

LINES = frozenset({".jsonl", ".ndjson"})

_ARRAY = re.compile(rb"\[\s*(?:[\[{\]]|$)")
_ARTICLES = re.compile(rb"\[\s*\{")
_OBJECT = re.compile(rb'\{\s*(?:["}]|$)')


def is_json(look: Look) -> bool:
    """Whether the file is one JSON value: an array, or an object over several lines."""
    if _ARRAY.match(look.text) and (look.suffix not in LINES or _ARTICLES.match(look.text)):
        return True
    return look.suffix not in LINES and bool(_OBJECT.match(look.text)) and not _is_one_object_a_line(look)


def is_json_lines(look: Look) -> bool:
    """Whether the file has one object per line, whatever its name."""
    return look.suffix not in LINES and bool(_OBJECT.match(look.text)) and _is_one_object_a_line(look)


def _is_one_object_a_line(look: Look) -> bool:
    """Whether the first line is a complete object, and another follows it or no reader takes the name."""
    first, newline, below = look.text.partition(b"\n")
    if not newline:
        return False
    line = first.decode("utf-8", "replace").rstrip()
    try:
        _, end = decode_json(line)
    except ImpossibleValueError:
        return False
    return end == len(line) and (not look.named or below.lstrip().startswith(b"{"))
