"""How often is each run of syllables one word, and which stand side by side? The corpus's own counts.

They are exact for one state of an index: a table of units is made of them, and the same articles must make
the same table, in whatever order they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.row_order import Int64Array, order_rows

LONGEST_WORD = 6
"""Syllables of a word that is counted, at most; longer ones are mostly glued text."""

Int32Array = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class WordRows:
    """N words of L syllables each.

    Attributes:
        rows: int32 (N, L): the numbers of the terms of each word, in lexicographical order.
        counts: int64 (N,): how often each stands in the text, at least once.
    """

    rows: Int32Array
    counts: Int64Array


@dataclass(frozen=True, slots=True)
class PairCounts:
    """N pairs of terms that stand side by side in a paragraph.

    Attributes:
        keys: int64 (N,): number of the first term << 32 | number of the second, ascending.
        counts: int64 (N,): how often, at least once.
    """

    keys: Int64Array
    counts: Int64Array


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The exact counts of one state of an index, over the text of its articles (Field.TEXT).

    Attributes:
        terms: the terms of the text, ascending; the index of a term is its number.
        words: for 1 to LONGEST_WORD syllables, the words of so many, as they were cut (indexer.places).
        pairs: neighbours within a paragraph, whether or not a word goes on between them.
    """

    terms: tuple[str, ...]
    words: Mapping[int, WordRows]
    pairs: PairCounts


def sum_word_rows(parts: Sequence[WordRows]) -> WordRows:
    """The sum of several counts of words of one length, in any order and with repeats.

    Words whose counts sum to 0 are left out, so that counts can be subtracted as negative ones.
    """
    rows = np.concatenate([part.rows for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    if not len(rows):
        return WordRows(rows, counts)
    order, opens = order_rows(rows)
    sums = np.add.reduceat(counts[order], opens)
    stands = sums > 0
    return WordRows(rows[order[opens[stands]]], sums[stands])


def sum_pair_counts(parts: Sequence[PairCounts]) -> PairCounts:
    """The sum of several counts of pairs; pairs whose counts sum to 0 are left out."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")  # sorted runs: a merge
    keys = keys[order]
    opens = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(opens):
        return PairCounts(keys, np.empty(0, np.int64))
    counts = np.add.reduceat(np.concatenate([part.counts for part in parts])[order], opens)
    stands = counts > 0
    return PairCounts(keys[opens][stands], counts[stands])


def no_words(length: int) -> WordRows:
    """No words of so many syllables."""
    return WordRows(np.empty((0, length), np.int32), np.empty(0, np.int64))
