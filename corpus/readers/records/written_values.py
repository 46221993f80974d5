"""Which list or object does a text write out ("['lũ', 'mưa']", '{"name": "Thu Hà"}')? Tables have no others.

Python, NumPy, JSON and PostgreSQL write them each in its own way into a cell. A text that is none of these
stays as it is, and so do titles, ids and addresses.
"""

import ast
import re

from corpus.errors import ImpossibleValueError
from corpus.readers.records.json_values import decode_json

_AS_THEY_ARE = frozenset({"id", "title", "url"})
_NAMES = frozenset({"authors", "tags"})
_NUMBERS = "caption_places"
_LONGEST_OBJECT = 100_000  # characters that Python's own reader is asked about
_STRING = r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
_OTHER = r"(?:none|null|nan|true|false|\.\.\.|-?[0-9]{1,9}(?:\.[0-9]{1,9})?)"
_MEMBER = re.compile(  # of a list that is whole; one that is not closed reaches to the end
    rf"""(?P<string>'(?:[^'\\]|\\.)*+'?|"(?:[^"\\]|\\.)*+"?)|(?P<other>{_OTHER})""", re.DOTALL | re.IGNORECASE
)
_LIST = re.compile(
    rf"[\[({{]\s*+(?:(?:{_STRING}|{_OTHER})(?:\s*+,\s*+|\s++|(?=[\])}}])))*+[\])}}]",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(r"\[[^\[\]{}]*+\]|\{[^\[\]{}:]*+\}")
_BARE_MEMBER = re.compile(rf"\s*+(?:(?P<string>{_STRING})\s*+|(?P<bare>[^,;|]*+))(?:[,;|]|$)")
_ENDS = {"[": "]", "{": "}", "(": ")"}


def written_value(ours: str, text: str) -> object:
    r"""The list or the object that a text writes out; the text itself where it is plain.

    >>> written_value("tags", "['lũ', 'mưa']"), written_value("tags", "{lũ,\"mưa lớn\"}")
    (['lũ', 'mưa'], ['lũ', 'mưa lớn'])
    >>> written_value("source", "{'id': None, 'name': 'Báo Thử'}")
    {'id': None, 'name': 'Báo Thử'}
    >>> written_value("lede", "[Video] Chợ mở lại"), written_value("paragraphs", "[1, 2]")
    ('[Video] Chợ mở lại', '[1, 2]')
    """
    plain = text.strip()
    if ours in _AS_THEY_ARE or _ENDS.get(plain[:1], " ") != plain[-1:]:
        return text
    if plain[0] == "[" or ours in _NAMES:
        if _LIST.fullmatch(plain):
            return _members(ours, plain) or ([] if ours in _NAMES or plain == "[]" else text)
        if ours in _NAMES and _BARE.fullmatch(plain):
            return _bare_members(plain)
    return text if plain[0] == "(" else _object(plain) or text


def unwrapped(value: object) -> object:
    """The text without the CDATA section that is around the whole of it, also in a list.

    >>> unwrapped("<![CDATA[Chợ]]>"), unwrapped(["<![CDATA[a]]]]><![CDATA[>b]]>"])
    ('Chợ', ['a]]>b'])
    """
    if isinstance(value, list):
        return [unwrapped(part) if isinstance(part, str) else part for part in value]
    if not isinstance(value, str) or "<![CDATA[" not in value:
        return value
    plain = value.strip()
    if not plain.startswith("<![CDATA[") or not plain.endswith("]]>"):
        return value
    sections = plain[len("<![CDATA[") : -len("]]>")].split("]]><![CDATA[")
    return value if any("]]>" in section for section in sections) else "".join(sections).strip()


def _members(ours: str, plain: str) -> list[object]:
    """The strings of a list, or its numbers where numbers are meant."""
    found = _MEMBER.finditer(plain)
    if ours == _NUMBERS:
        return [match["string"][1:-1] if match["string"] else match["other"] for match in found]
    return [_unquoted(match["string"]) for match in found if match["string"]]


def _bare_members(plain: str) -> list[object]:
    """The members of a list without quotation marks, as PostgreSQL and YAML write it."""
    members: list[object] = []
    for match in _BARE_MEMBER.finditer(plain[1:-1]):
        name = _unquoted(match["string"]) if match["string"] else match["bare"].strip()
        if name and name.casefold() not in {"null", "none"}:
            members.append(name)
    return members


def _unquoted(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    try:
        return str(ast.literal_eval(literal))
    except (ValueError, SyntaxError):
        return literal[1:-1]


def _object(plain: str) -> object:
    """The object, or the list of objects; None where the text is none."""
    if not re.match(r"\[?\s*+\{\s*+[\"'}]", plain):
        return None
    try:
        value, end = decode_json(plain)
    except ImpossibleValueError:
        return _python_object(plain) if len(plain) <= _LONGEST_OBJECT else None
    return value if end == len(plain) else None


def _python_object(plain: str) -> object:
    try:
        value: object = ast.literal_eval(plain)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return _with_text_names(value)


def _with_text_names(value: object) -> object:
    """The value as JSON would give it: tuples as lists, names of members as texts."""
    if isinstance(value, dict):
        return {str(name): _with_text_names(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text_names(member) for member in value]
    return value if isinstance(value, str | int | float | None) else str(value)
