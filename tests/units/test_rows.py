"""Rows of spellings are ordered, numbered, summed and counted as the plain way does it, also past 63 bits."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.row_order import Int64Array, order_rows
from indexer.units.head_words import count_articles
from indexer.units.spellings import look_up_rows, number_rows, sum_rows

_WIDE = 1 << 40
"""Two of these in one row have no room in 63 bits."""


@st.composite
def _rows(draw: st.DrawFn) -> Int64Array:
    most = draw(st.sampled_from([0, 2, 5, 60_000, 1 << 29, _WIDE]))
    length = draw(st.integers(1, 3)) if most < _WIDE else draw(st.integers(2, 3))
    row = st.tuples(*[st.sampled_from([0, most // 2, most])] * length)
    return np.array(draw(st.lists(row, max_size=12)), np.int64).reshape(-1, length)


def _tuples(rows: Int64Array) -> list[tuple[int, ...]]:
    return [tuple(row) for row in rows.tolist()]


@given(_rows())
def test_rows_are_ordered_stably_and_numbered(rows: Int64Array) -> None:
    order, opens = order_rows(rows)
    plain = _tuples(rows)
    assert order.tolist() == sorted(range(len(plain)), key=lambda place: plain[place])
    distinct = sorted(set(plain))
    assert order[opens].tolist() == [plain.index(row) for row in distinct]
    if rows.max(initial=0) < 1 << 20:
        first, numbers = number_rows(rows)
        assert first.tolist() == order[opens].tolist()
        assert numbers.tolist() == [distinct.index(row) for row in plain]


@given(_rows())
def test_rows_are_summed_and_looked_up(rows: Int64Array) -> None:
    counted = Counter(_tuples(rows))
    distinct, sums = sum_rows(rows, np.ones(len(rows), np.int64))
    assert dict(zip(_tuples(distinct), sums.tolist(), strict=True)) == counted
    assert look_up_rows(distinct, sums, rows).tolist() == [counted[row] for row in _tuples(rows)]
    assert look_up_rows(distinct, sums, rows + 1 + _WIDE).tolist() == [0] * len(rows)


@pytest.mark.parametrize("scale", [1, 1 << 61])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=20))
def test_articles_of_groups_are_counted_once(scale: int, held: list[tuple[int, int]]) -> None:
    columns = np.array(held, np.int64).reshape(-1, 2)
    groups, counts = count_articles(columns[:, 0] * scale, columns[:, 1])
    expected = Counter(group * scale for group, _ in set(held))
    assert dict(zip(groups.tolist(), counts.tolist(), strict=True)) == expected
    assert groups.tolist() == sorted(expected)
