"""Which number stands for a syllable, a word, or several of these in a row, in every segment and state?

The key of an item is 63 bits of a hash over its terms, and that of a term over its bytes. So what is counted
in two segments, or in a pinned state, is added up without a common table of terms. Two of a million items
share a key once in 18 million archives. forward.c computes the same.
"""

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray

Uint64Array = npt.NDArray[np.uint64]
Int64Array = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that its powers have inverses


def keys_of_terms(data: AnyArray, ends: AnyArray) -> Uint64Array:
    """The key of each of some terms, which are not empty.

    Args:
        data: their bytes, end to end.
        ends: where each ends.
    """
    stops = ends.astype(np.int64)
    firsts = np.concatenate([[0], stops[:-1]]) if len(stops) else stops
    return _scrambled(_hashes(data.astype(np.uint64) + np.uint64(1), firsts, stops))


def keys_of_runs(terms: Uint64Array, firsts: Int64Array, stops: Int64Array) -> Int64Array:
    """The keys of items, given as runs in a text of the keys of terms."""
    return final_keys(_hashes(terms, firsts, stops))


def final_keys(hashes: Uint64Array) -> Int64Array:
    """The keys of items, by their hashes; that of an item of one term is the key of the term."""
    return (_scrambled(hashes) >> np.uint64(1)).astype(np.int64)


def _hashes(values: Uint64Array, firsts: Int64Array, stops: Int64Array) -> Uint64Array:
    """Of each run v₁ … vₙ the sum of vᵢ · BASE ** (n − i), in 64 bits."""
    with np.errstate(over="ignore"):
        down = _powers(len(values), pow(_BASE, -1, 1 << 64))
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values * down, dtype=np.uint64)])
        hashes: Uint64Array = (sums[stops] - sums[firsts]) * _powers(len(values), _BASE)[stops - 1]
    return hashes


def _powers(count: int, base: int) -> Uint64Array:
    steps = np.full(count, base, np.uint64)
    steps[:1] = 1
    powers: Uint64Array = np.cumprod(steps, dtype=np.uint64)
    return powers


def _scrambled(values: Uint64Array) -> Uint64Array:
    """SplitMix64's last steps: a bijection in which each bit depends on every bit."""
    with np.errstate(over="ignore"):
        values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    scrambled: Uint64Array = values ^ values >> np.uint64(31)
    return scrambled
