"""Which words of a question only ask ("khi nào", "là gì")? Articles that answer do not repeat them.

This is not a stop list, for no stop list is safe in Vietnamese ("an", "in", "may" are content): the words
below are searched like any other, but have a lower boost. A query of few words is not taken for a question.
"""

from collections.abc import Iterator, Sequence

from indexer.fields import Field
from indexer.query import Match
from indexer.text.fold import fold

QUESTION_WORDS = (
    *("gì", "nào", "ai", "đâu", "mấy", "bao nhiêu", "bao giờ", "bao lâu", "bao xa", "khi nào", "lúc nào"),
    *(
        "thế nào",
        "như thế nào",
        "tại sao",
        "vì sao",
        "ra sao",
        "ở đâu",
        "cái gì",
        "điều gì",
        "là gì",
        "là ai",
        "ai là",
    ),
)
"""Those of several syllables are also recognised without their marks."""

_PHRASES: dict[str, set[tuple[str, ...]]] = {}
"""The phrases by their first syllable."""

for _phrase in (*QUESTION_WORDS, *(fold(word) for word in QUESTION_WORDS if " " in word)):
    _PHRASES.setdefault(_phrase.split()[0], set()).add(tuple(_phrase.split()))

_NAMES = {("ai", "cập"), ("ai", "len")}
"""A question word with the syllable that makes it part of a name."""


def asking_places(words: Sequence[Match]) -> frozenset[int]:
    """The places of the words that only ask; a word that also stands elsewhere in the question does not.

    >>> typed = [Match(one, (one,)) for one in "con sông nào là dài nhất ở đâu".split()]
    >>> sorted(asking_places(typed))
    [2, 6, 7]
    """
    places = set(_places([_syllable(word) for word in words]))
    others = {_syllable(word) for place, word in enumerate(words) if place not in places}
    return frozenset(place for place in places if _syllable(words[place]) not in others)


def _places(typed: Sequence[str]) -> Iterator[int]:
    """The indices of the syllables that ask."""
    for first, syllable in enumerate(typed):
        if (syllable, *typed[first + 1 : first + 2]) in _NAMES:
            continue
        for phrase in _PHRASES.get(syllable, ()):
            if tuple(typed[first : first + len(phrase)]) == phrase:
                yield from range(first, first + len(phrase))


def _syllable(word: Match) -> str:
    """The syllable of a word that may ask; "" for quotes, fields, and names in capitals (AI)."""
    plain = word.field is Field.TEXT and not (word.complete or word.prefix) and len(word.syllables) == 1
    named = len(word.label) > 1 and word.label.isupper()
    return word.syllables[0] if plain and not named else ""
