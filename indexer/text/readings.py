"""Which terms of the index does a typed syllable mean?

Marks that are typed bind; marks that are left out are free, syllable by syllable:

========  ============================================  ==============================
typed     means                                         because
========  ============================================  ==============================
đường     đường                                         it has its tone: it is complete
đuong     đuông, đương, đường, …                        đ binds, tone and bare letters are free
duong     dương, đường, dưỡng, …                        nothing binds
========  ============================================  ==============================

In quotes every syllable is complete: "duong" means duong alone. Which place the tone is printed in
never matters.
"""

import unicodedata
from functools import lru_cache

from indexer.text.fold import fold
from indexer.text.tones import same_word, split_tone


def means(typed: str, term: str, *, complete: bool) -> bool:
    """Whether a typed syllable means a term (both normalised); ``complete`` inside quotes.

    >>> means("duong", "đường", complete=False), means("đuong", "dương", complete=False)
    (True, False)
    >>> means("hoà", "hòa", complete=True), means("hoa", "hòa", complete=True)
    (True, False)
    """
    if typed == term:
        return True
    if fold(typed) != fold(term):
        return False
    bare, tone = split_tone(typed)
    if complete or tone:
        return same_word(typed) == same_word(term)
    return _letters_fit(bare, split_tone(term)[0], whole=True)


def begins(typed: str, term: str, *, complete: bool) -> bool:
    """Whether a term begins with a typed prefix, its marks binding in the same way.

    >>> begins("duo", "đường", complete=False), begins("đươ", "đương", complete=True)
    (True, True)
    """
    if term.startswith(typed):
        return True
    bare, tone = split_tone(typed)
    term_bare, term_tone = split_tone(term)
    if complete or tone:
        return term_bare.startswith(bare) and (not tone or tone == term_tone)
    return _letters_fit(bare, term_bare, whole=False)


def reading_key(term: str) -> str:
    """A key that a typed syllable shares with every term it may mean.

    >>> reading_key("đường")
    'duong'
    """
    return fold(term)


def _letters_fit(bare: str, term: str, *, whole: bool) -> bool:
    """Whether each letter, with the marks it has, is the term's letter; toneless NFC both."""
    if len(bare) > len(term) or (whole and len(bare) != len(term)):
        return False
    return all(mine == other or _unmarked(other) == mine for mine, other in zip(bare, term, strict=False))


@lru_cache(maxsize=1 << 12)
def _unmarked(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
