"""Which text does a nested object stand for ({"rendered": …}, {"name": …}, {"$date": …})?

JSON-LD, NewsAPI, Mongo, WordPress, Drupal and others put an object where a text is expected. What none of its
members gives is left as it is, and counts as a field that cannot be read.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from corpus.readers.records.record_names import plain_name
from corpus.readers.records.written_values import unwrapped, written_value

_DEEPEST = 6  # nested objects and lists
_NUMBERS = ("$numberLong", "$numberInt", "$numberDouble", "$numberDecimal")
_VALUE = ("rendered", "processed", "value", "@value", "#text", "$t", "_text", "text", "keyword")
_NAME = (
    "name",
    *_VALUE,
    "title",
    "label",
    "term",
    "full_name",
    "display_name",
    "nickname",
    "headline",
    "slug",
)
_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "id": ("$oid", "$uuid", *_NUMBERS, "value", "id", "#text"),
    "title": ("rendered", "main", "title", "headline", *_VALUE, "name", "vi", "raw"),
    "url": ("url", "href", "@id", "link", *_VALUE, "canonical", "web"),
    "published": ("$date", *_NUMBERS, *_VALUE, "date", "datetime", "iso", "utc", "timestamp", "raw"),
    "captions": ("caption", "figcaption", "image_caption", "description", "alt", *_VALUE),
    "paragraphs": (
        "rendered", "html", "processed", "value", "@value", "#text", "$t", "_text", "text", "plain",
        "content", "body", "full", "paragraphs", "paragraph", "blocks", "data", "vi", "raw",
    ),
}  # fmt: skip
_LIKE: Mapping[str, str] = {"lede": "paragraphs", "related": "title", "modified": "published"}
_PICTURES = frozenset({"image", "images", "photos", "pictures", "figures"})
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_LONGEST_MOMENT = 253_402_300_799_000  # thousandths of a second: the end of year 9999


def plain_value(ours: str, name: str, value: object) -> object:
    """The value without nested objects, as far as they stand for texts; also where a text writes them out.

    >>> plain_value("source", "publisher", {"@type": "Organization", "name": "Báo Thử"})
    'Báo Thử'
    >>> plain_value("published", "date", {"$date": {"$numberLong": "1710205800000"}})
    '2024-03-12T01:10:00+00:00'
    >>> plain_value("authors", "author", [{"name": "Thu Hà"}, "Minh An"]), plain_value("title", "t", {"x": 1})
    (['Thu Hà', 'Minh An'], {'x': 1})
    """
    if plain_name(name) in _PICTURES and ours == "captions":
        value = _captioned(value)
    value = unwrapped(value)
    meant = written_value(ours, value) if isinstance(value, str) else value
    plain = _plain(_MEMBERS.get(_LIKE.get(ours, ours), _NAME), meant, _DEEPEST)
    return value if isinstance(value, str) and not is_simple(plain) else unwrapped(plain)


def is_simple(value: object) -> bool:
    """Whether a value holds no object, and no list of one."""
    if isinstance(value, list):
        return all(not isinstance(part, dict) for part in value)
    return not isinstance(value, dict)


def named(member: str, ours: str) -> bool:
    """Whether an object stands for its member of this name, where it is the value of one of our fields."""
    members = _MEMBERS.get(_LIKE.get(ours, ours), _NAME)
    return plain_name(member) in map(plain_name, members)


def _plain(members: tuple[str, ...], value: object, depth: int) -> object:
    if not depth:
        return value
    if isinstance(value, dict):
        return _of_object(members, value, depth)
    if isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        flat: list[object] = []
        for part in value:
            plain = _plain(members, part, depth - 1)
            flat += plain if isinstance(plain, list) and isinstance(part, dict) else [plain]
        return [part for part in flat if is_simple(part)] or value
    return value


def _of_object(members: tuple[str, ...], value: Mapping[str, object], depth: int) -> object:
    by_name = {plain_name(str(name)): name for name in reversed(tuple(value))}
    for member in members:
        if (name := by_name.get(plain_name(member))) is None:
            continue
        inner = _moment(value[name]) if name == "$date" else value[name]
        plain = _plain(members, inner, depth - 1)
        if plain not in (None, "", []) and is_simple(plain):
            return plain
    return value


def _moment(value: object) -> object:
    """Mongo's moment: a text, or thousandths of a second since 1970, which may be a text in an object."""
    if isinstance(value, dict):
        value = next(iter(value.values()), None)
        value = float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST_MOMENT:
        return datetime.fromtimestamp(value // 1000, UTC).isoformat()
    return value


def _captioned(value: object) -> object:
    """What says something of a picture: objects with a caption, not addresses or names of files."""
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if isinstance(part, dict)]
