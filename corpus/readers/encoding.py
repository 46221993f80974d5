"""Are these bytes UTF-8?"""

import codecs

from corpus.context import Context
from corpus.errors import ImpossibleValueError, UserError
from corpus.message import say

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE, b"{\0", b"\0{", b"[\0", b"\0[")


def is_wide(first: bytes) -> bool:
    """Whether a text that begins so is UTF-16 or UTF-32."""
    return first.startswith(_WIDE)


def refuse_wide(first: bytes) -> None:
    """Says that a file is UTF-16 or UTF-32.

    Raises:
        ImpossibleValueError: "utf-16".
    """
    if is_wide(first):
        raise ImpossibleValueError(
            "utf-16",
            say(
                "the file is UTF-16 or UTF-32 (it begins with {first}); convert it: iconv -f UTF-16 -t UTF-8",
                first=first[:4].hex(" "),
            ),
        )


def text_of(raw: bytes, context: Context, offset: int = 0, *, whole: bool = True) -> str:
    """The text of bytes that stand at ``offset`` of their file; a mark at the file's start is dropped.

    They are UTF-8, or what the person said. Where they are not ``whole``, a character that is cut at their
    end is dropped too.

    Raises:
        ImpossibleValueError: "not-utf-8" or "wrong-encoding", with the offset of the first byte that is not.
    """
    if context.forced_encoding:
        return _forced(raw, context.forced_encoding, offset, whole)
    start = len(codecs.BOM_UTF8) if offset == 0 and raw.startswith(codecs.BOM_UTF8) else 0
    try:
        return codecs.utf_8_decode(raw[start:], "strict", whole)[0]
    except UnicodeDecodeError as error:
        bad = start + error.start
        raise ImpossibleValueError(
            "not-utf-8",
            say(
                "byte {offset} of the text ({value}) is not UTF-8; convert the file to UTF-8",
                offset=offset + bad,
                value=f"0x{raw[bad]:02x}",
            ),
        ) from error


def check_encoding(name: str) -> None:
    """Refuses the name of an encoding that is none.

    Raises:
        UserError: the name is unknown.
    """
    try:
        codecs.lookup(name or "utf-8")
    except LookupError as error:
        raise UserError(
            say("--encoding {name}: there is no such encoding; try utf-8, utf-16 or windows-1258", name=name)
        ) from error


def _forced(raw: bytes, name: str, offset: int, whole: bool) -> str:
    try:
        return codecs.getincrementaldecoder(name)().decode(raw, whole).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ImpossibleValueError(
            "wrong-encoding",
            say(
                "byte {offset} of the text ({value}) is not {name}; force another encoding, or none",
                offset=offset + error.start,
                value=f"0x{raw[error.start]:02x}",
                name=name,
            ),
        ) from error
