"""Do the texts of a record stand for another encoding's signs? They are judged together."""

from collections.abc import Iterator

from corpus.context import Context
from corpus.encodings.evidence import SAMPLE_CHARACTERS
from corpus.encodings.inner_text import detect_inner_encoding
from corpus.encodings.named import INNER_ENCODINGS, decode_inner, known_name

_DEEPEST = 20  # lists and objects in each other


def inner_encoding_of(value: object, context: Context) -> str:
    """What a decoded value's texts stand for ("utf-8/vni"); empty: for themselves."""
    if name := known_name(context.forced_encoding):
        return name if name in INNER_ENCODINGS else ""
    if context.encoding in INNER_ENCODINGS:
        return context.encoding
    return detect_inner_encoding("\n".join(_texts(value))[:SAMPLE_CHARACTERS])


def decode_inner_texts(value: object, name: str, depth: int = _DEEPEST) -> object:
    """The value with every text read so; addresses stay, and what lies deeper than a field's values can."""
    if isinstance(value, str):
        return decode_inner(value, name) if _is_text(value) else value
    if depth and isinstance(value, list | tuple):
        return [decode_inner_texts(part, name, depth - 1) for part in value]
    if depth and isinstance(value, dict):
        return {key: decode_inner_texts(part, name, depth - 1) for key, part in value.items()}
    return value


def _texts(value: object) -> Iterator[str]:
    """The texts in a value, but no addresses, ids or dates; however deep they lie."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if _is_text(part):
                yield part
        elif isinstance(part, dict):
            waiting += reversed(part.values())
        elif isinstance(part, list | tuple):
            waiting += reversed(part)


def _is_text(value: str) -> bool:
    return not value.isascii() or " " in value
