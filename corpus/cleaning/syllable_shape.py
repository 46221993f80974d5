"""Could a word be a Vietnamese syllable? By its letters alone: "Phone", "Tube" and "Gap" cannot."""

import re
import unicodedata

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]"
_RIME = (
    "i[aêe]?u?|iê(?:m|n|ng|u)|[iy](?:m|n|nh)|yê(?:m|n|ng|u)?|y[aêt]?"
    "|u(?:y|ya|yê|yên|ynh|yn|yu|i|a|â|ân|âng|ây|ê|ơ|ô|ôi|ôm|ôn|ông|n|ng|m)?"
    "|ư(?:a|u|i|ng|m|n|ơ|ơi|ơu|ơm|ơn|ơng)?"
    "|o(?:a|ai|ao|ay|am|an|ang|anh|ă|ăm|ăn|ăng|e|en|eo|i|m|n|ng|ong)?"
    "|a(?:i|o|u|y|m|n|ng|nh)?|ă(?:m|n|ng)|â(?:u|y|m|n|ng)"
    "|e(?:o|m|n|ng)?|ê(?:u|m|n|nh)?|ô(?:i|m|n|ng)?|ơ(?:i|m|n)?"
)
_STOPPED = (
    "iê(?:c|p|t)|i(?:ch|p|t)|yê(?:t)|u(?:c|p|t|ât|ych|yt|yêt|ôc|ôt)|ư(?:c|t|ơc|ơp|ơt)"
    "|o(?:ac|ach|at|ap|ăc|ăt|et|c|p|t|oc)|a(?:c|ch|p|t)|ă(?:c|p|t)|â(?:c|p|t)"
    "|e(?:c|p|t)|ê(?:ch|p|t)|ô(?:c|p|t)|ơ(?:p|t)"
)
_OPEN_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RIME})")
_STOPPED_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_STOPPED})")
_LONGEST = 40  # characters, combining marks included; no syllable is longer
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_HARD_TONES = re.compile("[\u0301\u0323]")


def is_syllable(word: str) -> bool:
    """Whether the word has the form of a syllable; after c, ch, p, t only the tones sắc and nặng can be.

    >>> [is_syllable(word) for word in ("Được", "theo", "Tube", "Viet", "việt", "mAh")]
    [True, True, False, False, True, False]
    """
    if len(word) > _LONGEST:
        return False
    loose = unicodedata.normalize("NFD", word.casefold())
    bare = unicodedata.normalize("NFC", _TONES.sub("", loose))
    if _OPEN_SYLLABLE.fullmatch(bare):
        return True
    return bool(_STOPPED_SYLLABLE.fullmatch(bare) and _HARD_TONES.search(loose))


def is_marked(word: str) -> bool:
    """Whether the word has a mark or đ, as no English word has."""
    return not word.isascii()
