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

KEY_BITS = 63
"""Bits of a key that is not negative, at most."""


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


def find_distinct(ascending: Int64Array) -> Int64Array:
    """Where each distinct key begins among keys that ascend."""
    begins = np.ones(len(ascending), np.bool_)
    begins[1:] = ascending[1:] != ascending[:-1]
    return np.flatnonzero(begins)


def order_rows(rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The stable lexicographic order of rows (N, L) from 0 on, and where in it each distinct one begins."""
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    bits = int(rows.max()).bit_length()
    if rows.shape[1] * bits > KEY_BITS:
        order = np.lexsort(rows.T[::-1])
        ordered = rows[order]
        return order, np.flatnonzero(np.append([True], (ordered[1:] != ordered[:-1]).any(axis=1)))
    keys = rows[:, 0].astype(np.int64)
    for column in rows.T[1:]:
        keys = keys << bits | column
    order, keys = _sort(keys)
    return order, find_distinct(keys)


def _sort(keys: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The stable order of keys from 0 on, and the keys in it.

    Sorting numbers takes a fifth of the time of sorting places by them, so each key is sorted together with
    its place where both have room.
    """
    bits = len(keys).bit_length()
    if int(keys.max()).bit_length() + bits > KEY_BITS:
        order = np.argsort(keys, kind="stable")
        return order, keys[order]
    placed = keys << bits | np.arange(len(keys))
    placed.sort()
    return placed & ((1 << bits) - 1), placed >> bits


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
    keys = hash_rows(wanted)
    places = order[np.minimum(np.searchsorted(hashes, keys, sorter=order), len(order) - 1)]
    return np.where(hashes[places] == keys, values[places], 0)
