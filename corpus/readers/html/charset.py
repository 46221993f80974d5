"""In which encoding is a page? Detection comes before the page's declaration.

The declaration is often wrong: a server's default, or a template from another site. Bytes that are valid
UTF-8 throughout are UTF-8, since hardly any other Vietnamese text is valid by chance.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from corpus.encodings import UnreadableError, decode_bytes
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.normal_form import normalised

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*(?:[\"']\s*)?([\w.:-]+)", re.IGNORECASE
)
_HEAD_BYTES = 4096
_WIDE_LOOK = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e]\x00){8}")
_DAMAGED_SHARE = 0.01  # of the characters beyond ASCII; a page with more errors is in another encoding
# What browsers decode under these names (WHATWG Encoding), which is what such Vietnamese pages are in.
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def page_text(raw: bytes, declared: str = "", forced: str = "") -> str:
    """The page's text; ``declared`` is the charset of its HTTP header, ``forced`` that of ``--encoding``.

    Raises:
        ImpossibleValueError: "not-text": the bytes are in no known encoding.
    """
    if forced:
        return _forced(raw, forced)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    if _WIDE_LOOK.search(raw[:256]):
        return raw.decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf_8(raw, declared)


def _forced(raw: bytes, name: str) -> str:
    try:
        return normalised("NFC", decode_bytes(raw, forced=name).text)
    except UnreadableError as error:
        raise _no_encoding() from error


def _not_utf_8(raw: bytes, declared: str) -> str:
    damaged = raw.decode("utf-8", "replace")
    if damaged.count("\ufffd") <= _DAMAGED_SHARE * sum(1 for mark in damaged if mark > "\x7f") + 1:
        return damaged  # a page cut off within a character, or with one damaged byte
    declarations = tuple(_declared(raw, declared))
    with suppress(UnreadableError):  # TCVN3, VNI and the like, which servers declare as something else
        return normalised("NFC", decode_bytes(raw, declared=declarations[0] if declarations else "").text)
    for name in (*declarations, "cp1258"):
        try:
            return normalised("NFC", raw.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    raise _no_encoding()


def _no_encoding() -> ImpossibleValueError:
    return ImpossibleValueError(
        "not-text",
        say("the page's bytes are in no encoding that is known here; save it as UTF-8 and import it again"),
    )


def _declared(raw: bytes, declared: str) -> Iterator[str]:
    """The encodings that the header and the page declare, in this order, without UTF-8."""
    match = _META.search(raw[:_HEAD_BYTES])
    for name in (declared, match[1].decode("ascii", "replace") if match else ""):
        plain = name.strip().lower().replace("_", "-")
        if plain and not plain.startswith("utf"):
            yield _READ_AS.get(plain, plain)
