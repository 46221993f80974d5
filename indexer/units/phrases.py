"""Which two words are a set phrase, though no dictionary has it? Those that stand side by side far too often.

Two words of a head that stand side by side are a candidate where one of them is a single syllable and both
have at most four. They are a set phrase where all of these hold:

- they stand side by side in ``least_phrase_heads`` heads or more;
- in the corpus the second follows the first ``LEAST_LIFT`` times as often as by chance;
- of the heads that hold both words, a share of ``LEAST_SHARE`` or more has them side by side; where the first
  is a single syllable ``SINGLE_SHARE``, for it may be a verb, which other words part from its object;
- neither is a number, a word of ``data/function_words.txt``, or so common that it is in a
  ``MOST_COMMON`` share of the heads: "trên khán đài" stands together as firmly as "giá vàng", so that no
  association tells function words;
- neither is mostly printed in capitals, for a name keeps its own unit: "bão Hải Phòng" is two. Only of two
  single syllables the second may be, where the bond is closer still: "sông Hồng".
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from indexer.row_order import Int64Array, find_distinct
from indexer.text.readings import same_spelling
from indexer.units.corpus_words import CorpusWords
from indexer.units.head_words import Flags, HeadSyllables, count_articles
from indexer.units.spellings import look_up_rows, number_rows

LONGEST_PHRASE = 4
LEAST_LIFT, CAPITAL_LIFT = 60, 200
LEAST_SHARE, SINGLE_SHARE, CAPITAL_SHARE = 0.25, 0.5, 0.7
MOST_COMMON = 0.12
_MOST, _FEWEST, _ARTICLES_A_STEP = 8, 3, 10_000
_CAPITAL = 0.5
_FUNCTION_WORDS = Path(__file__).parent / "data" / "function_words.txt"


@dataclass(frozen=True, slots=True)
class PhraseRows:
    """N set phrases of L syllables.

    Attributes:
        rows: int64 (N, L) spellings, in lexicographic order.
        firsts: int64 (N,); the syllables of the first word.
        heads: int64 (N,); the heads in which the words stand side by side.
        both: int64 (N,); the heads that hold both words.
    """

    rows: Int64Array
    firsts: Int64Array
    heads: Int64Array
    both: Int64Array


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the heads (N), and the distinct ones (W).

    Attributes:
        starts: int64 (N,); the syllable with which each begins.
        lengths: int64 (N,); in syllables.
        numbers: int64 (N,); the number of the distinct word.
        first: int64 (W,); a place of each distinct word.
        heads: int64 (W,); the heads with it.
        capital: (W,); whether it is mostly printed with a capital.
        content: (W,); whether it may be in a set phrase.
    """

    starts: Int64Array
    lengths: Int64Array
    numbers: Int64Array
    first: Int64Array
    heads: Int64Array
    capital: Flags
    content: Flags


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of distinct words (M) with the number of heads in which they stand side by side."""

    left: Int64Array
    right: Int64Array
    heads: Int64Array

    def chosen(self, kept: Flags) -> "_Pairs":
        return _Pairs(self.left[kept], self.right[kept], self.heads[kept])


def least_phrase_heads(articles: int) -> int:
    """The least number of heads with a set phrase, in a corpus of so many articles.

    >>> [least_phrase_heads(count) for count in (63, 10_000, 50_000, 127_000)]
    [3, 3, 5, 8]
    """
    return min(_MOST, max(_FEWEST, articles // _ARTICLES_A_STEP))


def choose_set_phrases(corpus: CorpusWords, heads: HeadSyllables) -> dict[int, PhraseRows]:
    """The set phrases of the heads, by their number of syllables."""
    if not len(heads.spellings):
        return {}
    words = _words(corpus, heads)
    pairs = _neighbours(words, heads)
    lift = _lift(corpus, heads, words, pairs)
    firm = lift >= LEAST_LIFT
    pairs, lift = pairs.chosen(firm), lift[firm]
    both = _hold_both(words, pairs, heads)
    share = pairs.heads / np.maximum(both, 1)
    close = (lift >= CAPITAL_LIFT) & (share >= CAPITAL_SHARE)
    least = np.where(words.lengths[words.first[pairs.left]] == 1, SINGLE_SHARE, LEAST_SHARE)
    kept = (share >= least) & (close | ~words.capital[pairs.right])
    return _by_length(heads, words, pairs.chosen(kept), both[kept])


@cache
def function_words() -> frozenset[str]:
    """Words that no set phrase has, in one spelling."""
    _source, *lines = _FUNCTION_WORDS.read_text("utf-8").splitlines()
    return frozenset(same_spelling(word) for line in lines for word in line.split())


def _words(corpus: CorpusWords, heads: HeadSyllables) -> _Words:
    starts = np.flatnonzero(heads.begins)
    lengths = np.diff(np.append(starts, len(heads.begins)))
    first, numbers = _number_words(heads, starts, lengths)
    _, article_counts = count_articles(numbers, heads.articles[starts])
    told = ~heads.opens[starts]
    capital = np.bincount(numbers, told & heads.capital[starts], len(first))
    is_capital = capital >= _CAPITAL * np.maximum(np.bincount(numbers, told, len(first)), 1)
    single = lengths[first] == 1
    barred = [number for word, number in corpus.spellings.numbers.items() if word in function_words()]
    content = (
        ~heads.digit[starts[first]]
        & (lengths[first] < LONGEST_PHRASE)
        & ~(single & np.isin(heads.spellings[starts[first]], barred))
        & (article_counts <= max(MOST_COMMON * heads.count, 1))
        & (heads.spellings[starts[first]] >= 0)
    )
    return _Words(starts, lengths, numbers, first, article_counts, is_capital, content)


def _number_words(
    heads: HeadSyllables, starts: Int64Array, lengths: Int64Array
) -> tuple[Int64Array, Int64Array]:
    """A place of each distinct word (W,), and the number of each word (N,).

    Words that are too long, or have a syllable that the corpus's counts lack, are one word.
    """
    none = (lengths >= LONGEST_PHRASE) | np.logical_or.reduceat(heads.spellings < 0, starts)
    numbers = np.zeros(len(starts), np.int64)
    firsts: list[Int64Array] = []
    count = 0
    for length in range(1, LONGEST_PHRASE):
        here = np.flatnonzero((lengths == length) & ~none)
        rows = np.stack([heads.spellings[starts[here] + step] for step in range(length)], axis=1)
        first, numbers_here = number_rows(rows)
        numbers[here] = count + numbers_here
        firsts.append(here[first])
        count += len(first)
    numbers[none] = count
    return np.concatenate([*firsts, np.flatnonzero(none)[:1]]), numbers


def _neighbours(words: _Words, heads: HeadSyllables) -> _Pairs:
    """The pairs that can be a set phrase by their words, and stand side by side in heads enough."""
    left, right = words.numbers[:-1], words.numbers[1:]
    short, long = (function(words.lengths[:-1], words.lengths[1:]) for function in (np.minimum, np.maximum))
    fits = heads.follows[words.starts[1:]] & (short == 1) & (long < LONGEST_PHRASE)
    fits &= words.content[left] & words.content[right] & ~words.capital[left]
    fits &= ~words.capital[right] | (long == 1)
    count = len(words.first)
    distinct, counts = count_articles((left * count + right)[fits], heads.articles[words.starts[:-1]][fits])
    often = counts >= least_phrase_heads(heads.count)
    return _Pairs(distinct[often] // count, distinct[often] % count, counts[often])


def _lift(
    corpus: CorpusWords, heads: HeadSyllables, words: _Words, pairs: _Pairs
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """How many times as often as by chance the second word follows the first in the corpus: (M,)."""
    counts = _word_counts(corpus, heads, words)
    last = words.starts[words.first] + words.lengths[words.first] - 1
    ends, begins = heads.spellings[last[pairs.left]], heads.spellings[words.starts[words.first[pairs.right]]]
    within = _within(corpus, ends, begins)
    beside = np.maximum(corpus.pairs(ends, begins) - within, 0)
    by_chance = counts[pairs.left] * counts[pairs.right] / corpus.total
    lift: np.ndarray[tuple[int], np.dtype[np.float64]] = beside / np.maximum(by_chance, 1e-9)
    return lift


def _word_counts(corpus: CorpusWords, heads: HeadSyllables, words: _Words) -> Int64Array:
    """How often the corpus has each distinct word, at least once: (W,)."""
    counts = np.ones(len(words.first), np.int64)
    starts, lengths = words.starts[words.first], words.lengths[words.first]
    single = np.flatnonzero((lengths == 1) & (heads.spellings[starts] >= 0))
    counts[single] = corpus.single[heads.spellings[starts[single]]]
    for length, runs in corpus.words.items():
        here = np.flatnonzero(lengths == length)
        if len(here) and len(runs.rows):
            rows = np.stack([heads.spellings[starts[here] + step] for step in range(length)], axis=1)
            counts[here] = look_up_rows(runs.rows, runs.counts, rows)
    return np.maximum(counts, 1)


def _within(corpus: CorpusWords, firsts: Int64Array, seconds: Int64Array) -> Int64Array:
    """How often two syllables that stand side by side are one word: (M,)."""
    runs = corpus.words.get(2)
    if runs is None:
        return np.zeros(len(firsts), np.int64)
    return look_up_rows(runs.rows, runs.counts, np.stack([firsts, seconds], axis=1))


def _hold_both(words: _Words, pairs: _Pairs, heads: HeadSyllables) -> Int64Array:
    """The heads that hold both words of each pair: (M,)."""
    wanted = np.zeros(len(words.first), np.bool_)
    wanted[pairs.left] = wanted[pairs.right] = True
    here = np.flatnonzero(wanted[words.numbers])
    held = np.sort(words.numbers[here] * heads.count + heads.articles[words.starts[here]])
    held = held[find_distinct(held)]
    bounds = np.searchsorted(held, np.arange(len(words.first) + 1) * heads.count).tolist()
    articles = held % heads.count
    both = np.zeros(len(pairs.left), np.int64)
    marked, last = np.zeros(heads.count, np.bool_), -1
    for place, (left, right) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
        if left != last:
            marked[:] = False
            marked[articles[bounds[left] : bounds[left + 1]]] = True
            last = left
        both[place] = np.count_nonzero(marked[articles[bounds[right] : bounds[right + 1]]])
    return both


def _by_length(heads: HeadSyllables, words: _Words, pairs: _Pairs, both: Int64Array) -> dict[int, PhraseRows]:
    firsts = words.lengths[words.first[pairs.left]]
    lengths = firsts + words.lengths[words.first[pairs.right]]
    phrases = {}
    for length in range(2, LONGEST_PHRASE + 1):
        here = np.flatnonzero(lengths == length)
        rows = np.zeros((len(here), length), np.int64)
        for step in range(length):
            left = words.starts[words.first[pairs.left[here]]] + step
            right = words.starts[words.first[pairs.right[here]]] + step - firsts[here]
            rows[:, step] = heads.spellings[np.where(step < firsts[here], left, right)]
        order = np.lexsort(rows.T[::-1])
        phrases[length] = PhraseRows(
            rows[order], firsts[here][order], pairs.heads[here][order], both[here][order]
        )
    return phrases
