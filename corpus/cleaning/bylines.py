"""Who signs an article, by the line below its text ("Bài, ảnh: Thu Hà", "Hà Thu (tổng hợp)")?"""

import re

from corpus.cleaning.datelines import LETTERS_UPPER
from corpus.cleaning.lines import WHITE_RUN, comparison_key, nfc, stripped

_LONGEST = 60
_NAME = rf"[{LETTERS_UPPER}][^\s\d.,:;!?()/]*(?:\s[{LETTERS_UPPER}][^\s\d.,:;!?()/]*){{0,4}}"
_INITIALS = rf"[{LETTERS_UPPER}](?:\.\s?[{LETTERS_UPPER}]{{1,2}})+\.?"
_ONE = rf"(?:{_NAME}|{_INITIALS})"
_LABEL = (
    r"(?:(?:tin|bài|ảnh|tác giả|thực hiện|bút danh|phóng viên|pv|nhóm phóng viên|người viết)"
    r"(?:(?:\s*(?:,|và|-|–|/|&)\s*|\s+)(?:tin|bài|ảnh|clip|video))*\s*:\s*)"
)
_TAIL = r"(?:\s*\((?:[^()]{2,40})\))?"
_SIGNED = re.compile(rf"(?P<label>{_LABEL})?(?P<names>{_ONE}(?:\s*(?:-|–|,|và|/|&)\s*{_ONE})*){_TAIL}\.?")
_LABELLED = re.compile(_LABEL, re.IGNORECASE)
_BY = re.compile(r"^(?:đăng\s+bởi|bởi|by|theo)\s*:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(rf"{WHITE_RUN}(?:(?:-|–|và|/|&)\s+|[,/]\s*)|[,/]\s*|(?<=\S)[–](?=\S)")
_CREDITED = re.compile(r"(?:\(?(?:theo|nguồn|lược dịch|dịch từ)\b(?:\s*:)?\s*).{2,50}", re.IGNORECASE)


def signers(line: str) -> tuple[str, ...]:
    """The names that a line of its own signs with; empty where the line may be text.

    >>> signers("Bài, ảnh: Thu Hà"), signers("NHẬT XUÂN - NGHI VŨ"), signers("Hà Thu (tổng hợp)")
    (('Thu Hà',), ('NHẬT XUÂN', 'NGHI VŨ'), ('Hà Thu',))
    >>> signers("Nước rút."), signers("Chiều nay mưa to")
    ((), ())
    """
    text = stripped(nfc(line))
    if len(text) > _LONGEST:
        return ()
    label = _LABELLED.match(text)
    found = _SIGNED.fullmatch(text[label.end() :] if label else text)
    if not found or (not label and (text.endswith(".") or " " not in found["names"].strip())):
        return ()
    return tuple(name for part in _BETWEEN.split(found["names"]) if (name := part.strip()))


def byline_names(line: str) -> tuple[str, ...]:
    """The names in a line that is marked as the author's, whatever they look like.

    >>> byline_names("bởi Ngọc Diệp"), byline_names("Thu Hà - Minh Đức")
    (('Ngọc Diệp',), ('Thu Hà', 'Minh Đức'))
    """
    text = _BY.sub("", stripped(nfc(line)))
    text = text[label.end() :] if (label := _LABELLED.match(text)) else text
    return tuple(name for part in _BETWEEN.split(text) if (name := part.strip(" .:()")))


def is_credit_line(line: str) -> bool:
    """Whether the line names whom the article was taken from.

    >>> is_credit_line("Theo TTXVN"), is_credit_line("(Nguồn: Reuters)"), is_credit_line("Theo ông, đủ.")
    (True, True, False)
    """
    text = comparison_key(line)
    return len(text) <= _LONGEST and bool(_CREDITED.fullmatch(text)) and not text.endswith((".", "?", "!"))
