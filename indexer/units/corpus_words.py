"""How often is each run of spellings a word, and how often do its syllables stand side by side?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.row_order import Int64Array, order_rows
from indexer.units.spellings import Spellings, look_up, number_spellings, sum_rows
from indexer.units.table import LONGEST
from indexer.word_counts import WordCounts

LEAST_COUNT = 5
"""From so often on, a run that was cut as one word is a word of the corpus."""

LEAST_SHARE = 0.3
"""In this share of the places where its syllables stand side by side, at least, a word was cut as one."""

COMMON_COUNT, COMMON_SHARE = 200, 0.1
"""What is cut as one word so often is one in a smaller share too: "bảo an", beside "đảm bảo an toàn".

With these, and without, cuts agree with underthesea's equally well (F .966 with marks, .950 without).
"""

MISPRINT_SHARE = 0.01
"""Two neighbours that are printed with these marks in less than this share of their places are a misprint."""

_LOW = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Runs:
    """N runs of L spellings.

    Attributes:
        rows: int64 (N, L), in lexicographic order.
        counts: int64 (N,); how often it is one word.
        places: int64 (N,); how often its syllables stand side by side; from three syllables on, at most: the
            least of its pairs.
    """

    rows: Int64Array
    counts: Int64Array
    places: Int64Array

    def chosen(self, kept: npt.NDArray[np.bool_]) -> "Runs":
        """Some of the runs."""
        return Runs(self.rows[kept], self.counts[kept], self.places[kept])


@dataclass(frozen=True, slots=True)
class CorpusWords:
    """The counts of a corpus, by spelling instead of term.

    Attributes:
        forms: of each spelling, the term with which it is written most often.
        single: int64 (S,); how often each spelling is a word by itself.
        places: int64 (S,); how often it stands anywhere, in words of at most LONGEST syllables.
        total: words of the corpus, with repetitions.
        pair_keys: int64 (P,): first << 32 | second, ascending.
        pair_counts: int64 (P,).
        words: by number of syllables, from 2 to LONGEST.
    """

    spellings: Spellings
    forms: tuple[str, ...]
    single: Int64Array
    places: Int64Array
    total: int
    pair_keys: Int64Array
    pair_counts: Int64Array
    words: Mapping[int, Runs]

    def pairs(self, firsts: Int64Array, seconds: Int64Array) -> Int64Array:
        """How often each second spelling follows each first: int64 (N,); 0 where one is -1."""
        keys = firsts << 32 | (seconds & _LOW)
        return look_up(self.pair_keys, self.pair_counts, keys)


def read_words(counts: WordCounts) -> CorpusWords:
    """The words of the counts, spellings put together; those past LONGEST syllables are only in the total."""
    spellings = number_spellings(counts.terms)
    numbers = spellings.of_terms(counts.terms)
    occurrences = np.zeros(len(numbers), np.int64)
    for length, cut in counts.words.items():
        for place in range(length):
            np.add.at(occurrences, cut.rows[:, place], cut.counts)
    single = np.zeros(len(spellings.words), np.int64)
    if 1 in counts.words:
        np.add.at(single, numbers[counts.words[1].rows[:, 0]], counts.words[1].counts)
    keys = counts.pairs.keys
    pairs, pair_counts = sum_rows(
        np.stack([numbers[keys >> 32], numbers[keys & _LOW]], axis=1), counts.pairs.counts
    )
    corpus = CorpusWords(
        spellings,
        _commonest_forms(counts.terms, numbers, occurrences, len(spellings.words)),
        single,
        np.bincount(numbers, occurrences, len(spellings.words)).astype(np.int64),
        max(1, sum(int(words.counts.sum()) for words in counts.words.values())),
        pairs[:, 0] << 32 | pairs[:, 1],
        pair_counts,
        {},
    )
    words = {
        length: _runs(corpus, *sum_rows(numbers[counts.words[length].rows], counts.words[length].counts))
        for length in range(2, LONGEST + 1)
        if length in counts.words and len(counts.words[length].rows)
    }
    return replace(corpus, words=words)


def choose_words(corpus: CorpusWords) -> dict[int, Runs]:
    """The runs that are words of the corpus, by their number of syllables."""
    misprinted = replace(corpus, pair_counts=_misprinted_pairs(corpus).astype(np.int64))
    return {
        length: runs.chosen(
            (runs.counts >= LEAST_COUNT)
            & (runs.counts >= np.where(runs.counts < COMMON_COUNT, LEAST_SHARE, COMMON_SHARE) * runs.places)
            & ((length == 2) | ~_holds_pair(misprinted, runs.rows))  # noqa: PLR2004 - a pair is read as the commoner
        )
        for length, runs in corpus.words.items()
    }


def _misprinted_pairs(corpus: CorpusWords) -> npt.NDArray[np.bool_]:
    """Whether each pair of the corpus mostly has other marks, as "vinh hạ" for "vịnh Hạ": (P,)."""
    changes = [first != second for first, second in pairwise(corpus.spellings.keys)]
    keys = np.cumsum([0, *changes], dtype=np.int64)
    order, opens = order_rows(np.stack([keys[corpus.pair_keys >> 32], keys[corpus.pair_keys & _LOW]], axis=1))
    misprinted = np.zeros(len(order), np.bool_)
    if len(order):
        counts = corpus.pair_counts[order]
        alike = np.repeat(np.add.reduceat(counts, opens), np.diff(np.append(opens, len(order))))
        misprinted[order] = counts < MISPRINT_SHARE * alike
    return misprinted


def _holds_pair(chosen: CorpusWords, rows: Int64Array) -> npt.NDArray[np.bool_]:
    """Whether each run (N, L) has a pair whose count is not 0: (N,)."""
    holds = np.zeros(len(rows), np.bool_)
    for place in range(rows.shape[1] - 1):
        holds |= chosen.pairs(rows[:, place], rows[:, place + 1]) > 0
    return holds


def _runs(corpus: CorpusWords, columns: Int64Array, counts: Int64Array) -> Runs:
    places = np.stack(
        [corpus.pairs(columns[:, place], columns[:, place + 1]) for place in range(columns.shape[1] - 1)]
    ).min(axis=0)
    return Runs(columns, counts, np.maximum(places, counts))


def _commonest_forms(
    terms: tuple[str, ...], numbers: Int64Array, occurrences: Int64Array, count: int
) -> tuple[str, ...]:
    """For each spelling its commonest term; of equally common ones the first."""
    forms = np.zeros(count, np.int64)
    order = np.lexsort((-np.arange(len(numbers)), occurrences))
    forms[numbers[order]] = order
    return tuple(terms[form] for form in forms.tolist())
