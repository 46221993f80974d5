"""Which newspaper signs the first words of a lede ("LCĐT - Sáng 13/9, …")?

In brackets at the head of a lede, before a dash, anything short signs, be it a newspaper or its column;
without a dash a name that is known, or is formed like one. Without brackets only a name that is known or is
formed like an online newspaper's, a domain, or an abbreviation that is no office or organisation: "WHO - Tổ
chức …" and "HLV - Người thầy …" open sentences too. Agencies set the place and the day beside their name.
"""

import re
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import comparison_key, nfc
from corpus.cleaning.word_list import word_list

LETTERS_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_DASH = r"[-–—]"
_SHORT_DAY = r"(?:[\s,;–-]*(?:ngày\s+)?[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}(?:\s*[/.-]\s*[0-9]{4})?)"
_CAPITALS = rf"[{LETTERS_UPPER}][^\s(),\[\]]*(?:\s[{LETTERS_UPPER}][^\s(),\[\]]*){{0,4}}"
_SENTENCE = rf"[{LETTERS_UPPER}0-9“\"'‘]"
_BRACKETED = re.compile(
    rf"\s*(?:(?P<place>{_CAPITALS}){_SHORT_DAY}?,?\s+)?[(\[]\s*(?:[Tt]heo\s+)?(?P<name>[^()\[\]]{{2,40}}?)"
    rf"{_SHORT_DAY}?\s*[)\]]\.?\s*(?P<dash>{_DASH}|:|)\s*"
)
_AGENCY_FIRST = re.compile(
    rf"\s*(?P<name>[^\s()]{{2,20}})\s+\((?P<place>{_CAPITALS}){_SHORT_DAY}?\)\s*{_DASH}\s*(?={_SENTENCE})"
)
# A name of one letter, or of none, takes white space before it so as to be two characters; three never help.
_INDENT = r"(?:\s*+|(?>\s*(?=\s\S))|(?>\s*(?=\s\s\S)))"
_BARE = re.compile(
    rf"{_INDENT}(?P<name>[^-–—()]{{2,30}}?)\.?\s*+(?P<dash>{_DASH})(?P<space>\s*+)(?={_SENTENCE})"
)
_ABBREVIATION = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-ZĐĂÂÊÔƠƯ&]{1,7}(?:\s?(?:Online|News))?")
_MAY_SIGN = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-ZĐĂÂÊÔƠƯ&]{2,5}")  # two letters are a place or a title as often
_ONLINE = re.compile(r"[A-ZĐĂÂÊÔƠƯ]{1,6}ĐT|.+\s?Online")
_PAPER = re.compile(r"(?:Báo|Tạp chí|Đài|Cổng|Thông tấn xã|Trang)\s.+")
_DAY_OPENS = re.compile(r"(?:Rạng sáng|Sáng|Trưa|Chiều|Tối|Đêm|Ngày|Hôm nay|Hôm qua|Mới đây)\b")
_WORD_OPENS = re.compile(
    rf"[“\"'‘]?[{LETTERS_UPPER}]?[^\W\d_{LETTERS_UPPER}]"
)  # a word, no second abbreviation
_DOMAIN = re.compile(r"[\w.-]+\.(?:vn|net|com|org|info|edu|gov)", re.IGNORECASE)
_CREDIT = re.compile(r"ảnh|hình|nguồn|video|clip|đồ họa|minh h[oọ]a|nhấn|cập nhật|trái|phải", re.IGNORECASE)
_MOST_WORDS = 4  # of a column's name; more is a sentence in brackets


@dataclass(frozen=True, slots=True)
class Dateline:
    """What signs a lede.

    Attributes:
        text: the dateline as printed, with its dash; empty where there is none.
        source: the newspaper's or agency's name in it; empty where it names a column ("(Đời sống) -").
        place: the place in it ("Hà Nội"); mostly empty.
        rest: the lede without it.
    """

    text: str
    source: str
    place: str
    rest: str

    def said_besides(self, *, own: bool) -> tuple[str, ...]:
        """The dateline as printed, where it says more than the source that the article has anyway.

        Args:
            own: whether the source that it names, if any, is the article's.
        """
        return (self.text,) if self.text and (self.place or not self.source or not own) else ()


@cache
def _names() -> frozenset[str]:
    return word_list("news_sources.txt")


@cache
def _no_names() -> frozenset[str]:
    return word_list("not_news_sources.txt")


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
    found = _bracketed(head) or _agency_first(head) or _bare(head)
    if not found or found.end() == len(head):
        return Dateline("", "", "", lede)
    end = _original_end(lede, found[0])
    groups = found.groupdict(default="")
    source = groups["name"].strip(" .,") if _signs(groups["name"]) else ""
    return Dateline(lede[:end].strip(), source, groups.get("place", "").strip(), lede[end:].lstrip())


def _bracketed(head: str) -> re.Match[str] | None:
    found = _BRACKETED.match(head)
    if not found:
        return None
    name, opens = found["name"], head[found.end() : found.end() + 2]
    known = _is_known(name) or bool(_DOMAIN.fullmatch(name))
    if found["place"]:
        return found if known and found["dash"] else None
    if found["dash"]:
        return found if _signs(name) or (_is_column(name) and _opens(opens)) else None
    formed = _MAY_SIGN.fullmatch(name) or _ONLINE.fullmatch(name)
    return found if known or (formed and _opens(opens)) else None


def _agency_first(head: str) -> re.Match[str] | None:
    """An agency before its place and day: "TTXVN (Hà Nội 27/5) - …"."""
    found = _AGENCY_FIRST.match(head)
    return found if found and _is_known(found["name"]) else None


def _bare(head: str) -> re.Match[str] | None:
    found = _BARE.match(head)
    if not found:
        return None
    name, at = found["name"], found.end()
    if not found["space"]:  # "TPO-Cuộc đua": where it may be one word, only a name that is known
        known = _MAY_SIGN.fullmatch(name) and (_is_known(name) or _ONLINE.fullmatch(name))
        return found if known and _WORD_OPENS.match(head, at) else None
    if _is_known(name) or _ONLINE.fullmatch(name) or _DOMAIN.fullmatch(name):
        return found
    if _ABBREVIATION.fullmatch(name) and _DAY_OPENS.match(head, at):
        return found
    may = _MAY_SIGN.fullmatch(name) and comparison_key(name).casefold() not in _no_names()
    return found if may and _WORD_OPENS.match(head, at) else None


def _signs(name: str) -> bool:
    """Whether it is a newspaper's name by itself, or is formed like one."""
    return _is_known(name) or any(
        form.fullmatch(name.replace(" ", "") if form is _ABBREVIATION else name)
        for form in (_ABBREVIATION, _ONLINE, _DOMAIN, _PAPER)
    )


def _is_column(name: str) -> bool:
    """Whether it may be a newspaper's column or a name that is not known; a picture's credit is none."""
    return len(name.split()) <= _MOST_WORDS and not _CREDIT.search(name) and not re.search("[0-9:;,]", name)


def _opens(text: str) -> bool:
    return bool(re.match(_SENTENCE, text)) and not text[0].isdigit()


def _is_known(name: str) -> bool:
    return comparison_key(name).casefold() in _names()


def _original_end(text: str, composed: str) -> int:
    """How many characters of ``text`` compose to ``composed``, which ends a run of marks."""
    end = len(composed)
    while len(nfc(text[:end])) < len(composed):
        end += 1
    return end
