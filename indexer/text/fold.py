"""What is left of a term when its marks are taken off?"""

import re
import unicodedata
from functools import lru_cache

_COMBINING = re.compile(r"[\u0300-\u036f]")


@lru_cache(maxsize=1 << 17)
def fold(term: str) -> str:
    """A normalised term without its marks, and with d for đ; the index keeps the term itself.

    >>> fold("đường"), fold("thuỷ")
    ('duong', 'thuy')
    """
    if term.isascii():
        return term
    return _COMBINING.sub("", unicodedata.normalize("NFD", term)).replace("đ", "d")
