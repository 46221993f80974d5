"""Which newspaper signs the first words of a lede ("LCĐT - Sáng 13/9, …")?

In brackets any abbreviation signs; without brackets only a name that is known or is formed like
an online newspaper's, or an abbreviation before a time of day ("TMN - Sáng 20/10"), because "WHO -
tổ chức …" and "HLV - …" open sentences too.
"""

import re
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import nfc, sameness
from corpus.cleaning.word_list import word_list

LETTERS_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_PLACE = rf"(?P<place>[{LETTERS_UPPER}][^\s()]*(?:\s[{LETTERS_UPPER}][^\s()]*){{0,4}}\s+)?"
_BRACKETED = re.compile(rf"\s*{_PLACE}[(\[]\s*(?P<name>[^()\[\]]{{2,40}}?)\s*[)\]]\s*(?P<dash>[-–—:]?)\s*")
_BARE = re.compile(rf"\s*(?P<name>[^-–—()]{{2,30}}?)\s*[-–—]\s+(?=[{LETTERS_UPPER}0-9“\"'‘])")
_ABBREVIATION = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-ZĐĂÂÊÔƠƯ&]{1,7}(?:\s?(?:Online|News))?")
_ONLINE = re.compile(r"[A-ZĐĂÂÊÔƠƯ]{1,6}ĐT|.+\s?Online")
_DAY_OPENS = re.compile(r"(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Đêm|Ngày|Hôm nay|Hôm qua|Mới đây)\b")
_DOMAIN = re.compile(r"[\w.-]+\.(?:vn|net|com)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What signs a lede.

    Attributes:
        text: the dateline as printed, with its dash; empty where there is none.
        source: the newspaper's or agency's name in it.
        place: the place in it ("Hà Nội"); mostly empty.
        rest: the lede without it.
    """

    text: str
    source: str
    place: str
    rest: str


@cache
def _names() -> frozenset[str]:
    return word_list("news_sources.txt")


def split_dateline(lede: str) -> Dateline:
    """The dateline of a lede and the rest, in the original characters.

    >>> split_dateline("(PLO)- Chiều 5/3, cầu thông xe.")
    Dateline(text='(PLO)-', source='PLO', place='', rest='Chiều 5/3, cầu thông xe.')
    >>> split_dateline("Hà Nội (TTXVN) - Trời rét.").place
    'Hà Nội'
    >>> split_dateline("HLV - người thầy của đội - đã từ chức.").text
    ''
    """
    head = nfc(lede[:400])  # a dateline is short, and so is what must be composed to see it
    found = _bracketed(head) or _bare(head)
    if not found or found.end() == len(head):
        return Dateline("", "", "", lede)
    end = _original_end(lede, found[0])
    groups = found.groupdict(default="")
    return Dateline(lede[:end].strip(), groups["name"], groups.get("place", "").strip(), lede[end:].lstrip())


def _bracketed(head: str) -> re.Match[str] | None:
    found = _BRACKETED.match(head)
    if not found:
        return None
    known = _is_known(found["name"]) or bool(_DOMAIN.fullmatch(found["name"]))
    signs = known or bool(_ABBREVIATION.fullmatch(found["name"]) or _ONLINE.fullmatch(found["name"]))
    needs_dash = not known or found["place"]
    return found if signs and (found["dash"] or not needs_dash) else None


def _bare(head: str) -> re.Match[str] | None:
    found = _BARE.match(head)
    if not found:
        return None
    dated = _ABBREVIATION.fullmatch(found["name"]) and _DAY_OPENS.match(head, found.end())
    return found if dated or _is_known(found["name"]) or _ONLINE.fullmatch(found["name"]) else None


def _is_known(name: str) -> bool:
    return sameness(name).casefold() in _names()


def _original_end(text: str, composed: str) -> int:
    """How many characters of ``text`` compose to ``composed``, which ends a run of marks."""
    end = len(composed)
    while len(nfc(text[:end])) < len(composed):
        end += 1
    return end
