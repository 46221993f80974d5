"""The measures are what others compute: SciPy, NLTK, and decimals of fifty digits."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2_contingency

from indexer.counting import Int64Array
from search_app.answer.counting.measures import log_dice, log_likelihood, log_ratio

CLOSE = 1e-9
NOISE = 1e-14
"""What a sum of terms as great as the whole table loses, which SciPy and NLTK form, by its whole."""

cells = st.integers(0, 12) | st.integers(0, 3_000) | st.integers(0, 60_000_000)
tables = st.tuples(cells, cells, cells, cells)


def one(number: int) -> Int64Array:
    return np.array([number], np.int64)


def measured(table: tuple[int, int, int, int]) -> float:
    return float(log_likelihood(*map(one, table))[0])


def exact(table: tuple[int, int, int, int]) -> Decimal:
    """G² as it is defined, in fifty digits."""
    a, b, c, d = table
    total = a + b + c + d
    with localcontext() as context:
        context.prec = 50
        parts = [
            cell * (Decimal(cell) * total / (Decimal(row) * column)).ln()
            for cell, row, column in (
                (a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)
            )
            if cell
        ]  # fmt: skip
        return 2 * sum(parts, Decimal(0))


def has_margins(table: tuple[int, int, int, int]) -> bool:
    a, b, c, d = table
    return min(a + b, c + d, a + c, b + d) > 0


@given(tables)
@settings(max_examples=500)
def test_log_likelihood_is_what_its_formula_says(table: tuple[int, int, int, int]) -> None:
    assert abs(measured(table)) == pytest.approx(float(exact(table)), rel=1e-12, abs=1e-300)


@given(tables)
@settings(max_examples=300)
def test_log_likelihood_is_scipys(table: tuple[int, int, int, int]) -> None:
    assume(has_margins(table))
    a, b, c, d = table
    found = chi2_contingency([[a, b], [c, d]], lambda_="log-likelihood", correction=False).statistic
    assert abs(measured(table)) == pytest.approx(found, rel=CLOSE, abs=NOISE * sum(table))


@given(tables)
@settings(max_examples=300)
def test_log_likelihood_is_nltks(table: tuple[int, int, int, int]) -> None:
    """NLTK takes f_xy, f_x, f_y and N; of a table without a margin it computes nothing of use."""
    assume(has_margins(table))
    a, b, c, d = table
    found = BigramAssocMeasures.likelihood_ratio(a, (a + b, a + c), a + b + c + d)
    assert abs(measured(table)) == pytest.approx(found, rel=CLOSE, abs=NOISE * sum(table))


@given(tables)
def test_its_sign_says_whether_there_is_more_than_expected(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    assert np.sign(measured(table)) == np.sign(a * d - b * c)


@given(st.lists(tables, max_size=5))
def test_measures_take_arrays(some: list[tuple[int, int, int, int]]) -> None:
    columns = np.array(some, np.int64).reshape(-1, 4).T
    assert log_likelihood(*columns).tolist() == [measured(table) for table in some]


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(1, 10**7))
def test_log_dice_is_rychlys(together: int, first: int, second: int) -> None:
    expected = 14 + math.log2(2 * together / (first + second))
    assert log_dice(one(together), one(first), one(second))[0] == pytest.approx(expected, rel=1e-12)


def test_log_dice_has_rychlys_fixed_points() -> None:
    """14 where all stand together; one less where both are twice as frequent; nothing of nothing."""
    found = log_dice(np.array([10, 10, 0]), np.array([10, 20, 5]), np.array([10, 20, 5]))
    assert found[:2].tolist() == [14.0, 13.0]
    assert np.isnan(found[2])


@given(cells, st.integers(1, 10**8), cells, st.integers(1, 10**8))
def test_log_ratio_is_hardies(a: int, here: int, c: int, there: int) -> None:
    expected = math.log2(((a or 0.5) / here) / ((c or 0.5) / there))
    assert log_ratio(one(a), one(here), one(c), one(there))[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_log_ratio_counts_doublings_and_has_none_without_text() -> None:
    found = log_ratio(
        np.array([8, 1, 3]), np.array([100, 100, 100]), np.array([2, 0, 3]), np.array([100, 100, 0])
    )
    assert found[:2].tolist() == [2.0, 1.0]
    assert np.isnan(found[2])
