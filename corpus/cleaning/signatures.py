"""Who signs below the text ("Nguyễn Văn An", "Bài, ảnh: Thu Hà", "Theo TTXVN", "PV/Vietnam+")?

Only the last lines can be a signature, only below a text that has ended with a sentence, and a name by itself
only where each of its words is a capitalised syllable: a name in the middle of a page heads a part of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.bylines import is_credit_line, signers
from corpus.cleaning.lines import comparison_key, nfc, stripped
from corpus.cleaning.syllable_shape import is_syllable
from corpus.cleaning.word_list import word_list

_MOST_LINES = 3
_LEAST_TEXT = 2  # lines above it: a lede and a paragraph
_ENDS = ".!?…"
_MAY_CLOSE = '"”’»)]/.'  # behind what ends a sentence
_LABELLED = re.compile(r"[^:]{2,30}:\s*\S")
_PICTURES = re.compile(r"\s*\(?(?:Ảnh|Hình|Video|Clip)\s*:", re.IGNORECASE)  # made by another, or by nobody
_NAME_WORDS = range(2, 6)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{0,8}\.?")
_BETWEEN = re.compile("[/–-]")
_STAFF = re.compile(
    r"PV|P\.V\.?|CTV|BT|BTV|BBT|Nhóm PV|Nhóm phóng viên|Phóng viên|\(?tổng hợp\)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The lines of a text by what they are; together they are all its lines.

    Attributes:
        text: what stands above the signature.
        signature: the lines that sign, in the order of the page.
        authors: the persons whom they name.
    """

    text: tuple[str, ...]
    signature: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def split_signature(lines: Sequence[str]) -> Signed:
    """Takes the signature off the end of a text.

    >>> text = ("Xe đã qua cầu.", "Bà con mừng vui.")
    >>> split_signature((*text, "Bài, ảnh: Thu Hà")).authors
    ('Thu Hà',)
    >>> split_signature((*text, "PV/Vietnam+")).signature
    ('PV/Vietnam+',)
    """
    end = len(lines)
    while len(lines) - end < _MOST_LINES and end > _LEAST_TEXT and _may_sign(lines[end - 1]):
        end -= 1
    if end == len(lines) or not _ends_a_sentence(stripped(lines[end - 1])):
        return Signed(tuple(lines))
    authors = (name for line in lines[end:] if not _PICTURES.match(nfc(line)) for name in _persons(line))
    return Signed(tuple(lines[:end]), tuple(lines[end:]), tuple(dict.fromkeys(authors)))


def _may_sign(line: str) -> bool:
    return bool(_persons(line)) or is_credit_line(line) or _is_agency(line)


def _persons(line: str) -> tuple[str, ...]:
    """The persons that the line names; none where it may be a heading or an agency."""
    names = tuple(name for name in signers(line) if not _is_mark(name))
    if _LABELLED.match(nfc(line)):
        return names
    if names and all(map(_is_person, names)):
        return names
    return tuple(filter(_is_person, _parts(stripped(nfc(line))))) if _is_agency(line) else ()


def _is_person(name: str) -> bool:
    words = name.split()
    if _INITIALS.fullmatch(name):
        return True
    return len(words) in _NAME_WORDS and all(word[:1].isupper() and is_syllable(word) for word in words)


def _is_agency(line: str) -> bool:
    """Whether the line is made of newspapers, agencies, their staff and persons, and not of persons alone."""
    parts = [part for part in _parts(stripped(nfc(line)).strip("()")) if part]
    marks = [part for part in parts if _is_mark(part)]
    return bool(marks) and all(_is_mark(part) or _is_person(part) for part in parts)


def _parts(line: str) -> list[str]:
    """What stands between slashes and dashes, without the white space around them."""
    first, *others = _BETWEEN.split(line)
    if not others:
        return [first]
    return [first.rstrip(), *(part.strip() for part in others[:-1]), others[-1].lstrip()]


def _ends_a_sentence(line: str) -> bool:
    """Whether it ends with what ends a sentence, and at most what may close behind it.

    >>> [_ends_a_sentence(line) for line in ("Nước rút.", 'Ông nói: "Đủ!")', "TP. Huế", "")]
    [True, True, False, False]
    """
    before = line.rstrip(_MAY_CLOSE)
    return "." in line[len(before) :] or before.endswith(tuple(_ENDS))


def _is_mark(part: str) -> bool:
    return bool(_STAFF.fullmatch(part)) or comparison_key(part).casefold() in _papers()


@cache
def _papers() -> frozenset[str]:
    return word_list("news_sources.txt")
