"""How is a typed word or phrase written down: its label and its syllables?

The label is what was typed without the syntax: from the first syllable to the last, in NFC, without
invisible characters. What stands between two syllables is kept where it reads back as the same
word ("13/9", "TP.HCM"), and is a space otherwise; a space inside an unquoted word is typed as "_".
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from indexer.text.normalise import INVISIBLE
from indexer.text.syllables import Syllable, syllables

DOUBLE_QUOTES = '"“”„‟＂'
GUILLEMETS = "«»"

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_KEPT_IN_WORD = re.compile(r"[-–./,'’&+%@#=]*")
_LOST_IN_PHRASE = re.compile(f"[{DOUBLE_QUOTES}{GUILLEMETS}*]")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TypedSpelling:
    """A label and the syllables that are searched; at least one."""

    label: str
    syllables: tuple[str, ...]


def clean_typed(text: str) -> str:
    """The text in NFC without invisible characters; what is no character at all becomes U+FFFD.

    >>> clean_typed("HOA\u0306\u0323C\u200b")
    'HOẶC'
    """
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)))


def spell(text: str, *, quoted: bool) -> TypedSpelling | None:
    """The spelling of a clean text; None where it holds no syllable.

    >>> spell("(TP.HCM),", quoted=False)
    TypedSpelling(label='TP.HCM', syllables=('tp', 'hcm'))
    >>> spell("Tuổi_Trẻ", quoted=False)
    TypedSpelling(label='Tuổi Trẻ', syllables=('tuổi', 'trẻ'))
    """
    found = list(syllables(text))
    if not found:
        return None
    label = text[found[0].start : found[0].end]
    for before, after in pairwise(found):
        gap = _phrase_gap(text, before, after) if quoted else _word_gap(text, before, after)
        label += gap + text[after.start : after.end]
    return TypedSpelling(label, tuple(syllable.term for syllable in found))


def _word_gap(text: str, before: Syllable, after: Syllable) -> str:
    gap = text[before.end : after.start]
    of_digits = text[before.end - 1].isdecimal() and text[after.start].isdecimal()
    return gap if _KEPT_IN_WORD.fullmatch(gap) or (gap == ":" and of_digits) else " "


def _phrase_gap(text: str, before: Syllable, after: Syllable) -> str:
    gap = _WHITE.sub(" ", text[before.end : after.start])
    return gap if gap.isprintable() and not _LOST_IN_PHRASE.search(gap) else " "
