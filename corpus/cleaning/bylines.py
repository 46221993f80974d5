"""Who are the authors that a line below an article's text names ("Bài, ảnh: Thu Hà", "Hà Thu (tổng hợp)")?"""

import re

from corpus.cleaning.datelines import LETTERS_UPPER
from corpus.cleaning.lines import WHITE_RUN, comparison_key, nfc, stripped
from corpus.cleaning.word_list import word_list

_LONGEST = 60
_SHORTEST = 2  # letters of a name that may be a person's initials
_KIND_OF_PAPER = re.compile(r"(?:báo|tạp chí|đài|hãng tin|hãng thông tấn|thông tấn xã|trang)\s(?=\S)")
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
_BY = re.compile(r"^(?:đăng\s+bởi|bởi|by|theo|nguồn)\s*(?::\s*|\s)", re.IGNORECASE)
_KIND_OF_NO_PERSON = re.compile(
    r"(?:báo|tạp chí|hãng tin|hãng thông tấn|thông tấn xã|đài (?:phát thanh|truyền hình|tiếng nói)"
    r"|ban biên tập|t(?:òa|oà) soạn|cổng thông tin)\s"
)
_HOST = re.compile(r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org|info)(?:/\S*)?")
_BETWEEN = re.compile(rf"{WHITE_RUN}(?:(?:-|–|và|/|&)\s+|[,/]\s*)|[,/]\s*|(?<=\S)[–](?=\S)")
_CREDITED = re.compile(r"(?:\(?(?:theo|nguồn|lược dịch|dịch từ)\b(?:\s*:)?\s*).{2,50}", re.IGNORECASE)


def signers(line: str) -> tuple[str, ...]:
    """The names in a line that is a signature; empty where the line may be text.

    >>> signers("Bài, ảnh: Thu Hà"), signers("NHẬT XUÂN - NGHI VŨ"), signers("Hà Thu (tổng hợp)")
    (('Thu Hà',), ('NHẬT XUÂN', 'NGHI VŨ'), ('Hà Thu',))
    >>> signers("Nước rút."), signers("Chiều nay mưa to")
    ((), ())
    """
    text = stripped(nfc(line))
    if len(text) > _LONGEST:
        return ()
    label = _LABELLED.match(text)
    match = _SIGNED.fullmatch(text[label.end() :] if label else text)
    if not match or (not label and (text.endswith(".") or " " not in match["names"].strip())):
        return ()
    return tuple(name for part in _BETWEEN.split(match["names"]) if (name := part.strip()))


def byline_names(line: str) -> tuple[str, ...]:
    """The names in a line that the page marks as the author's, whatever their form.

    >>> byline_names("bởi Ngọc Diệp"), byline_names("Thu Hà - Minh Đức")
    (('Ngọc Diệp',), ('Thu Hà', 'Minh Đức'))
    >>> byline_names("Theo TTXVN"), byline_names("Thu Hà (theo Báo Bến)"), byline_names("Hà Thu/Vietnam+")
    ((), ('Thu Hà',), ('Hà Thu',))
    """
    text = _BY.sub("", stripped(nfc(line)).strip(" .:()"))
    text = text[label.end() :] if (label := _LABELLED.match(text)) else text
    text = text.partition("(")[0] or text  # "Thu Hà (tổng hợp)"
    if is_agency(text):
        return ()
    names = (name for part in _BETWEEN.split(text) if (name := _BY.sub("", part.strip(" .:()"))))
    return tuple(name for name in names if not is_agency(name))


def without_by(name: str) -> str:
    """A name without the word before it that says that it is an author's or a source's.

    >>> without_by("Theo Thu Hà"), without_by("Bởi: Minh An"), without_by("Theodore Lê")
    ('Thu Hà', 'Minh An', 'Theodore Lê')
    """
    plain = stripped(name)
    return _BY.sub("", plain[1:-1] if plain.startswith("(") and plain.endswith(")") else plain)


def is_agency(name: str) -> bool:
    """Whether a name is that of an agency or a paper, and no person's.

    >>> is_agency("TTXVN"), is_agency("Báo Sông Hồng"), is_agency("vnexpress.net"), is_agency("Thu Hà")
    (True, True, True, False)
    """
    whole = comparison_key(name).casefold()
    key = _KIND_OF_PAPER.sub("", whole)
    if key in word_list("agencies.txt") or (len(key) > _SHORTEST and key in word_list("news_sources.txt")):
        return True
    return bool(_KIND_OF_NO_PERSON.match(whole) or _HOST.fullmatch(whole))


def is_credit_line(line: str) -> bool:
    """Whether the line names the source that the article was taken from.

    >>> is_credit_line("Theo TTXVN"), is_credit_line("(Nguồn: Reuters)"), is_credit_line("Theo ông, đủ.")
    (True, True, False)
    """
    text = comparison_key(line)
    return len(text) <= _LONGEST and bool(_CREDITED.fullmatch(text)) and not text.endswith((".", "?", "!"))
