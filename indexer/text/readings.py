"""Which terms of the index does a typed syllable mean?

Marks that are typed bind; marks that are left out are free, syllable by syllable:

========  ============================================  ==============================
typed     means                                         because
========  ============================================  ==============================
đường     đường                                         it has its tone: it is complete
đuong     đuông, đương, đường, …                        đ binds, tone and bare letters are free
duong     dương, đường, dưỡng, …                        nothing binds
========  ============================================  ==============================

In quotes every syllable is complete: "duong" means duong alone. Where the tone mark is printed does not
matter (hòa, hoà), nor does i or y where both spellings are in use (kỹ thuật, kĩ thuật). After an equals sign,
="hoà" means only the same characters.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.tones import same_word, split_tone
from indexer.query import Typed
from indexer.text.fold import fold


def means(typed: str, term: str, *, complete: bool) -> bool:
    """Whether a typed syllable means a term (both normalised); ``complete`` is set inside quotes.

    >>> means("duong", "đường", complete=False), means("đuong", "dương", complete=False)
    (True, False)
    >>> means("hoà", "hòa", complete=True), means("hoa", "hòa", complete=True)
    (True, False)
    """
    if typed == term:
        return True
    if reading_key(typed) != reading_key(term):
        return False
    bare, tone = split_tone(typed)
    if complete or tone:
        return same_spelling(typed) == same_spelling(term)
    return _letters_fit(_with_i(bare), _with_i(split_tone(term)[0]), whole=True)


def begins(typed: str, term: str, *, complete: bool) -> bool:
    """Whether a term begins with a typed prefix; the prefix's marks bind as in ``means``.

    >>> begins("duo", "đường", complete=False), begins("đươ", "đương", complete=True)
    (True, True)
    """
    if term.startswith(typed) or means(typed, term, complete=complete):
        return True
    bare, tone = split_tone(typed)
    term_bare, term_tone = split_tone(term)
    if complete or tone:
        return term_bare.startswith(bare) and (not tone or tone == term_tone)
    return _letters_fit(bare, term_bare, whole=False)


def fits(typed: Typed, term: str) -> bool:
    """Whether a typed syllable means a term, or begins it where it is a prefix, by all its flags.

    >>> fits(Typed("hoà", complete=True, prefix=False), "hòa")
    True
    >>> fits(Typed("hoà", complete=True, prefix=False, exact=True), "hòa")
    False
    """
    if typed.exact:
        return term.startswith(typed.syllable) if typed.prefix else term == typed.syllable
    fitting = begins if typed.prefix else means
    return fitting(typed.syllable, term, complete=typed.complete)


def varies(typed: Typed) -> bool:
    """Whether a typed syllable may mean a term that is spelt differently.

    >>> [varies(Typed(typed, complete=False, prefix=False)) for typed in ("đường", "duong", "hòa", "kỹ")]
    [False, True, True, True]
    """
    bare, tone = split_tone(typed.syllable)
    if typed.exact or not (typed.complete or tone):
        return not typed.exact
    return (
        bool(_TWO_PLACES.search(bare) or _OPEN.fullmatch(bare)) or same_word(typed.syllable) != typed.syllable
    )


@lru_cache(maxsize=1 << 17)
def reading_key(term: str) -> str:
    """A key that a typed syllable shares with every term it may mean.

    >>> reading_key("đường"), reading_key("Mỹ".lower())
    ('duong', 'mi')
    """
    return _with_i(fold(term))


def prefix_keys(typed: str) -> tuple[str, tuple[str, ...]]:
    """The keys of terms that begin with a typed prefix: a prefix of keys, and further whole keys.

    >>> prefix_keys("ky"), prefix_keys("ngu")
    (('ky', ('ki',)), ('ngu', ()))
    """
    folded = fold(typed)
    key = _with_i(folded)
    return folded, () if key.startswith(folded) else (key,)


@lru_cache(maxsize=1 << 17)
def same_spelling(term: str) -> str:
    """The term with its tone mark in one place, and i where i and y are interchangeable (kỹ, kĩ; lý, lí).

    >>> same_spelling("kỹ"), same_spelling("quý"), same_spelling("thúy"), same_spelling("vy")
    ('kĩ', 'quí', 'thúy', 'vy')
    """
    return _with_i(same_word(term))


def meaning_key(typed: Typed) -> str:
    """A key that complete typed syllables share exactly where they mean the same terms.

    Complete syllables with different keys have no term in common, unless one of them is a prefix.

    >>> [meaning_key(Typed(typed, complete=True, prefix=False)) for typed in ("hoà", "hòa", "kỹ", "hoa")]
    ['hòa', 'hòa', 'kĩ', 'hoa']
    """
    return typed.syllable if typed.exact else same_spelling(typed.syllable)


_OPEN_Y = re.compile("(?:[hklmst]|qu)[yỳýỷỹỵ]")
_OPEN = re.compile("(?:[hklmst]|qu)[iy]")
_TWO_PLACES = re.compile("o[ae]|uy")
_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _with_i(syllable: str) -> str:
    """The syllable with i for y after the onsets where both are printed: h, k, l, m, s, t, qu."""
    return syllable.translate(_TO_I) if _OPEN_Y.fullmatch(syllable) else syllable


def _letters_fit(bare: str, term: str, *, whole: bool) -> bool:
    """Whether each typed letter is the term's, or the term's without marks; both are NFC without tones."""
    if len(bare) > len(term) or (whole and len(bare) != len(term)):
        return False
    return all(mine == other or _unmarked(other) == mine for mine, other in zip(bare, term, strict=False))


@lru_cache(maxsize=1 << 12)
def _unmarked(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
