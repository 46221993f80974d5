"""How do a file's bytes become text? As UTF-8, as found by :mod:`corpus.encodings`, or as the person said."""

import codecs
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from corpus.context import Context
from corpus.encodings import NAMES, Decoded, UnreadableError, decode, decode_bytes, known_name
from corpus.encodings.named import bytes_encoding, loss_of, read_bytes
from corpus.encodings.wide import marked_wide, unmarked_wide
from corpus.errors import ImpossibleValueError, UserError
from corpus.message import say

_WIDE = ("utf-16", "utf-32")


def wide_name(first: bytes) -> str:
    """UTF-16 or UTF-32, where a text that begins so is one; else empty."""
    return marked_wide(first) or unmarked_wide(first)


def as_utf_8(first: bytes) -> bytes:
    """The first bytes of a file as UTF-8 where they are UTF-16 or UTF-32, without a mark."""
    name = wide_name(first)
    if not name:
        return first.removeprefix(codecs.BOM_UTF8)
    return codecs.getincrementaldecoder(name)("replace").decode(first).removeprefix("\ufeff").encode()


def with_encoding_of_head(head: bytes, context: Context) -> Context:
    """The context of a file of many records, whose encoding its first bytes tell; UTF-8 where none does."""
    try:
        found = decode_bytes(
            head, declared=context.declared_encoding, forced=context.forced_encoding, complete=False
        )
    except UnreadableError:
        return context  # each record says what is wrong with it
    return with_encoding(context, found)


def with_encoding_of_text(raw: bytes, context: Context) -> Context:
    """The context of a file that is one text; as it is where the bytes are none, which is refused later."""
    with suppress(ImpossibleValueError):
        return with_encoding(context, read_text(raw, context))
    return context


def with_encoding(context: Context, found: Decoded) -> Context:
    """The context with what is not plain UTF-8 about a text."""
    if found.encoding == "utf-8" and not context.forced_encoding:
        return context
    return replace(context, encoding=found.encoding, encoding_found=_how(found), lost=found.lost)


def with_inner_encoding(context: Context, name: str) -> Context:
    """The context of a text whose letters stood for others."""
    found = "forced" if context.forced_encoding else "detected"
    return replace(context, encoding=name, encoding_found=found, lost=loss_of(name))


def utf_8_pieces(pieces: Iterable[bytes], context: Context) -> Iterator[bytes]:
    """The bytes of a file of lines; those of UTF-16 and UTF-32 as UTF-8, so that lines end where they end."""
    name = context.encoding
    if not name.startswith(_WIDE):
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(name)("surrogatepass")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "surrogatepass")


def text_of(raw: bytes, context: Context, offset: int = 0, *, complete: bool = True) -> str:
    """The text of a record's bytes that stand at ``offset`` of their file; a mark at its start is dropped.

    They are in the encoding that the file is settled on, UTF-8 else. Where they are not ``complete``, a
    character that is cut at their end is dropped too.

    Raises:
        ImpossibleValueError: "not-utf-8" or "wrong-encoding", with the offset of the first byte that is not.
    """
    name = context.encoding or known_name(context.forced_encoding) or "utf-8"
    if name.startswith(_WIDE):
        name = "utf-8"
    try:
        text = read_bytes(raw, name, complete=complete)
    except UnicodeDecodeError as error:
        raise _unreadable(raw, UnreadableError(bytes_encoding(name), error.start), offset) from error
    return "\ufeff" + text if offset and raw.startswith(codecs.BOM_UTF8) and name == "utf-8" else text


def read_text(raw: bytes, context: Context, *, complete: bool = True, inner: bool = True) -> Decoded:
    """A whole file's text; its characters are not decoded again where ``inner`` is false.

    Raises:
        ImpossibleValueError: "not-utf-8" or "wrong-encoding".
    """
    read = decode if inner else decode_bytes
    try:
        return read(
            raw,
            declared=context.declared_encoding,
            forced=context.forced_encoding or context.encoding,
            complete=complete,
        )
    except UnreadableError as error:
        raise _unreadable(raw, error, 0) from error


def check_encoding(name: str) -> None:
    """Refuses the name of an encoding that is none.

    Raises:
        UserError: the name is unknown.
    """
    if name and not known_name(name):
        raise UserError(
            say(
                "--encoding {name}: there is no such encoding; there are {names}",
                name=name,
                names=", ".join(NAMES),
            )
        )


def _how(found: Decoded) -> str:
    return found.found if found.confident else f"{found.found}, not sure"


def _unreadable(raw: bytes, error: UnreadableError, offset: int) -> ImpossibleValueError:
    value = f"0x{raw[error.offset]:02x}" if error.offset < len(raw) else ""
    if error.name == "utf-8":
        message = say(
            "byte {offset} of the text ({value}) is not UTF-8, and no old encoding explains the text; mend"
            " the file, or say how it is written: --encoding NAME",
            offset=offset + error.offset,
            value=value,
        )
        return ImpossibleValueError("not-utf-8", message)
    message = say(
        "byte {offset} of the text ({value}) is not {name}; force another encoding, or none",
        offset=offset + error.offset,
        value=value,
        name=error.name,
    )
    return ImpossibleValueError("wrong-encoding", message)
