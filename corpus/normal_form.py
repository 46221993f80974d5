r"""How are texts brought to Unicode's normal forms in linear time?

The standard library sorts the marks on a letter by insertion, so that a run of a hundred thousand marks takes
minutes. No real text has long runs: they are left as they are, and an article with one is refused.
"""

import unicodedata
from collections.abc import Iterator
from typing import Literal

LONGEST_MARKS = 256  # in a row

# Zero-width characters and bidi controls, as a class: soft hyphen, joiners, variation selectors, BOM.
INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
INVISIBLE_LETTERS = r"\u115f\u1160"
"""The invisible characters that ``\\w`` matches too.

A pattern with one class for letters and one for invisible characters must exclude these from its letters
(``[^\\W\\d_{INVISIBLE_LETTERS}]``): a character in both classes is tried both ways at every place, which
takes exponential time.
"""

LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})  # U+00D0 Eth, U+0189 African D


def normalised(form: Literal["NFC", "NFD"], text: str) -> str:
    r"""The text in a normal form; long runs of marks stay as they are.

    >>> normalised("NFC", "Hue\u0302\u0301"), normalised("NFC", "a" + "\u0301\u0323" * 500).count("\u0323")
    ('Huế', 500)
    """
    if len(text) <= LONGEST_MARKS:
        return unicodedata.normalize(form, text)
    parts, done = [], 0
    for start, end in long_marks(text):
        parts += [unicodedata.normalize(form, text[done:start]), text[start:end]]
        done = end
    return "".join((*parts, unicodedata.normalize(form, text[done:])))


def long_marks(text: str) -> Iterator[tuple[int, int]]:
    """The start and end (exclusive) of each run of more than ``LONGEST_MARKS`` marks."""
    done = 0
    for at in range(0, len(text), LONGEST_MARKS):  # every run that is long enough covers one of these places
        if at >= done and unicodedata.combining(text[at]):
            start = at
            while start > done and unicodedata.combining(text[start - 1]):
                start -= 1
            done = at
            while done < len(text) and unicodedata.combining(text[done]):
                done += 1
            if done - start > LONGEST_MARKS:
                yield start, done
