"""Where were paragraphs glued together without a space ("… UEVFCuộc thi …")?

A seam is where a word, a number or the end of a sentence is followed by a capital without a space. Names are
written so too (YouTube, TP.HCM, 3G), so a seam counts only where a Vietnamese word begins and the left side
ends something. A false split is worse than a missed one. No character is added or dropped.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from corpus.cleaning.datelines import LETTERS_UPPER
from corpus.cleaning.lines import nfc, stripped
from corpus.cleaning.syllable_shape import is_marked, is_syllable

_UP = f"[{LETTERS_UPPER}]"
_LETTERS = r"[^\W\d_]"
_LOW = f"(?:(?!{_UP}){_LETTERS})"
_STOPS = "[.!?…)”»]"
# The first character of what follows a seam: looking for that alone passes over most characters at once.
_SEAM = re.compile(
    rf"[{LETTERS_UPPER}“\"‘–-](?:(?<={_LETTERS}{_UP})|(?<=\d{_UP})(?={_LOW})|(?<={_STOPS}{_UP})"
    rf"|(?<={_STOPS}[“\"‘])(?={_UP})|(?<={_STOPS}[–-])(?=\s?[“\"]?{_UP})|(?<=:[–-])(?=\s?{_UP}))"
)
_LEFT_WORD = re.compile(rf"(?<!{_LETTERS}){_LETTERS}+$")
# No syllable is longer. Matching all of a longer word at each of its capitals would take square time.
_RIGHT_WORD = re.compile(rf"[“\"‘]?(?:[-–]\s?[“\"]?)?({_LETTERS}{{1,40}})")
_TITLE_CASE = re.compile(f"{_UP}{_LOW}*")
_LOWER = re.compile(f"{_LOW}{{2,}}")
_CAPITALS = re.compile(f"{_UP}{{3,}}")
_RUNS_ON = re.compile(rf"[,:]?\s+[“\"‘(]?(?:{_LOW}|\d)")
_YEAR_OR_DATE = re.compile(
    r"[^\W\d_][,:]?\s\(?(?:\d{1,2}[-/.])?\d{1,2}[-/.]\d{1,4}$|(?:năm|ngày|tháng)\s[\d/-]+$|\d{4}$"
)
_CLUSTER = re.compile(r"[\u0300-\u036f]*.[\u0300-\u036f]*", re.DOTALL)
_TITLES = frozenset({"PGS", "KTS", "NSƯT", "NSND", "NGƯT", "NGND"})
_ABBREVIATED = re.compile("[B-DF-HJ-NP-TV-XZĐ][b-df-hj-np-tv-xzđ]+", re.IGNORECASE)  # no vowel: Ths, Mrs
_AROUND = 40  # characters that are looked at on either side


def split_glued(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of a body; a body of a single paragraph is split at its seams.

    A body of several paragraphs has its line breaks: a seam in it is a misprint, and is left.
    """
    return tuple(map(stripped, unglued(paragraphs[0]))) if len(paragraphs) == 1 else tuple(paragraphs)


def unglued(text: str) -> tuple[str, ...]:
    """Splits a text at its seams; the parts joined are the text.

    >>> unglued("Nước đã rút khỏi thị trấnTheo Ban chỉ huy, đường đã thông.Trường học mở cửa lại.")
    ('Nước đã rút khỏi thị trấn', 'Theo Ban chỉ huy, đường đã thông.', 'Trường học mở cửa lại.')
    >>> unglued("Xem trên YouTube bằng mạng 3G ở TP.HCM.")
    ('Xem trên YouTube bằng mạng 3G ở TP.HCM.',)
    """
    if nfc(text) != text:
        return _unglued_loose(text)
    places = [seam.start() for seam in _SEAM.finditer(text) if _is_seam(text, seam.start())]
    return tuple(text[start:end] for start, end in pairwise([0, *places, len(text)]) if end > start)


def _unglued_loose(text: str) -> tuple[str, ...]:
    """The same for a text with decomposed letters: it is split where its composed form is."""
    clusters = _CLUSTER.findall(text)
    composed = [nfc(cluster) for cluster in clusters]
    if "".join(composed) != nfc(text) or "".join(clusters) != text:
        return (text,)  # a script whose characters compose in other ways
    ends = dict(zip(accumulate(map(len, composed)), accumulate(map(len, clusters)), strict=True))
    places = [ends[place] for place in accumulate(map(len, unglued("".join(composed))))]
    return tuple(text[start:end] for start, end in pairwise([0, *places]) if end > start)


def _is_seam(text: str, place: int) -> bool:
    left = text[max(0, place - _AROUND) : place]
    match = _RIGHT_WORD.match(text, place)
    if not match:
        return False
    right = match[1]
    runs_on = bool(_RUNS_ON.match(text, match.end()))
    last = left[-1]
    if last.isalpha():
        return _after_letter(left, right, runs_on=runs_on)
    if last.isdigit():
        return bool(_YEAR_OR_DATE.search(left)) and _begins_text(right, runs_on=runs_on)
    if last == ".":
        return _after_stop(left, right, runs_on=runs_on)
    if last in "!?…":
        return _is_word(right) and (runs_on or bool(_LOWER.search(left[:-1][-3:])))
    return last == ":" or _is_word(right)


def _after_letter(left: str, right: str, *, runs_on: bool) -> bool:
    """Whether there is a seam between two letters: "thị trấnTheo Ban", "Thanh HảoKinh tế", "UEVFCuộc thi"."""
    word = _last_word(left)
    if _CAPITALS.fullmatch(word):
        return runs_on and is_marked(right) and _is_word(right)
    if len(word) == 1 or not word[-1:].islower():
        return False
    if _LOWER.fullmatch(word) and is_syllable(word):
        marked = is_marked(word) or is_marked(right)
        return _is_word(right) and (marked or runs_on)
    return runs_on and _is_word(right) and (is_marked(word) or is_marked(right))


def _after_stop(left: str, right: str, *, runs_on: bool) -> bool:
    """Whether there is a seam after a full stop; not within TP.HCM, Q.Bình Thạnh, TS.Nguyễn, thanhnien.Vn."""
    before = left[:-1]
    if before.endswith(("./", ")", "”", '"', "»", "%")):
        return True
    if before[-1:].isdigit():
        return bool(_YEAR_OR_DATE.search(before)) and _begins_text(right, runs_on=runs_on)
    word = _last_word(before)
    if _LOWER.fullmatch(word) and is_syllable(word):
        return len(right) > 1 or runs_on
    if _CAPITALS.fullmatch(word):
        return word not in _TITLES and runs_on and _is_word(right)
    if len(word) == 1 or word.isupper() or _ABBREVIATED.fullmatch(word):
        return False
    return _is_word(right) and (is_syllable(word) or runs_on)


def _begins_text(right: str, *, runs_on: bool) -> bool:
    return _is_word(right) and (runs_on or is_marked(right))


def _is_word(right: str) -> bool:
    """Whether the right side begins like a sentence: one capital, then small letters."""
    return len(right) > 1 and bool(_TITLE_CASE.fullmatch(right)) and is_syllable(right)


def _last_word(left: str) -> str:
    match = _LEFT_WORD.search(left)
    return match[0] if match else ""
