"""Which frequent n-grams are phrases that a person would want to be offered?

Heads are titles with ledes (head_texts). An n-gram of 2 to 5 syllables is a phrase where all of these hold:

- it occurs in ``least_articles`` heads or more: five, or fewer in a corpus of fewer than a thousand articles;
- at half of its occurrences or more, words begin and end at its edges ("thông tổng" is no phrase); - it has a
letter ("13/9" is no phrase); - it is one word at half of its occurrences or more; or its first syllable and
the rest, and its last syllable and
  the rest, occur together in at least half as many heads as by chance: "của Trung Quốc" is no phrase, for
  "của" occurs everywhere;
- it is not, in nine of ten of its heads, a part of one phrase that is a syllable longer ("lãnh đạo Triều" is
no
  phrase), nor of an n-gram that is such a part.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.suggest.head_texts import FORM, HeadTexts, Int64Array, form_key
from indexer.suggest.ngram_counts import Flags, NGrams, count_frequent_ngrams, count_word_articles

MAX_SYLLABLES = 5
"""Syllables of a phrase, at most."""

_PART = 0.9
_MOST, _FEWEST, _ARTICLES_A_STEP = 5, 2, 200


@dataclass(frozen=True, slots=True)
class Phrases:
    """P phrases, in no order.

    Attributes:
        at: int64 (P,); the token index of an occurrence in the commonest printed form.
        lengths: int64 (P,); in syllables.
        articles: int64 (P,); the number of heads with the phrase.
    """

    at: Int64Array
    lengths: Int64Array
    articles: Int64Array


def least_articles(articles: int) -> int:
    """The least number of heads that a phrase must occur in, in a corpus of so many articles.

    >>> [least_articles(count) for count in (63, 500, 800, 801, 127_000)]
    [2, 3, 4, 5, 5]
    """
    return min(_MOST, max(_FEWEST, -(-articles // _ARTICLES_A_STEP)))


def number_words(forms: list[str]) -> tuple[Int64Array, Int64Array]:
    """For each form (sorted), the number of its folded form and the number of its word; both ascending."""
    keys = [form_key(form)[:2] for form in forms]
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    pairs = list(pairwise(keys))
    folded = np.cumsum([0, *(before[0] != after[0] for before, after in pairs)])
    words = np.cumsum([0, *(before != after for before, after in pairs)])
    return folded.astype(np.int64), words.astype(np.int64)


def choose_phrases(heads: HeadTexts, words: Int64Array) -> Phrases:
    """The phrases of the heads; ``words`` are those of :func:`number_words`."""
    levels = list(count_frequent_ngrams(heads, words, least_articles(len(heads.ids)), MAX_SYLLABLES))
    singles = count_word_articles(heads, words)
    shorter = singles
    offered: list[Flags] = []
    for ngrams in levels:
        coheres = (2 * ngrams.words >= ngrams.places) | _coheres(heads, words, ngrams, shorter, singles)
        offered.append(coheres & (2 * ngrams.whole >= ngrams.places) & _has_letters(heads, ngrams))
        shorter = ngrams.articles
    chosen = _without_parts(levels, offered)
    return Phrases(
        _joined([ngrams.at[kept] for ngrams, kept in zip(levels, chosen, strict=True)]),
        _joined([np.full(kept.sum(), ngrams.length) for ngrams, kept in zip(levels, chosen, strict=True)]),
        _joined([ngrams.articles[kept] for ngrams, kept in zip(levels, chosen, strict=True)]),
    )


def _has_letters(heads: HeadTexts, ngrams: NGrams) -> Flags:
    letters = np.array([not form[:1].isdigit() for form in heads.forms], bool)
    found = np.zeros(len(ngrams.at), bool)
    for step in range(ngrams.length):
        found |= letters[heads.tokens[ngrams.at + step] & FORM]
    return found


def _coheres(
    heads: HeadTexts, words: Int64Array, ngrams: NGrams, shorter: Int64Array, singles: Int64Array
) -> Flags:
    """Whether each n-gram's edges cohere with the rest; ``shorter``: the heads of its parts."""
    if ngrams.length == 2:  # noqa: PLR2004 - the parts of a bigram are its syllables
        head, tail = (words[heads.tokens[ngrams.at + step] & FORM] for step in (0, 1))
        by_chance = singles[head] * singles[tail]
    else:
        first = singles[words[heads.tokens[ngrams.at] & FORM]] * shorter[ngrams.parts[1]]
        last = singles[words[heads.tokens[ngrams.at + ngrams.length - 1] & FORM]] * shorter[ngrams.parts[0]]
        by_chance = np.maximum(first, last)
    return np.asarray(2 * ngrams.articles * len(heads.ids) >= by_chance)


def _without_parts(levels: list[NGrams], offered: list[Flags]) -> list[Flags]:
    """The offered n-grams without those that are parts of longer ones; evaluated from the longest down."""
    chosen: list[Flags] = []
    accepted: Flags = np.zeros(0, bool)
    longer: NGrams | None = None
    for ngrams, wanted in zip(reversed(levels), reversed(offered), strict=True):
        most = np.zeros(len(ngrams.at), np.int64)
        if longer is not None:
            for part in longer.parts:
                np.maximum.at(most, part[accepted], longer.articles[accepted])
        is_part = most >= _PART * ngrams.articles
        chosen.append(wanted & ~is_part)
        accepted, longer = wanted | is_part, ngrams
    return chosen[::-1]


def _joined(columns: list[npt.NDArray[np.int64]]) -> Int64Array:
    return np.concatenate([np.zeros(0, np.int64), *columns])
