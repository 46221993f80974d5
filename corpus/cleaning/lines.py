"""What is a line of a page, and when are two lines the same?"""

import re

from corpus.normal_form import normalised

WHITE_RUN = r"(?<!\s)\s++"
"""A run of white space, from its beginning alone: with no mark behind it, it is not tried from inside too."""

_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_LAST_SPACE = 0x3000
_BLANK = _INVISIBLE + "".join(mark for mark in map(chr, range(_LAST_SPACE + 1)) if mark.isspace())
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_WHITE = re.compile(r"\s+")


def lines(text: str) -> tuple[str, ...]:
    r"""The lines that hold something, in order, without the white space around them.

    >>> lines("Chợ nổi Cái Răng\r\n\r\n  Ghe thuyền tấp nập. ")
    ('Chợ nổi Cái Răng', 'Ghe thuyền tấp nập.')
    """
    return tuple(kept for line in _BREAK.split(text) if (kept := stripped(line)))


def stripped(line: str) -> str:
    """The line without white space and invisible characters at its two ends."""
    return line.strip(_BLANK)


def nfc(text: str) -> str:
    """The composed form, for comparing only: what is kept stays as it was printed."""
    return normalised("NFC", text)


def comparison_key(line: str) -> str:
    r"""A key: two lines that a reader cannot tell apart have the same one.

    >>> comparison_key("Quang cảnh\xa0 buổi họp.") == comparison_key("Quang cảnh buổi họp.")
    True
    """
    return _WHITE.sub(" ", _UNSEEN.sub("", nfc(line))).strip()
