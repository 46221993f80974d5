"""What does it cost to suppose that one Vietnamese syllable was meant by another?

A cost is a natural logarithm: how many times rarer such an error is than correct typing. People write hỏi for
ngã and ngã for hỏi, and letters that sound alike where they live (s and x, ch and tr, n and ng at the end); a
slip of the finger is rarer, and another tone or vowel in between. The figures are round on purpose.
"""

from functools import lru_cache

from corpus.tones import split_tone
from indexer.text.fold import fold
from search_app.query.correction.syllable_groups import mark_difference

_AN_ERROR = 1.0
_HOI_FOR_NGA = 0.5  # the commonest error of all
_SOUNDS_ALIKE, _TONE, _LETTER_MARK = 1.0, 2.0, 2.0
_EXCHANGE, _EDIT, _SLIPPED_MARK = 4.0, 5.0, 1.5

_HOI_NGA = {"\u0309", "\u0303"}

_ONSETS = (
    ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("s", "x"), ("l", "n"), ("v", "d"), ("v", "gi"),
    ("c", "k"), ("c", "qu"), ("g", "gh"), ("ng", "ngh"),
)  # fmt: skip
_ENDINGS = (("n", "ng"), ("c", "t"), ("n", "nh"), ("i", "y"))


@lru_cache(maxsize=1 << 14)
def error_cost(typed: str, meant: str) -> float:
    """The cost of having typed one syllable for another, both normalised, at most one edit or sound apart.

    >>> error_cost("nghĩ", "nghỉ"), error_cost("săng", "xăng"), error_cost("lào", "lao")
    (0.5, 2.0, 3.0)
    """
    bare, tone = split_tone(typed)
    meant_bare, meant_tone = split_tone(meant)
    tones = {tone, meant_tone}
    if bare == meant_bare and tones == _HOI_NGA:
        return _HOI_FOR_NGA
    tone_cost = 0.0 if len(tones) == 1 or tones == _HOI_NGA else _TONE
    if fold(typed) == fold(meant):
        letters = sum(one != other for one, other in zip(bare, meant_bare, strict=False))
        return _AN_ERROR + tone_cost + _LETTER_MARK * letters
    if meant_bare in sounding_alike(bare):
        return _AN_ERROR + _SOUNDS_ALIKE + tone_cost
    exchanged = sorted(fold(typed)) == sorted(fold(meant))
    return _AN_ERROR + (_EXCHANGE if exchanged else _EDIT) + _SLIPPED_MARK * mark_difference(typed, meant)


@lru_cache(maxsize=1 << 14)
def sounding_alike(letters: str) -> frozenset[str]:
    """What letters without a tone may be written for by the ear: with another onset, or with another ending.

    >>> sorted(sounding_alike("xan"))
    ['san', 'xang', 'xanh']
    """
    found = set()
    for pairs, is_onset in ((_ONSETS, True), (_ENDINGS, False)):
        for one, other in (*pairs, *((other, one) for one, other in pairs)):
            if is_onset and letters.startswith(one):
                found.add(other + letters[len(one) :])
            elif not is_onset and letters.endswith(one):
                found.add(letters[: -len(one)] + other)
    return frozenset(found - {letters})
