"""Which title has a text that has none? Its first words, in the square brackets of archivists' titles.

The brackets are the mark: they show on the page, in citations and in exports that nobody wrote this title.
"""

from collections.abc import Iterable

from corpus.cleaning.lines import comparison_key

LONGEST_HEADLINE = 250
"""Characters; a longer first line is a paragraph, and its text has no headline."""

_LONGEST = 70  # characters of first words
_BEFORE, _BEHIND = "[", "…]"


def supplied_title(lines: Iterable[str]) -> str:
    """The first words of the first line that is not blank; empty where there is none.

    >>> supplied_title(["", "Sáng nay, chợ phiên họp lại."])
    '[Sáng nay, chợ phiên họp lại…]'
    """
    first = next((key for line in lines if (key := comparison_key(line))), "")
    if len(first) > _LONGEST:
        first = first[: _LONGEST + 1].rpartition(" ")[0] or first[:_LONGEST]
    words = first.rstrip(" .,;:…!?-–—")
    return f"{_BEFORE}{words}{_BEHIND}" if words else ""


def is_supplied(title: str) -> bool:
    """Whether a title was supplied: its text had none.

    >>> is_supplied("[Sáng nay, chợ phiên họp lại…]"), is_supplied("[Ảnh] Chợ phiên họp lại")
    (True, False)
    """
    return title.startswith(_BEFORE) and title.endswith(_BEHIND)
