"""Which runs of syllables are names? Those that many headlines print in capitals.

A run of two to four syllables with capitals counts where no capital stands directly before or behind it, it
does not open a sentence, the text is not all in capitals, and words begin and end at its edges: "Bộ Công" of
"Bộ Công thương" does not count. It is a name where that is so in ``least_name_heads`` heads, or in
three and it was cut as one word too; where capitals are the rule for it, not the exception; and where it is
not two names side by side, as "Mỹ Donald Trump" is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.row_order import Int64Array
from indexer.units.corpus_words import LEAST_COUNT, CorpusWords
from indexer.units.head_words import Flags, HeadSyllables, count_articles
from indexer.units.spellings import look_up
from indexer.units.table import hash_rows

LONGEST_NAME = 4
_MOST, _FEWEST, _ARTICLES_A_STEP = 20, 3, 5_000
_ALONE, _OFTEN = 5, 3


@dataclass(frozen=True, slots=True)
class NameRows:
    """N names of L syllables.

    Attributes:
        rows: int64 (N, L) spellings, in lexicographic order.
        heads: int64 (N,); the heads with the name in capitals.
    """

    rows: Int64Array
    heads: Int64Array


def least_name_heads(articles: int) -> int:
    """The least number of heads that print a name in capitals, in a corpus of so many articles.

    >>> [least_name_heads(count) for count in (63, 10_000, 50_000, 127_000)]
    [3, 3, 10, 20]
    """
    return min(_MOST, max(_FEWEST, articles // _ARTICLES_A_STEP))


@dataclass(frozen=True, slots=True)
class _CapitalRuns:
    """Runs of capitals (R): where they begin, their lengths, and in how many heads the like of each is.

    Attributes:
        hashes: uint64 (R,); of the whole run.
    """

    starts: Int64Array
    lengths: Int64Array
    hashes: npt.NDArray[np.uint64]
    heads: Int64Array


@dataclass(frozen=True, slots=True)
class _HashedCounts:
    """Counts of runs (N,) by their hashes, which ascend."""

    hashes: npt.NDArray[np.uint64]
    counts: Int64Array

    def of(self, rows: Int64Array) -> Int64Array:
        """The count of each run (M, L); 0 where there is none: (M,)."""
        return look_up(self.hashes, self.counts, hash_rows(rows))


def choose_names(corpus: CorpusWords, heads: HeadSyllables) -> dict[int, NameRows]:
    """The names of the heads, by their number of syllables."""
    runs = _capital_runs(heads)
    often = _HashedCounts(runs.hashes, runs.heads)
    cut = _hash_words(corpus)
    return {length: _names(heads, runs, often, cut, length) for length in range(2, LONGEST_NAME + 1)}


def _capital_runs(heads: HeadSyllables) -> _CapitalRuns:
    """The distinct runs of 1 to LONGEST_NAME capitals that do not open a sentence and cut no word."""
    named = heads.capital & ~heads.short & (heads.spellings >= 0)
    goes_on = named & heads.follows
    goes_on[1:] &= named[:-1]
    starts = np.flatnonzero(named & ~goes_on)
    lengths = np.diff(np.append(np.cumsum(named)[starts] - 1, int(named.sum())))
    opens = np.add.reduceat((heads.opens & named).astype(np.int64), starts) if len(starts) else starts
    begins = np.append(heads.begins, [True])
    whole = (opens == 0) & (lengths <= LONGEST_NAME) & begins[starts] & begins[starts + lengths]
    starts, lengths = starts[whole], lengths[whole]
    hashes = np.zeros(len(starts), np.uint64)
    for length in range(1, LONGEST_NAME + 1):
        here = np.flatnonzero(lengths == length)
        hashes[here] = hash_rows(_rows(heads, starts[here], length))
    distinct, at, group = np.unique(hashes, return_index=True, return_inverse=True)
    _, counts = count_articles(group, heads.articles[starts])
    return _CapitalRuns(starts[at], lengths[at], distinct, counts)


def _rows(heads: HeadSyllables, starts: Int64Array, length: int) -> Int64Array:
    """The spellings of the syllables from each start on: int64 (N, length)."""
    rows: Int64Array = heads.spellings[starts[:, None] + np.arange(length)]
    return rows


def _names(
    heads: HeadSyllables, runs: _CapitalRuns, often: _HashedCounts, cut: _HashedCounts, length: int
) -> NameRows:
    here = np.flatnonzero((runs.lengths == length) & (runs.heads >= _FEWEST))
    is_cut = cut.of(_rows(heads, runs.starts[here], length)) >= LEAST_COUNT
    here = here[is_cut | (runs.heads[here] >= least_name_heads(heads.count))]
    rows, counts, hashes = _rows(heads, runs.starts[here], length), runs.heads[here], runs.hashes[here]
    kept = _are_capital(heads, rows, hashes) & ~_two_names(rows, counts, often, cut)
    order = np.lexsort(rows[kept].T[::-1])
    return NameRows(rows[kept][order], counts[kept][order])


def _two_names(rows: Int64Array, counts: Int64Array, often: _HashedCounts, cut: _HashedCounts) -> Flags:
    """Whether each run is two names side by side.

    Its beginning stands alone in far more heads than the run, and its end in as many heads; or its end, where
    it has several syllables, was cut as a word far more often than the run.
    """
    two = np.zeros(len(rows), np.bool_)
    whole = cut.of(rows)
    for split in range(1, rows.shape[1]):
        left, right = rows[:, :split], rows[:, split:]
        follows = often.of(right) >= counts
        if right.shape[1] > 1:
            follows |= cut.of(right) >= _OFTEN * np.maximum(whole, 1)
        two |= (often.of(left) >= _ALONE * counts) & follows
    return two


def _hash_words(corpus: CorpusWords) -> _HashedCounts:
    """How often each run of two syllables or more was cut as one word."""
    words = [words for length, words in corpus.words.items() if length <= LONGEST_NAME]
    hashes = np.concatenate([np.zeros(0, np.uint64), *(hash_rows(runs.rows) for runs in words)])
    counts = np.concatenate([np.zeros(0, np.int64), *(runs.counts for runs in words)])
    order = np.argsort(hashes)
    return _HashedCounts(hashes[order], counts[order])


def _are_capital(heads: HeadSyllables, rows: Int64Array, hashes: npt.NDArray[np.uint64]) -> Flags:
    """Whether each run (N, L), by its hash, ascending, is in capitals at half of its places or more."""
    capital, other = np.zeros(len(hashes), np.int64), np.zeros(len(hashes), np.int64)
    starts = _places_of(heads, rows)
    here = hash_rows(_rows(heads, starts, rows.shape[1]))
    places = np.minimum(np.searchsorted(hashes, here), max(len(hashes) - 1, 0))
    same = hashes[places] == here if len(hashes) else np.zeros(0, np.bool_)
    starts, places = starts[same], places[same]
    named = np.ones(len(starts), np.bool_)
    told = np.ones(len(starts), np.bool_)
    for step in range(rows.shape[1]):
        named &= heads.capital[starts + step]
        told &= ~heads.opens[starts + step] & (heads.follows[starts + step] if step else True)
    np.add.at(capital, places[named & told], 1)
    np.add.at(other, places[~named & told], 1)
    return capital >= other


def _places_of(heads: HeadSyllables, rows: Int64Array) -> Int64Array:
    """The syllables at which a run may begin: its first two spellings are those of some run."""
    count = len(heads.spellings) - rows.shape[1] + 1
    if not len(rows) or count <= 0:
        return np.zeros(0, np.int64)
    most = int(heads.spellings.max()) + 1
    fits = np.ones(count, np.bool_)
    for step in (0, 1):
        used = np.zeros(most + 1, np.bool_)  # the last is that of no spelling, -1
        used[rows[:, step]] = True
        fits &= used[heads.spellings[step : step + count]]
    return np.flatnonzero(fits)
