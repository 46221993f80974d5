"""When are two written values (of a source, a section, an author, a tag) one value, and how is it shown?

Two values are one where they differ in nothing that a reader would call another name: in the form of Unicode
(NFC, NFD), in invisible characters, in white space, in Đ and its look-alikes, in the place of a tone's mark
(hoá, hóa), in capitals. Papers print a section in capitals on one page and in small letters on the next, and
a query such as ``nguồn:`` ignores capitals too, so that a value finds the same articles as a filter and as a
field. Other letters, i and y, marks and punctuation make another value, for they may make another name.

Only counting and filtering fold values; an article keeps each value as it was written.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus.normal_form import INVISIBLE, LOOK_ALIKES, normalised
from corpus.tones import same_word

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WORD = re.compile(r"[^\W\d_]+")


def tidy_value(value: str) -> str:
    """A value as it is shown: in NFC, each run of white space as one space, none at its ends.

    >>> tidy_value(" Ba\u0301o\u00a0 Mới ")
    'Báo Mới'
    """
    return " ".join(normalised("NFC", _INVISIBLE.sub("", value)).split())


@lru_cache(maxsize=1 << 16)
def fold_value(value: str) -> str:
    """The key that values share exactly where they are one value; empty where nothing is given.

    >>> fold_value("HOÁ  học\u200b"), fold_value("Hóa học"), fold_value("Lý"), fold_value("Lí")
    ('hóa học', 'hóa học', 'lý', 'lí')
    """
    lower = normalised("NFC", tidy_value(value).translate(LOOK_ALIKES).lower())  # lower() can decompose: İ
    return _WORD.sub(lambda word: same_word(word[0]), lower)


def usual_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """For each key of some values, the value as it is most often written.

    Of spellings that are written equally often, one in capitals alone comes last, then the order of their
    characters decides: so the same values give the same spellings in any order.

    >>> usual_spellings({"THẾ GIỚI": 2, "Thế giới": 2, "Hoá": 1, "Hóa": 5})
    {'thế giới': 'Thế giới', 'hóa': 'Hóa'}
    """
    by_key: dict[str, dict[str, int]] = {}
    for value, count in counts.items():
        by_key.setdefault(fold_value(value), {})[value] = count
    return {key: usual_spelling(written) for key, written in by_key.items()}


def usual_spelling(counts: Mapping[str, int]) -> str:
    """The one of ``usual_spellings`` for values that have one key; at least one."""
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda value: (-counts[value], value.isupper(), value))


def folded(values: Iterable[str]) -> frozenset[str]:
    """The keys of some values."""
    return frozenset(map(fold_value, values))
