"""Which n-grams of syllables occur in many heads? Counted exactly, length by length, on arrays.

An n-gram can only be frequent where both its parts are (all but its last syllable, all but its first), so
each length looks only where the length before was frequent (the Apriori rule). The number of occurrences that
are sorted at once is bounded, whatever the size of the corpus.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.suggest.head_texts import (
    BEGINS,
    BREAK,
    FORM,
    JOINT,
    JOINT_SHIFT,
    OPENS,
    HeadTexts,
    Int64Array,
    Uint32Array,
)

SORTED_AT_ONCE = 4_000_000
"""Occurrences that are sorted together, at some 40 bytes each."""

_NONE = -1
_MIXERS = np.random.default_rng(2013).integers(1, 1 << 62, 8, np.uint64) * np.uint64(2) + np.uint64(1)

Groups = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NGrams:
    """R n-grams of one length.

    Attributes:
        length: in syllables.
        at: int64 (R,); the token index of an occurrence in the commonest printed form.
        articles: int64 (R,); the number of heads with it.
        whole: int64 (R,); the number of occurrences at whose edges words begin and end.
        words: int64 (R,); the number of those that are one word.
        places: int64 (R,); the number of occurrences.
        parts: int64 (2, R); the numbers of its two parts among the n-grams one shorter.
    """

    length: int
    at: Int64Array
    articles: Int64Array
    whole: Int64Array
    words: Int64Array
    places: Int64Array
    parts: Int64Array


@dataclass(frozen=True, slots=True)
class _Text:
    """All heads as columns with one row per syllable; ``begins`` has one further row, for the end."""

    tokens: Uint32Array
    article: npt.NDArray[np.int32]
    begins: Flags


def count_frequent_ngrams(heads: HeadTexts, words: Int64Array, least: int, longest: int) -> Iterator[NGrams]:
    """The n-grams of 2, 3, … ``longest`` syllables that occur in ``least`` heads or more.

    Args:
        words: int64 (F,); the number of each form's word: all forms of a word are counted as one.
    """
    if not len(heads.tokens):
        return
    joint = (heads.tokens >> JOINT_SHIFT) & JOINT
    begins = np.append((heads.tokens & BEGINS > 0) | (joint == BREAK), [True])
    text = _Text(heads.tokens, article_rows(heads), begins)
    groups = words[heads.tokens & FORM].astype(np.int32)
    follows = joint[1:] != BREAK
    for length in range(2, longest + 1):
        groups, ngrams = _longer(text, groups, follows, length, least)
        follows = np.ones(len(follows), bool)
        yield ngrams


def count_word_articles(heads: HeadTexts, words: Int64Array) -> Int64Array:
    """The number of heads that each word occurs in; int64 (W,)."""
    count = int(words.max(initial=-1)) + 1
    found = np.zeros(count, np.int64)
    articles = article_rows(heads)
    for start in range(0, len(articles), SORTED_AT_ONCE):
        # A slice may cut an article in two: its syllables before the cut are counted again, and subtracted.
        first = int(np.searchsorted(articles, articles[start]))
        for sign, begin, end in ((1, first, start + SORTED_AT_ONCE), (-1, first, start)):
            pairs = articles[begin:end].astype(np.int64) * count + words[heads.tokens[begin:end] & FORM]
            pairs.sort()
            found += sign * np.bincount(pairs[np.diff(pairs, prepend=-1) != 0] % count, minlength=count)
    return found


def article_rows(heads: HeadTexts) -> npt.NDArray[np.int32]:
    """The row of each syllable's article, ascending; int32 (S,)."""
    lengths = np.diff(heads.starts()).reshape(-1, 2).sum(axis=1)
    return np.repeat(np.arange(len(heads.ids), dtype=np.int32), lengths)


def _longer(text: _Text, groups: Groups, follows: Flags, length: int, least: int) -> tuple[Groups, NGrams]:
    """For each place the n-gram, one syllable longer than ``groups``, that begins there; the n-grams."""
    found = np.full(len(groups), _NONE, np.int32)
    longer = (groups[:-1] != _NONE) & (groups[1:] != _NONE) & follows
    size = int(groups.max()) + 1
    parts = max(1, -(-int(longer.sum()) // SORTED_AT_ONCE))
    part_of = (groups[:-1] % parts).astype(np.uint16)
    columns: list[tuple[Int64Array, ...]] = []
    count = 0
    for part in range(parts):
        here = np.flatnonzero(longer & (part_of == part))
        keys = groups[here].astype(np.int64) * size + groups[here + 1]
        order = np.argsort(keys, kind="stable")
        at, numbers, articles = _frequent(text, here[order], keys[order], least)
        found[at] = numbers + count
        edges = _edges(text, at, numbers, length, len(articles))
        columns.append((_commonest(text, at, numbers, length), articles, *edges))
        count += len(articles)
    at, articles, whole, as_words, everywhere = map(np.concatenate, zip(*columns, strict=True))
    parts_of = np.stack([groups[at], groups[at + 1]]).astype(np.int64)
    return found, NGrams(length, at, articles, whole, as_words, everywhere, parts_of)


def _edges(text: _Text, at: Int64Array, numbers: Int64Array, length: int, count: int) -> list[Int64Array]:
    """For each number, how many occurrences have word edges at both ends, are one word, are there at all."""
    whole = text.begins[at] & text.begins[at + length]
    word = whole.copy()
    for step in range(1, length):
        word &= ~text.begins[at + step]
    return [np.bincount(numbers[which], minlength=count) for which in (whole, word, slice(None))]


def _frequent(
    text: _Text, places: Int64Array, keys: Int64Array, least: int
) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Of places sorted by key: those of keys in ``least`` articles, their numbers; articles per number."""
    changes = np.diff(keys, prepend=-1) != 0
    new = changes | (np.diff(text.article[places], prepend=-1) != 0)
    numbers = np.cumsum(changes) - 1
    articles = np.bincount(numbers, new).astype(np.int64)
    frequent = articles >= least
    kept = frequent[numbers]
    renumbered = np.cumsum(frequent) - 1
    return places[kept], renumbered[numbers[kept]], articles[frequent]


def _commonest(text: _Text, at: Int64Array, numbers: Int64Array, length: int) -> Int64Array:
    """For each number the first place of its commonest printed form; forms inside sentences come first."""
    if not len(at):
        return at
    forms = (text.tokens[at] & np.uint32(FORM)).astype(np.uint64) * _MIXERS[0]
    for step in range(1, length):
        printed = text.tokens[at + step] & np.uint32(FORM | JOINT << JOINT_SHIFT)
        forms += printed.astype(np.uint64) * _MIXERS[step]
    order = np.lexsort((forms, numbers))
    of_form, of_number = forms[order], numbers[order]
    changes = np.append([True], (of_form[1:] != of_form[:-1]) | (of_number[1:] != of_number[:-1]))
    first = np.flatnonzero(changes)
    inside = (text.tokens[at[order]] & OPENS == 0).astype(np.int64)
    votes = np.add.reduceat(inside, first) * (len(at) + 1) + np.diff(first, append=len(at))
    # Of forms with equal votes, the one that was printed first.
    best = np.lexsort((at[order[first]], -votes, of_number[first]))
    winner = best[np.diff(of_number[first[best]], prepend=-1) != 0]
    return np.asarray(at[order[first[winner]]])
