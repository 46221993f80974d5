"""Which terms of the corpus does a syllable mean, and how often do they occur?

Terms that differ only in the place of the tone mark (hòa, hoà) form one group.
"""

import unicodedata
from collections import Counter
from functools import lru_cache

from indexer.engine import Lexicon
from indexer.text.fold import fold
from indexer.text.readings import means, reading_key, same_spelling

Group = tuple[tuple[str, int], ...]
"""Terms with the same meaning and their occurrences in the corpus, the most frequent first."""

_UNSEEN = 1e-12
"""The share of the corpus that a syllable is given which the corpus does not hold, whatever its size."""

_OF_A_VOWEL = 2  # marks that one vowel can bear: its quality and the tone

_READINGS = 12  # terms that one syllable means, at most


class SyllableGroups:
    """Looks syllables up in the lexicon, and keeps the answers; made for one query."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spelt: dict[str, tuple[Group, ...]] = {}
        self._meant: dict[tuple[str, bool], Group] = {}

    def of(self, syllable: str, *, complete: bool) -> Group:
        """The terms that a typed syllable means.

        Args:
            complete: all marks bind, as in quotes; otherwise marks left out are free.
        """
        key = (syllable, complete)
        if key not in self._meant:
            groups = self.spelt(syllable)
            meant = (group for group in groups if means(syllable, group[0][0], complete=complete))
            self._meant[key] = tuple(term for group in meant for term in group)[:_READINGS]
        return self._meant[key]

    def spelt(self, syllable: str) -> tuple[Group, ...]:
        """All readings of a syllable's letters, the most frequent first, each with the ways it is printed."""
        key = reading_key(syllable)
        if key not in self._spelt:
            groups: dict[str, list[tuple[str, int]]] = {}
            for term, count in self._lexicon.readings(key):
                groups.setdefault(same_spelling(term), []).append((term, count))
            self._spelt[key] = tuple(map(tuple, groups.values()))
        return self._spelt[key]


def occurrences(group: Group) -> int:
    """The number of occurrences in the corpus of all terms of a group."""
    return sum(count for _, count in group)


def share(group: Group, total: int) -> float:
    """The share of the corpus's ``total`` occurrences that the terms of a group make up, from 0 to 1."""
    return max(occurrences(group) / total, _UNSEEN) if total else _UNSEEN


def mark_difference(one: str, other: str) -> int:
    """The number of marks that only one of two syllables has.

    >>> mark_difference("nguễn", "nguyễn"), mark_difference("lao", "lào"), mark_difference("đương", "dường")
    (0, 1, 2)
    """
    ours, theirs = _marks(one), _marks(other)
    return (ours - theirs).total() + (theirs - ours).total()


def marks_slipped(typed: str, meant: str) -> int:
    """The number of marks that differ though no edit explains it, between two syllables one edit apart.

    A vowel that was not typed took its marks with it, two at most; these are not counted.

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
