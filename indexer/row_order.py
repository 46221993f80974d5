"""In which order do rows of small numbers come, and where does each distinct one begin?"""

import numpy as np
import numpy.typing as npt

Int64Array = npt.NDArray[np.int64]

KEY_BITS = 63
"""Bits of a key that is not negative, at most."""


def find_distinct(keys: Int64Array) -> Int64Array:
    """Where a key differs from the one before it: among keys that ascend, where each distinct one begins."""
    begins = np.ones(len(keys), np.bool_)
    begins[1:] = keys[1:] != keys[:-1]
    return np.flatnonzero(begins)


def order_rows(rows: npt.NDArray[np.integer]) -> tuple[Int64Array, Int64Array]:
    """The stable lexicographic order of rows (N, L) from 0 on, and where in it each distinct one begins."""
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys = _pack(rows)
    if len(keys) == 1:
        order, ordered = _sort(keys[0])
        return order, find_distinct(ordered)
    order = np.lexsort(keys[::-1])
    begins = np.zeros(len(order), np.bool_)
    for key in keys:
        begins[find_distinct(key[order])] = True
    return order, np.flatnonzero(begins)


def _pack(rows: npt.NDArray[np.integer]) -> list[Int64Array]:
    """The rows as few keys each, the weightiest first: several columns share one."""
    bits = max(1, int(rows.max()).bit_length())
    columns = KEY_BITS // bits
    keys = []
    for first in range(0, rows.shape[1], columns):
        key = np.zeros(len(rows), np.int64)
        for column in range(first, min(first + columns, rows.shape[1])):
            key = key << bits | rows[:, column]
        keys.append(key)
    return keys


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
