"""How would an old program have written this text? The way back, for tests and measurements."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from corpus.encodings.tables import table

TONES = "\u0300\u0301\u0303\u0309\u0323"
OLD = ("tcvn3", "vni", "viscii", "vps", "viqr", "windows-1258")
_VOWELS = "".join(
    unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ("", *TONES)
)
_VIQR_SIGN = re.compile(rf"(?<=[{_VOWELS}])(?=['`?~.^(+])|(?<=[dD])(?=[dDđĐ])")


def written(text: str, name: str) -> bytes:
    r"""The text's bytes in an old encoding; what it cannot say is a question mark.

    >>> written("Lịch sử", "tcvn3"), written("Đà Lạt.", "viqr")
    (b'L\xdech s\xf6', b'DDa` La.t.')
    """
    text = unicodedata.normalize("NFC", text)
    if name == "windows-1258":
        return "".join(map(_tone_behind, text)).encode("cp1258", "replace")
    if name == "viqr":
        sayable = "".join(sign if sign.isascii() or ord(sign) in _signs(name) else "?" for sign in text)
        return _VIQR_SIGN.sub(r"\\", sayable).translate(_signs(name)).encode("ascii")
    return b"".join(map(_byte(name), text))


def expected(text: str, name: str) -> str:
    """What is left of a text that ``written`` wrote: the losses that each encoding has."""
    text = unicodedata.normalize("NFC", text)
    return text.translate(_small_capitals()) if name == "tcvn3" else text


@cache
def can_say(letter: str, name: str) -> bool:
    """Whether the encoding has a sign for the character."""
    return letter == "?" or written(letter, name) != b"?"


def _byte(name: str) -> Callable[[str], bytes]:
    signs = _signs(name)

    def one(letter: str) -> bytes:
        if letter.isascii():
            return letter.encode()
        if ord(letter) in signs:
            return signs[ord(letter)].encode("latin-1")
        byte = letter.encode("cp1252", "replace") if name in {"tcvn3", "vni"} else b"?"
        return b"?" if byte.decode("latin-1") in table(name).letters else byte

    return one


@cache
def _signs(name: str) -> dict[int, str]:
    """Each letter's sign; of two signs for a letter the first in the table."""
    signs: dict[int, str] = {}
    for sign, letter in table(name).letters.items():
        signs.setdefault(ord(letter), sign)
    if name == "tcvn3":
        signs |= {code: signs[ord(small)] for code, small in _small_capitals().items() if ord(small) in signs}
    return signs


@cache
def _small_capitals() -> dict[int, str]:
    """The capitals with a tone, which the ABC fonts draw by their small letters."""
    small = {letter.lower() for letter in table("tcvn3").letters.values() if _tone_of(letter)}
    return {ord(letter.upper()): letter for letter in small if len(letter) == 1}


def _tone_of(letter: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", letter) if sign in TONES)


def _tone_behind(letter: str) -> str:
    """A letter as windows-1258 has it: with its hat, its tone behind it."""
    apart = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    return bare + _tone_of(letter)
