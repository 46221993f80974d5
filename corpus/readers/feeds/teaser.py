"""Does a text break off, as an excerpt of an article does ("…", "[...]", "Xem tiếp »")?"""

import re

_BREAK = re.compile(r"\[?(?:…|\.\.\.|&hellip;)\]?|(?:xem|đọc) (?:tiếp|thêm)|read more", re.IGNORECASE)
_LONGEST_BREAK = len("[&hellip;]")
_BEHIND = re.compile(r"(?<![\s»>.…])[\s»>.…]*+\Z")


def breaks_off(text: str) -> bool:
    """Whether the text ends with a sign that there is more.

    >>> breaks_off("Nước còn lên […] »"), breaks_off("Nước còn lên..."), breaks_off("Nước đã rút.")
    (True, True, False)
    """
    return _break_of(text) < len(text)


def unbroken(text: str) -> str:
    """The text without the sign that there is more.

    >>> unbroken("Nước còn lên. Xem tiếp >>")
    'Nước còn lên. '
    """
    return text[: _break_of(text)]


def _break_of(text: str) -> int:
    """Where the sign begins; the end of the text where there is none.

    The characters that may follow the sign, among them full stops, are matched first, and once: matched
    behind each stop of a row of stops, they would take square time.
    """
    behind = _BEHIND.search(text)
    end = behind.start() if behind else len(text)
    for place in range(max(end - _LONGEST_BREAK, 0), len(text)):
        match = _BREAK.match(text, place)
        if match and match.end() >= end:
            return place
    return len(text)
