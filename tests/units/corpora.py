"""Small corpora for tests: heads in which ``_`` joins the syllables of a word, and their counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from indexer.suggest.head_texts import HeadText, HeadTexts, update_heads
from indexer.text.syllables import terms
from indexer.text.words import pack_joins
from indexer.word_counts import LONGEST_WORD, PairCounts, WordCounts, WordRows

FILLER = "chữ"
"""A word that every corpus has so often that what stands together does not stand so by chance."""


def read_heads(titles: Sequence[str]) -> HeadTexts:
    """The heads of articles with these titles, cut as their ``_`` say."""
    return update_heads(
        HeadTexts(),
        (),
        (
            HeadText(str(number), number + 1, 0, title.replace("_", " "), "", pack_joins(_joins(title)))
            for number, title in enumerate(titles)
        ),
    )


def count_words(titles: Iterable[str], fillers: int = 100_000) -> WordCounts:
    """The counts of the titles, and of so many fillers."""
    words: Counter[tuple[str, ...]] = Counter({(FILLER,): fillers})
    pairs: Counter[tuple[str, str]] = Counter()
    for title in titles:
        words.update(tuple(terms(word.replace("_", " "))) for word in title.split())
        syllables = terms(title.replace("_", " "))
        pairs.update(pairwise(syllables))
    names = tuple(sorted({syllable for word in words for syllable in word}))
    numbers = {name: number for number, name in enumerate(names)}
    keyed = sorted(
        (numbers[first] << 32 | numbers[second], count) for (first, second), count in pairs.items()
    )
    return WordCounts(
        names,
        {length: _rows(words, numbers, length) for length in range(1, LONGEST_WORD + 1)},
        PairCounts(*(np.array([row[column] for row in keyed], np.int64) for column in (0, 1))),
    )


def _rows(words: Counter[tuple[str, ...]], numbers: dict[str, int], length: int) -> WordRows:
    rows = sorted(
        ([numbers[syllable] for syllable in word], count)
        for word, count in words.items()
        if len(word) == length
    )
    return WordRows(
        np.array([row for row, _ in rows], np.int32).reshape(-1, length),
        np.array([count for _, count in rows], np.int64),
    )


def _joins(title: str) -> list[bool]:
    """For each syllable whether its word goes on."""
    return [
        joined
        for word in title.split()
        for count in [len(terms(word.replace("_", " ")))]
        for joined in [True] * (count - 1) + [False]
    ]
