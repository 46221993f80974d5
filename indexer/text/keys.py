"""Which syllable do raw Telex or VNI keys stand for? "laof" and "lao2" are lào.

Such keys reach a query when the input method was off.

Telex types a mark as a letter, VNI as a digit, after the vowel it stands on or anywhere later:

==========  ===================================  =====================
mark        Telex                                VNI
==========  ===================================  =====================
tone        s f r x j (sắc huyền hỏi ngã nặng)   1 2 3 4 5; z or 0: none
â ê ô       the letter again                     6
ơ ư ươ, ă   w (alone: ư)                         7, 8
đ           d again                              9
==========  ===================================  =====================

Keys are replayed as an input method reads them; where a key may mean two things, both are followed. A result
that is not a well-formed Vietnamese syllable is dropped, so that names and English are left alone. The caller
weighs by the corpus whether a decoded syllable was meant: "as" may be á, or English. A bare d may stand for
đ; those readings come last.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.tones import MARKED_VOWELS, same_word, split_tone
from indexer.text.fold import fold

_TELEX_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_STOPPED_TONES = ("\u0301", "\u0323")  # before c ch k p t only sắc and nặng are spoken
_ROUND = dict(zip("aeo", "âêô", strict=True))
_HORNED = dict(zip("ou", "ơư", strict=True))
_LONGEST = 12  # "nghieengf" and "d9u7o7ng2" are 9
_TELEX = re.compile(r"[a-zđâêôăơư]+")
_VNI = re.compile(r"[a-zđâêôăơư][a-zđâêôăơư0-9]*")

_RHYME_TABLE = """
    a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
    ong ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up uơ ut uy uya uych
    uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y
"""
_RHYMES = frozenset(_RHYME_TABLE.split())
_BARE_RHYMES = _RHYMES | frozenset(["yêm", "yên", "yêng", "yêt", "yêu"])
_AFTER_QU_TABLE = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt
    i it inh o ôc ơ ơi ơn y ych yên yêt ynh yt
"""
_AFTER_QU = frozenset(_AFTER_QU_TABLE.split())
_WELL_FORMED = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(.*)")
_BEFORE_FRONT = frozenset(["gh", "ngh"])
_NOT_BEFORE_FRONT = frozenset(["c", "g", "ng"])
"""How an onset is spelt before e ê i y; "gì" is the exception."""


@lru_cache(maxsize=1 << 14)
def is_well_formed(syllable: str) -> bool:
    """Whether a normalised syllable can be Vietnamese: its onset, rhyme and tone go together.

    >>> is_well_formed("nghiêng"), is_well_formed("nghang"), is_well_formed("hocs"), is_well_formed("học")
    (True, False, False, True)
    """
    bare, tones = split_tone(syllable)
    if len(tones) > 1:
        return False
    stopped = bare.endswith(("c", "ch", "k", "p", "t"))
    return _fits(bare) and (not stopped or tones in _STOPPED_TONES)


def _fits(bare: str) -> bool:
    """Whether a syllable without its tone is an onset and a rhyme that go together."""
    if bare in _BARE_RHYMES or (bare.startswith("gi") and bare[1:] in _RHYMES):
        return True
    match = _WELL_FORMED.fullmatch(bare)
    if not match or match[1] is None:
        return False
    onset, rhyme = match.groups()
    if onset == "qu":
        return rhyme in _AFTER_QU
    misspelt = _NOT_BEFORE_FRONT if rhyme[:1] in tuple("eêiy") else _BEFORE_FRONT
    return rhyme in _RHYMES and onset not in misspelt


@dataclass(frozen=True, slots=True)
class _Typing:
    """What an input method holds after some keys: letters with their marks, and the tone."""

    letters: str = ""
    tone: str = ""
    keys: int = 0

    def literal(self, letter: str) -> "_Typing":
        return replace(self, letters=self.letters + letter)

    def toned(self, tone: str) -> "_Typing":
        return replace(self, tone=tone, keys=self.keys + 1)

    def marked(self, letters: str) -> "_Typing":
        return replace(self, letters=letters, keys=self.keys + 1)

    @property
    def has_vowel(self) -> bool:
        return any(letter in "aeiouy" or letter in MARKED_VOWELS for letter in self.letters)


_Play = Callable[[_Typing, str], Iterator[_Typing]]


def telex(typed: str) -> tuple[str, ...]:
    """The syllables that a normalised token gives if its letters are Telex keys; never the token itself.

    >>> telex("laof"), telex("dduowngf"), telex("hoaf"), telex("thuowr"), telex("lào"), telex("facebook")
    (('lào',), ('đường',), ('hòa',), ('thuở',), (), ())
    """
    bare, tones = split_tone(typed)
    return _decoded(bare, tones, _telex_key) if _TELEX.fullmatch(bare) else ()


def vni(typed: str) -> tuple[str, ...]:
    """The syllables that a normalised token gives if its digits are VNI keys.

    >>> vni("lao2"), vni("d9uong72"), vni("covid19"), vni("50kg")
    (('lào',), ('đường',), (), ())
    """
    bare, tones = split_tone(typed)
    return _decoded(bare, tones, _vni_key) if _VNI.fullmatch(bare) else ()


def _decoded(bare: str, tones: str, play: _Play) -> tuple[str, ...]:
    if len(bare) > _LONGEST or len(tones) > 1:
        return ()
    typings = [_Typing(tone=tones)]
    for key in bare:
        typings = list(dict.fromkeys(after for typing in typings for after in play(typing, key)))
    typings = [typing for typing in typings if typing.keys]
    typings += [
        replace(typing, letters="đ" + typing.letters[1:]) for typing in typings if typing.letters[:1] == "d"
    ]
    decoded = map(_composed, typings)
    return tuple(dict.fromkeys(syllable for syllable in decoded if is_well_formed(syllable)))


def _composed(typing: _Typing) -> str:
    """The syllable in NFC, its tone mark where the old style puts it."""
    if not typing.tone:
        return typing.letters
    vowels = [place for place, letter in enumerate(typing.letters) if fold(letter) in "aeiouy"]
    marked = [place for place in vowels if typing.letters[place] in MARKED_VOWELS]
    place = (marked or vowels)[-1] + 1
    return same_word(
        unicodedata.normalize("NFC", typing.letters[:place] + typing.tone + typing.letters[place:])
    )


def _telex_key(typing: _Typing, key: str) -> Iterator[_Typing]:
    if typing.has_vowel and key in _TELEX_TONES:
        yield from _tone(typing, _TELEX_TONES[key])
    elif typing.tone and key == "z":
        yield typing.toned("")
    elif key == "w":
        yield from _horned(typing, "ouư")
        yield from _breve(typing)
        if not typing.has_vowel:
            yield typing.marked(typing.letters + "ư")
    elif key == "d" and typing.letters.startswith("d"):
        yield typing.marked("đ" + typing.letters[1:])
    else:
        yield typing.literal(key)
        if key in _ROUND:
            yield from _rounded(typing, key)


def _vni_key(typing: _Typing, key: str) -> Iterator[_Typing]:
    if key.isalpha():
        yield typing.literal(key)
    elif key == "9":
        if typing.letters.startswith("d"):
            yield typing.marked("đ" + typing.letters[1:])
    elif not typing.has_vowel:
        return
    elif key in _VNI_TONES:
        yield from _tone(typing, _VNI_TONES[key])
    elif key == "0" and typing.tone:
        yield typing.toned("")
    elif key == "6":
        yield from _rounded(typing, "aeo")
    elif key == "7":
        yield from _horned(typing, "ouư")
    elif key == "8":
        yield from _breve(typing)


def _tone(typing: _Typing, tone: str) -> Iterator[_Typing]:
    """Sets the tone; a second tone key gives nothing, for input methods write it as a letter."""
    if not typing.tone:
        yield typing.toned(tone)


def _rounded(typing: _Typing, letters: str) -> Iterator[_Typing]:
    """With a circumflex on one of these letters, each in turn."""
    yield from _mark_each(typing, {letter: _ROUND[letter] for letter in letters})


def _breve(typing: _Typing) -> Iterator[_Typing]:
    yield from _mark_each(typing, {"a": "ă"})


def _horned(typing: _Typing, pair: str) -> Iterator[_Typing]:
    """With a horn on an o or u, each in turn; or on both of "uo", which one key marks."""
    yield from _mark_each(typing, _HORNED)
    place = typing.letters.rfind("uo")
    if pair and place >= 0:
        yield typing.marked(typing.letters[:place] + "ươ" + typing.letters[place + 2 :])


def _mark_each(typing: _Typing, marks: dict[str, str]) -> Iterator[_Typing]:
    """One typing for each letter that can bear a mark, with the mark on that letter alone."""
    for place, letter in enumerate(typing.letters):
        if letter in marks:
            yield typing.marked(typing.letters[:place] + marks[letter] + typing.letters[place + 1 :])
