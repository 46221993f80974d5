"""What are the label and the syllables of a typed word or phrase?

The label is what was typed, without the syntax: from the first syllable to the last, in NFC, without
invisible characters. The characters between two syllables are kept where they read back as the same word
("13/9", "TP.HCM"); otherwise they become a space. In a word without quotes a space is typed as "_".
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from corpus.normal_form import INVISIBLE
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
    """A label, and the syllables that are searched, at least one."""

    label: str
    syllables: tuple[str, ...]


def clean_typed(text: str) -> str:
    """The text in NFC without invisible characters; each lone surrogate becomes U+FFFD.

    >>> clean_typed("HOA\u0306\u0323C\u200b")
    'HOẶC'
    """
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)))


def spell(text: str, *, quoted: bool) -> TypedSpelling | None:
    """The label and the syllables of a text that ``clean_typed`` made; None if it holds no syllable.

    >>> spell("(TP.HCM),", quoted=False)
    TypedSpelling(label='TP.HCM', syllables=('tp', 'hcm'))
    >>> spell("Tuổi_Trẻ", quoted=False)
    TypedSpelling(label='Tuổi Trẻ', syllables=('tuổi', 'trẻ'))
    """
    typed = list(syllables(text))
    if not typed:
        return None
    label = text[typed[0].start : typed[0].end]
    for before, after in pairwise(typed):
        gap = _phrase_gap(text, before, after) if quoted else _word_gap(text, before, after)
        label += gap + text[after.start : after.end]
    return TypedSpelling(label, tuple(syllable.term for syllable in typed))


def _word_gap(text: str, before: Syllable, after: Syllable) -> str:
    gap = text[before.end : after.start]
    of_digits = text[before.end - 1].isdecimal() and text[after.start].isdecimal()
    return gap if _KEPT_IN_WORD.fullmatch(gap) or (gap == ":" and of_digits) else " "


def _phrase_gap(text: str, before: Syllable, after: Syllable) -> str:
    gap = _WHITE.sub(" ", text[before.end : after.start])
    return gap if gap.isprintable() and not _LOST_IN_PHRASE.search(gap) else " "
