"""What is the one form of a token, however it was typed or printed?

Normalised tokens are only indexed and compared: the original text is kept and shown. Each token is normalised
by itself (a token pattern never separates a combining mark from its letter), so its offsets in the original
are those where it was found, and no map of offsets is needed.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.normal_form import INVISIBLE, LOOK_ALIKES

_INVISIBLE = re.compile(f"[{INVISIBLE}]")


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
