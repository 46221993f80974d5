"""What does a syllable mean in the corpus? Groups of terms that are one word, with their counts."""

import unicodedata
from collections import Counter
from functools import lru_cache

from indexer.engine import Lexicon
from indexer.text.fold import fold
from indexer.text.readings import means, reading_key, same_spelling

Group = tuple[tuple[str, int], ...]
"""Terms that are meant alike, with their occurrences; the most frequent first."""

_UNSEEN = 1e-12
"""The share that a syllable has which the corpus does not hold, however small the corpus."""

_OF_A_VOWEL = 2  # a quality and a tone

_READINGS = 12  # terms that one syllable means, at most


class SyllableGroups:
    """Looks syllables up; remembers what it found, for one query."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spelt: dict[str, tuple[Group, ...]] = {}
        self._meant: dict[tuple[str, bool], Group] = {}

    def of(self, syllable: str, *, complete: bool) -> Group:
        """The terms that a syllable means; ``complete``: marks left out are not free."""
        known = (syllable, complete)
        if known not in self._meant:
            groups = self.spelt(syllable)
            held = (group for group in groups if means(syllable, group[0][0], complete=complete))
            self._meant[known] = tuple(one for group in held for one in group)[:_READINGS]
        return self._meant[known]

    def spelt(self, syllable: str) -> tuple[Group, ...]:
        """All readings of a syllable's letters, each with the ways it is printed; the most frequent first."""
        key = reading_key(syllable)
        if key not in self._spelt:
            groups: dict[str, list[tuple[str, int]]] = {}
            for term, count in self._lexicon.readings(key):
                groups.setdefault(same_spelling(term), []).append((term, count))
            self._spelt[key] = tuple(map(tuple, groups.values()))
        return self._spelt[key]


def occurrences(group: Group) -> int:
    """How often any of the terms stands in the corpus."""
    return sum(count for _, count in group)


def share(group: Group, total: int) -> float:
    """The part of the corpus's ``total`` occurrences that a group has."""
    return max(occurrences(group) / total, _UNSEEN) if total else _UNSEEN


def mark_difference(one: str, other: str) -> int:
    """How many marks of one syllable are not the other's, and the other way.

    >>> mark_difference("nguễn", "nguyễn"), mark_difference("lao", "lào"), mark_difference("đương", "dường")
    (0, 1, 2)
    """
    ours, theirs = _marks(one), _marks(other)
    return (ours - theirs).total() + (theirs - ours).total()


def marks_slipped(typed: str, meant: str) -> int:
    """The same for what is one edit away: a vowel that was lost took its marks, two at most, with it.

    >>> marks_slipped("tnh", "tình"), marks_slipped("trarh", "tránh")
    (0, 1)
    """
    lost = _vowels(meant) > _vowels(typed)
    return max(mark_difference(typed, meant) - (_OF_A_VOWEL if lost else 0), 0)


@lru_cache(maxsize=1 << 14)
def _vowels(syllable: str) -> int:
    return sum(letter in "aeiouy" for letter in fold(syllable))


@lru_cache(maxsize=1 << 14)
def _marks(syllable: str) -> Counter[str]:
    return Counter(
        letter
        for letter in unicodedata.normalize("NFD", syllable)
        if unicodedata.combining(letter) or letter == "đ"
    )
