"""Which paper has the page, and with which datelines does it sign ("(Tin Miền Núi) - ", "VSO - ")?"""

import re
from collections.abc import Iterable

from corpus.cleaning.datelines import Dateline, split_dateline
from corpus.cleaning.lines import WHITE_RUN, nfc
from corpus.publishers import newspaper
from corpus.readers.html.metadata import Metadata

_GENERIC = {"báo", "điện", "tử", "tạp", "chí", "online", "trang", "tin", "cổng", "thông", "đài", "nhật"}
_PAPER = re.compile(
    r"(?:báo|tạp chí|đài|tuần báo|nhật báo|thời báo|cổng thông tin|trang tin)\s\S", re.IGNORECASE
)
_BETWEEN = re.compile(rf"{WHITE_RUN}(?:[|–—-]++\s+|(?:\||::)\s*)|(?:\||::)\s*")
_SIGN = re.compile(r"\s*(?:\(([^()]{2,40})\)|([^\s()–—-][^()–—-]{0,28}?))\s*[-–—:]+\s*(?=\S)")
_ENDINGS = ("", "O", "ĐT", " Online", "ONLINE")
_LONGEST = 60


def paper_names(head: Metadata) -> tuple[str, ...]:
    """The paper's names, the one that archives use first; empty where the page does not say it."""
    known = newspaper(head.url)
    parts = _BETWEEN.split(head.page_title)
    in_title = [part for part in reversed(parts) if _PAPER.match(part) and len(part) <= _LONGEST]
    return tuple(dict.fromkeys(name for name in (known, *head.sites, *in_title) if name))


def own_dateline(lede: str, names: tuple[str, ...]) -> Dateline:
    """The dateline of a lede: one of any paper, or this paper's own name or initials.

    >>> own_dateline("VSO - Nước lên.", ("Báo Vàm Sông",)).rest
    'Nước lên.'
    >>> own_dateline("Bà Pằng - người bán vải - kể.", ("Báo Vàm Sông",)).rest
    'Bà Pằng - người bán vải - kể.'
    """
    common = split_dateline(lede)
    match = _SIGN.match(lede[:80])
    if common.text or not match or not is_own(match[1] or match[2], names):
        return common
    return Dateline(match[0].strip(), (match[1] or match[2]).strip(), "", lede[match.end() :])


def is_own(sign: str, names: Iterable[str]) -> bool:
    """Whether a dateline's name is the paper's name, or its initials.

    >>> is_own("VSO", ["Báo Vàm Sông"]), is_own("TTXVN", ["Báo Vàm Sông"])
    (True, False)
    """
    text = nfc(sign).strip()
    for name in map(nfc, names):
        words = name.split()
        own = [word for word in words if word.casefold() not in _GENERIC]
        for some in (words, own):
            initials = "".join(word[0] for word in some).upper()
            if len(initials) > 1 and text.upper() in {(initials + ending).upper() for ending in _ENDINGS}:
                return True
        if text.casefold() in {name.casefold(), " ".join(own).casefold()}:
            return True
    return False
