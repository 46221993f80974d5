"""Which terms are one spelling? Those that are one word: hoà and hòa, kỹ and kĩ.

Spellings are sorted by reading key and then by word, so that all readings of a syllable typed without marks
are consecutive. Numbers of spellings depend on the set of terms alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.row_order import Int64Array, order_rows
from indexer.text.readings import reading_key, same_spelling
from indexer.units.table import hash_rows

Key = TypeVar("Key", np.int64, np.uint64)


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
    words = tuple(sorted(sorted(dict.fromkeys(map(same_spelling, terms))), key=reading_key))
    return Spellings(
        words, tuple(map(reading_key, words)), {word: number for number, word in enumerate(words)}
    )


def number_rows(rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Where each distinct row (N, L) is first, in lexicographic order: (M,); the number of each row: (N,)."""
    if rows.shape[1] == 1 and len(rows):  # spellings are few: no need to sort
        there = np.bincount(rows[:, 0]) > 0
        first = np.zeros(len(there), np.int64)
        first[rows[::-1, 0]] = np.arange(len(rows))[::-1]
        return first[there], (np.cumsum(there) - 1)[rows[:, 0]]
    order, opens = order_rows(rows)
    numbers = np.empty(len(rows), np.int64)
    numbers[order] = np.repeat(np.arange(len(opens)), np.diff(np.append(opens, len(rows))))
    return order[opens], numbers


def sum_rows(rows: Int64Array, counts: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Distinct rows (M, L) in lexicographic order with the sums of their counts (M,)."""
    if not len(rows):
        return rows, counts
    order, opens = order_rows(rows)
    return rows[order[opens]], np.add.reduceat(counts[order], opens)


def look_up_rows(rows: Int64Array, values: Int64Array, wanted: Int64Array) -> Int64Array:
    """The values of the wanted rows (M, L) among distinct rows (N, L); 0 where there is none: (M,)."""
    if not len(rows):
        return np.zeros(len(wanted), np.int64)
    hashes = hash_rows(rows)
    order = np.argsort(hashes, kind="stable")
    return look_up(hashes[order], values[order], hash_rows(wanted))


def look_up(ascending: npt.NDArray[Key], values: Int64Array, wanted: npt.NDArray[Key]) -> Int64Array:
    """The values of the wanted keys among distinct ones that ascend; 0 where there is none."""
    if not len(ascending):
        return np.zeros(len(wanted), np.int64)
    places = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return np.where(ascending[places] == wanted, values[places], 0)
