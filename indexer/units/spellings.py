"""Which terms are one spelling? Those that are one word: hoà and hòa, kỹ and kĩ.

Spellings are sorted by reading key and then by word, so that all readings of a syllable typed without marks
are consecutive. Numbers of spellings depend on the set of terms alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text.readings import reading_key, same_spelling
from indexer.units.table import hash_rows

Int64Array = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spellings:
    """The S spellings of some terms.

    Attributes:
        words: the key of each, as ``same_spelling`` gives it, in their order.
        keys: the reading key of each, ascending.
        numbers: by word.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    numbers: dict[str, int]

    def of_terms(self, terms: Sequence[str]) -> Int64Array:
        """The number of each term's spelling; -1 where it is none of these."""
        return np.fromiter(
            (self.numbers.get(same_spelling(term), -1) for term in terms), np.int64, len(terms)
        )


def number_spellings(terms: Sequence[str]) -> Spellings:
    """The spellings of the terms."""
    pairs = sorted((reading_key(word), word) for word in set(map(same_spelling, terms)))
    words = tuple(word for _, word in pairs)
    return Spellings(
        words, tuple(key for key, _ in pairs), {word: number for number, word in enumerate(words)}
    )


def sum_rows(rows: Int64Array, counts: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Distinct rows (M, L) in lexicographic order with the sums of their counts (M,)."""
    if not len(rows):
        return rows, counts
    order = np.lexsort(rows.T[::-1]) if rows.shape[1] > 1 else np.argsort(rows[:, 0], kind="stable")
    rows = rows[order]
    opens = np.flatnonzero(np.append([True], (rows[1:] != rows[:-1]).any(axis=1)))
    return rows[opens], np.add.reduceat(counts[order], opens)


def look_up_rows(rows: Int64Array, values: Int64Array, wanted: Int64Array) -> Int64Array:
    """The values of the wanted rows (M, L) among distinct rows (N, L); 0 where there is none: (M,)."""
    if not len(rows):
        return np.zeros(len(wanted), np.int64)
    hashes = hash_rows(rows)
    order = np.argsort(hashes, kind="stable")
    keys = hash_rows(wanted)
    places = order[np.minimum(np.searchsorted(hashes, keys, sorter=order), len(order) - 1)]
    return np.where(hashes[places] == keys, values[places], 0)
