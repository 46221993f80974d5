"""How often is each run of spellings a word, and how often do its syllables stand side by side?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.units.counts import WordCounts
from indexer.units.spellings import Int64Array, Spellings, number_spellings, sum_rows
from indexer.units.table import LONGEST

LEAST_COUNT = 5
"""From so often on, a run that was cut as one word is a word of the corpus."""

LEAST_SHARE = 0.3
"""In this share of the places where its syllables stand side by side, at least, a word was cut as one."""

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
        total: words of the corpus, with repetitions.
        pair_keys: int64 (P,): first << 32 | second, ascending.
        pair_counts: int64 (P,).
        words: by number of syllables, from 2 to LONGEST.
    """

    spellings: Spellings
    forms: tuple[str, ...]
    single: Int64Array
    total: int
    pair_keys: Int64Array
    pair_counts: Int64Array
    words: Mapping[int, Runs]

    def pairs(self, firsts: Int64Array, seconds: Int64Array) -> Int64Array:
        """How often each second spelling follows each first: int64 (N,); 0 where one is -1."""
        keys = firsts << 32 | (seconds & _LOW)
        places = np.searchsorted(self.pair_keys, keys)
        places[places == len(self.pair_keys)] = 0
        if not len(self.pair_keys):
            return np.zeros(len(keys), np.int64)
        return np.where(self.pair_keys[places] == keys, self.pair_counts[places], 0)


def read_words(counts: WordCounts) -> CorpusWords:
    """The words of the counts, spellings put together; those past LONGEST syllables are only in the total."""
    spellings = number_spellings(counts.terms)
    numbers = spellings.of_terms(counts.terms)
    keys = counts.pairs.keys
    pairs = np.stack([numbers[keys >> 32], numbers[keys & _LOW]], axis=1)
    occurrences = np.bincount(keys >> 32, counts.pairs.counts, len(numbers)).astype(np.int64)
    rows, summed = sum_rows(pairs, counts.pairs.counts)
    single = np.zeros(len(spellings.words), np.int64)
    if 1 in counts.words:
        np.add.at(single, numbers[counts.words[1].rows[:, 0]], counts.words[1].counts)
        np.add.at(occurrences, counts.words[1].rows[:, 0], counts.words[1].counts)
    corpus = CorpusWords(
        spellings,
        _commonest_forms(counts.terms, numbers, occurrences, len(spellings.words)),
        single,
        max(1, sum(int(words.counts.sum()) for words in counts.words.values())),
        rows[:, 0] << 32 | rows[:, 1],
        summed,
        {},
    )
    words = {
        length: _runs(corpus, *sum_rows(numbers[counts.words[length].rows], counts.words[length].counts))
        for length in range(2, LONGEST + 1)
        if length in counts.words and len(counts.words[length].rows)
    }
    return CorpusWords(
        spellings, corpus.forms, single, corpus.total, corpus.pair_keys, corpus.pair_counts, words
    )


def choose_words(corpus: CorpusWords) -> dict[int, Runs]:
    """The runs that are words of the corpus, by their number of syllables."""
    return {
        length: runs.chosen((runs.counts >= LEAST_COUNT) & (runs.counts >= LEAST_SHARE * runs.places))
        for length, runs in corpus.words.items()
    }


def _runs(corpus: CorpusWords, rows: npt.NDArray[np.integer], counts: Int64Array) -> Runs:
    columns = rows.astype(np.int64)
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
