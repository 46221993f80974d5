"""What is the one form of a token, however it was typed or printed?

For the index's copy only: the original text is what is kept and shown. A token is normalised by
itself (a combining mark never stands apart from its letter), so a token's place in the original
is simply where it was found, and no map of offsets is needed.
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
"""Those of them that ``\\w`` holds too.

A pattern that takes letters and invisible characters in turn leaves these out of its letters
(``[^\\W\\d_{INVISIBLE_LETTERS}]``): what is two things at once is tried both ways, at each place again.
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
