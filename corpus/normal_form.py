r"""How are texts brought to Unicode's normal forms in linear time?

The standard library sorts the marks on a letter by insertion, so that a run of a hundred thousand marks takes
minutes. No real text has long runs: they are left as they are, and an article with one is refused.
"""

import unicodedata
from collections.abc import Iterator
from typing import Literal

LONGEST_MARKS = 256  # in a row


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
