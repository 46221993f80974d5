r"""How much more often does an item stand here than elsewhere? Measures of a table of two by two counts.

    =====  ==================  ==================
    .      the item            every other item
    =====  ==================  ==================
    here   ``a``               ``b``
    there  ``c``               ``d``
    =====  ==================  ==================

All take arrays of whole numbers from 0 and give float64. A sum of cells is below 3·10⁹, so that products of
two sums stay within 63 bits.
"""

import numpy as np
import numpy.typing as npt

from indexer.counting import Int64Array

Floats = npt.NDArray[np.float64]

_ABSENT = 0.5
"""What stands for a frequency of 0 in a ratio, which has none (Hardie 2014)."""

_NEAR = 0.1
"""Below it, (1 + x)·ln(1 + x) − x loses digits, and a series takes its place."""

_SERIES = [(-1) ** k / (k * (k - 1)) for k in range(18, 1, -1)]
"""Coefficients of x¹⁸ to x² of (1 + x)·ln(1 + x) − x."""


def log_likelihood(a: Int64Array, b: Int64Array, c: Int64Array, d: Int64Array) -> Floats:
    """Signed log-likelihood: G² = 2 Σ O·ln(O / E) over the four cells; negative where ``a`` is below E.

    E of a cell is the sum of its row times the sum of its column, divided by the sum of all; a cell of 0 adds
    nothing. Source: T. Dunning (1993), "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19(1), 61-74.

    Each cell differs from its E by the same δ, which whole numbers give exactly; since the four differences
    add up to 0, Σ O·ln(O / E) is Σ E·h(δ / E) with h(x) = (1 + x)·ln(1 + x) − x, whose terms are never
    negative: nothing cancels, however little the cells differ from what is expected.
    """
    a, b, c, d = (np.asarray(cell, np.int64) for cell in (a, b, c, d))
    total = a + b + c + d
    whole = np.maximum(total, 1).astype(np.float64)
    delta = (a * d - b * c) / whole
    parts = [
        _deviation((row * column) / whole, sign * delta)
        for row, column, sign in (
            (a + b, a + c, 1),
            (a + b, b + d, -1),
            (c + d, a + c, -1),
            (c + d, b + d, 1),
        )
    ]
    g2: Floats = np.copysign(2 * np.sum(parts, axis=0), delta)
    return g2 + 0.0  # no negative zero


def _deviation(expected: Floats, delta: Floats) -> Floats:
    """E·h(δ / E); 0 where nothing is expected, for nothing is there then."""
    x = np.divide(delta, expected, out=np.zeros_like(expected), where=expected > 0)
    x = np.maximum(x, -1.0)
    grown = 1 + x
    far = grown * np.log(np.where(grown > 0, grown, 1.0)) - x
    near: Floats = np.polyval(_SERIES, np.clip(x, -_NEAR, _NEAR)) * x * x
    h: Floats = np.where(np.abs(x) < _NEAR, near, far)
    return expected * h


def log_dice(together: Int64Array, first: Int64Array, second: Int64Array) -> Floats:
    """Rychlý's logDice: 14 + log₂(2·f_xy / (f_x + f_y)); not a number where nothing is counted.

    Source: P. Rychlý (2008), "A lexicographer-friendly association score", RASLAN 2008, 6-9.

    Args:
        together: f_xy.
        first, second: f_x and f_y.
    """
    both = np.asarray(first, np.int64) + np.asarray(second, np.int64)
    together = np.asarray(together, np.int64)
    is_there = (both > 0) & (together > 0)
    ratio = 2 * np.where(is_there, together, 1) / np.where(is_there, both, 1)
    return np.where(is_there, 14 + np.log2(ratio), np.nan)


def log_ratio(a: Int64Array, here: Int64Array, c: Int64Array, there: Int64Array) -> Floats:
    """Log ratio = log₂((a / here) / (c / there)): how many times doubled the relative frequency is.

    0.5 stands for an ``a`` or a ``c`` of 0; not a number where here or there is nothing at all. Source: A.
    Hardie (2014), "Log Ratio: an informal introduction", ESRC Centre for Corpus Approaches to Social Science.

    Args:
        a, c: how often the item stands here and there.
        here, there: how many items stand here and there.
    """
    a, here, c, there = (np.asarray(one, np.int64) for one in (a, here, c, there))
    is_there = (here > 0) & (there > 0)
    relative = np.where(a > 0, a, _ABSENT) / np.where(is_there, here, 1)
    other = np.where(c > 0, c, _ABSENT) / np.where(is_there, there, 1)
    return np.where(is_there, np.log2(relative / other), np.nan)
