"""What is the one form of a token, however it was typed or printed?

Normalised tokens are only indexed and compared: the original text is kept and shown. Each token is normalised
by itself (a token pattern never separates a combining mark from its letter), so its offsets in the original
are those where it was found, and no map of offsets is needed.
"""

import re
import unicodedata
from functools import lru_cache

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

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})  # U+00D0 Eth, U+0189 African D


@lru_cache(maxsize=1 << 18)
def normalise(token: str) -> str:
    """The token in NFC and lower case, without invisible characters, with Đ for its look-alikes.

    Empty where nothing visible is left.

    >>> normalise("LA\u0300O"), normalise("\u00d0ắk"), normalise("nh\u200bà")
    ('lào', 'đắk', 'nhà')
    """
    if token.isascii():
        return token.lower()
    visible = _INVISIBLE.sub("", token)
    composed = unicodedata.normalize("NFC", visible).translate(LOOK_ALIKES)
    # lower() can decompose (İ becomes i and a dot): compose again.
    return unicodedata.normalize("NFC", composed.lower())
