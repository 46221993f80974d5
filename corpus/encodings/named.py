"""Which encodings are known, how is each decoded, and what can it not express?"""

import codecs
from functools import cache

import ftfy

from corpus.encodings.mixed import is_mixed, read_mixed
from corpus.encodings.tables import byte_characters, table
from corpus.message import say
from corpus.normal_form import normalised

BY_TABLE = ("tcvn3", "vni", "viscii", "vps")
AS_LATIN = ("utf-8/tcvn3", "utf-8/vni", "utf-8/viscii", "utf-8/vps", "utf-8/windows-1258")
INNER_ENCODINGS = (*AS_LATIN, "utf-8/windows-1252", "viqr")
_PYTHON = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "windows-1258",
    "windows-1252",
    "iso-8859-1",
)
NAMES = (*_PYTHON, *BY_TABLE, *INNER_ENCODINGS)

_ALIASES = {
    "abc": "tcvn3",
    "tcvn": "tcvn3",
    "tcvn-3": "tcvn3",
    "tcvn5712": "tcvn3",
    "tcvn5712-1": "tcvn3",
    "tcvn-5712": "tcvn3",
    "x-viet-tcvn5712": "tcvn3",
    "vni-windows": "vni",
    "x-viet-vni": "vni",
    "x-viet-vps": "vps",
    "cp1258": "windows-1258",
    "cp1252": "windows-1252",
    "latin-1": "iso-8859-1",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "csviscii": "viscii",
}
_LOSSES = {
    "tcvn3": say("capitals of letters with a tone, which the font made"),
    "vps": say("capitals of letters with a tone, where the program wrote them small"),
    "viqr": say("signs of punctuation right behind a vowel, where no backslash stood before them"),
    "utf-8/windows-1252": say("letters of which the wrong reading dropped a byte"),
}


def known_name(name: str) -> str:
    """Our name of an encoding, or Python's name of one that Python decodes; empty where it is unknown.

    >>> known_name("TCVN_3"), known_name("CP1258"), known_name("koi8-r"), known_name("x")
    ('tcvn3', 'windows-1258', 'koi8-r', '')
    """
    plain = name.strip().lower().replace("_", "-")
    plain = _ALIASES.get(plain, plain)
    if plain in NAMES:
        return plain
    try:
        found = codecs.lookup(plain)
    except (LookupError, ValueError):
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def loss_of(name: str) -> str:
    """What texts in this encoding cannot express; empty where nothing is lost."""
    found = _LOSSES.get(name) or _LOSSES.get(name.removeprefix("utf-8/"))
    return str(found) if found else ""


def bytes_encoding(name: str) -> str:
    """The encoding of the bytes: the outer one of an inner encoding."""
    return "utf-8" if name in INNER_ENCODINGS else name


def read_bytes(raw: bytes, name: str, *, complete: bool = True) -> str:
    """Decodes bytes of a known encoding; combining tone marks are composed with their letters.

    Raises:
        UnicodeDecodeError: the bytes are not in it.
    """
    name = bytes_encoding(name)
    if name in BY_TABLE:
        text = (
            raw.decode("latin-1").translate(dict(enumerate(byte_characters(name)))) if name != "vni" else ""
        )
        return normalised("NFC", text or _vni(raw.decode("latin-1")))
    text = codecs.getincrementaldecoder(name)().decode(raw, complete).removeprefix("\ufeff")
    return normalised("NFC", text) if name == "windows-1258" else text


def decode_inner(text: str, name: str) -> str:
    """Decodes a text of an inner encoding; a text of another encoding is returned as it is."""
    match name:
        case "utf-8/tcvn3" | "utf-8/viscii" | "utf-8/vps" | "utf-8/windows-1258":
            return normalised("NFC", _as_latin(text).translate(_letters(name.removeprefix("utf-8/"))))
        case "utf-8/vni":
            return _vni(_as_latin(text))
        case "utf-8/windows-1252":
            return read_mixed(text) if is_mixed(text) and not _is_bytes(text) else ftfy.fix_encoding(text)
        case "viqr":
            return _viqr(text)
        case _:
            return text


@cache
def _letters(name: str) -> dict[int, str]:
    """The character of each byte of an encoding, by byte."""
    if name in BY_TABLE:
        return dict(enumerate(byte_characters(name)))
    return {byte: bytes([byte]).decode(name, "ignore") or chr(byte) for byte in range(256)}


def _is_bytes(text: str) -> bool:
    """Whether every character may have been a byte, so that ftfy can decode the whole text."""
    return all(ord(mark) <= _LAST_BYTE for mark in _as_latin(text))


def _vni(latin: str) -> str:
    return table("vni").read(latin).translate(_C1)


def _viqr(text: str) -> str:
    """Decodes VIQR; a backslash before a sign is dropped, and the sign stays itself."""
    parts = text.split("\\")
    return table("viqr").read(parts[0]) + "".join(map(_behind_backslash, parts[1:]))


def _behind_backslash(part: str) -> str:
    if part[:1] in _SIGNS:
        return part[:1] + table("viqr").read(part[1:])
    return "\\" + table("viqr").read(part)


_SIGNS = frozenset("'`?~.^(+dD")
_LAST_BYTE = 0xFF
_C1 = {
    byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)
}  # quotes and dashes of Windows
_TO_LATIN = {ord(sign): chr(byte) for byte, sign in _C1.items()}


def _as_latin(text: str) -> str:
    """The text with Windows' quotes and dashes as the bytes that they were read from."""
    return text.translate(_TO_LATIN)
