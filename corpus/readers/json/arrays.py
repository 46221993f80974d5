"""Which arrays in a JSON object hold articles? None does where the object is an article itself.

An answer of a search engine, a JSON Feed and an export put their articles into one array or into several,
below a title of their own or none. The array is looked at as far as it goes: one that is cut off counts too.
"""

import re
from dataclasses import dataclass, field

from corpus.errors import ImpossibleValueError
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.json_values import decode_json
from corpus.readers.records.record_names import plain_name

_ARRAYS = frozenset(
    {
        "articles", "items", "results", "posts", "docs", "documents", "hits", "hit", "records", "entries",
        "news", "data", "rows", "stories", "list", "value",
    }
)  # fmt: skip
"""Plain names of arrays of articles."""
_AROUND = frozenset({"hits", "response", "result", "data", "feed", "channel", "payload", "body"})
"""Plain names of objects around such an array."""
_PARTS = ("paragraphs", "captions", "related", "authors", "tags", "section")
"""Our fields that may be arrays of an article."""
_DEEPEST = 3
_WHITE = re.compile(r"[ \t\r\n]*")


@dataclass(slots=True)
class _Object:
    """What an object has: where its arrays and objects begin, and whether it may be an article itself."""

    arrays: dict[str, int] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)
    has_title: bool = False
    has_text: bool = False


def arrays_of_articles(text: str, start: int, fields: FieldMap, depth: int = 0) -> list[int]:
    """Where the arrays of articles begin in the object at ``start``; none where it is an article.

    All arrays count whose first item is an article. Where there are none, and the object has no title, one
    counts that is named for articles or is the only one, else those of an object around it.
    """
    found = _looked_at(text, start, fields)
    held = {key: at for key, at in found.arrays.items() if _begins_with_article(text, at, fields)}
    if found.has_text:  # an article, unless it is what was asked, above what was found
        return [at for key, at in held.items() if plain_name(key) in _ARRAYS and not found.has_title]
    if found.has_title:
        return [at for key, at in held.items() if not any(fields.has(ours, {key: None}) for ours in _PARTS)]
    if held:
        return list(held.values())
    named = [
        at for key, at in found.arrays.items() if plain_name(key) in _ARRAYS and _holds_objects(text, at)
    ]
    if named or len(found.arrays) == 1:
        return (named or list(found.arrays.values()))[:1]
    if depth == _DEEPEST:
        return []
    inner = (arrays_of_articles(text, at, fields, depth + 1) for at in found.objects.values())
    return next((arrays for arrays in inner if arrays), [])


def skip_white(text: str, position: int) -> int:
    """The position behind white space."""
    match = _WHITE.match(text, position)
    return match.end() if match else position


def _looked_at(text: str, start: int, fields: FieldMap) -> _Object:
    """What the object at ``start`` has, up to where the JSON breaks."""
    found = _Object()
    position = skip_white(text, start + 1)
    try:
        while text.startswith('"', position):
            key, end = decode_json(text, position)
            name = str(key)
            position = skip_white(text, skip_white(text, end) + 1)
            if text.startswith("[", position):
                found.arrays[name] = position
            elif text.startswith("{", position) and plain_name(name) in _AROUND:
                found.objects[name] = position
            found.has_title |= fields.has("title", {name: None})
            value, end = decode_json(text, position)
            is_text = isinstance(value, str) and bool(value.strip())
            found.has_text |= is_text and fields.has("paragraphs", {name: None})
            position = skip_white(text, skip_white(text, end) + 1)
    except ImpossibleValueError:
        pass  # the array is read up to the error, which is refused there
    return found


def _begins_with_article(text: str, array: int, fields: FieldMap) -> bool:
    """Whether the first item of an array has a text, or a title with a lede."""
    first = skip_white(text, array + 1)
    if not text.startswith("{", first):
        return False
    try:
        value, _ = decode_json(text, first)
    except ImpossibleValueError:
        return False
    taken = fields.sort(value).taken if isinstance(value, dict) else {}
    return "paragraphs" in taken or {"title", "lede"} <= set(taken)


def _holds_objects(text: str, array: int) -> bool:
    return text.startswith(("{", "]"), skip_white(text, array + 1))
