"""Do the texts of a record stand for another encoding's signs? They are judged together."""

from collections.abc import Iterator

from corpus.context import Context
from corpus.encodings.evidence import SAMPLE_CHARACTERS
from corpus.encodings.named import WITHIN, known_name, read_within
from corpus.encodings.within import meant_within


def meant_of(value: object, context: Context) -> str:
    """What a decoded value's texts stand for ("utf-8/vni"); empty: for themselves."""
    if name := known_name(context.forced_encoding):
        return name if name in WITHIN else ""
    if context.encoding in WITHIN:
        return context.encoding
    if not isinstance(value, dict):  # no record, however deep
        return ""
    return meant_within("\n".join(_texts(value))[:SAMPLE_CHARACTERS])


def as_meant(value: object, name: str) -> object:
    """The value with every text read so; addresses stay."""
    if isinstance(value, str):
        return read_within(value, name) if _is_text(value) else value
    if isinstance(value, list | tuple):
        return [as_meant(part, name) for part in value]
    if isinstance(value, dict):
        return {key: as_meant(part, name) for key, part in value.items()}
    return value


def _texts(value: object) -> Iterator[str]:
    """The texts in a value, but no addresses, ids or dates."""
    if isinstance(value, str):
        if _is_text(value):
            yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)


def _is_text(value: str) -> bool:
    return not value.isascii() or " " in value
