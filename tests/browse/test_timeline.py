"""How do results spread over time? Bars without a gap, that add up with what is in none of them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.published import Published
from indexer.engine import DateHistogram
from indexer.query import Dates
from search_app.answer.date_histogram import Timeline, timeline_of, unit_of
from search_app.answer.periods import TimeUnit

ALL = Dates(None, None)


def spread(*published: str) -> DateHistogram:
    spans = Counter(
        (span[0].toordinal(), span[1].toordinal()) if (span := Published(text).span) else (0, 0)
        for text in published
    )
    firsts, lasts = np.array(list(spans), np.int64).reshape(-1, 2).T
    return DateHistogram(firsts, lasts, np.array(list(spans.values()), np.int64))


def held(line: Timeline, form: str) -> list[tuple[str, int]]:
    """The bars that hold something."""
    return [(bar.first.strftime(form), bar.count) for bar in line.bars if bar.count]


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2013-05-01", "2013-05-31", TimeUnit.DAY),
        ("2013-05-01", "2013-06-30", TimeUnit.DAY),
        ("2013-05-01", "2013-08-30", TimeUnit.MONTH),
        ("2013-01-01", "2013-12-31", TimeUnit.MONTH),
        ("2010-01-01", "2013-12-31", TimeUnit.MONTH),
        ("2009-12-31", "2013-12-31", TimeUnit.YEAR),
        ("1945-01-01", "2024-12-31", TimeUnit.YEAR),
        ("1865-01-01", "2024-12-31", TimeUnit.DECADE),
    ],
)
def test_the_width_of_bars_follows_the_span(first: str, last: str, unit: TimeUnit) -> None:
    assert unit_of(date.fromisoformat(first), date.fromisoformat(last)) is unit


def test_what_is_known_less_exactly_is_in_a_wider_bar_or_in_none() -> None:
    dates = ("2013-05-26", "2013-05", "2013", "2011-02-03", "")
    years = timeline_of(spread(*dates, "2001"), ALL)
    assert [(bar.first.year, bar.count) for bar in years.bars if bar.count] == [
        (2001, 1),
        (2011, 1),
        (2013, 3),
    ]
    assert years.elsewhere == 1
    months = timeline_of(spread(*dates), ALL)
    assert [(f"{bar.first:%Y-%m}", bar.count) for bar in months.bars if bar.count] == [
        ("2011-02", 1),
        ("2013-05", 2),
    ]
    assert months.elsewhere == 2


def test_what_was_asked_for_is_shown_whole() -> None:
    line = timeline_of(spread("2013-05-26"), Dates(date(2013, 1, 1), date(2013, 12, 31)))
    assert [bar.count for bar in line.bars] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("dates", [(), ("",), ("XXXX-05-26", "")])
def test_without_dates_there_are_no_bars(dates: tuple[str, ...]) -> None:
    line = timeline_of(spread(*dates), ALL)
    assert (line.bars, line.elsewhere) == ((), len(dates))


def test_a_bar_knows_what_is_held_and_a_gap_is_no_zero() -> None:
    line = timeline_of(
        spread("2013-05-01", "2013-05-04"), ALL, held=spread("2013-05-01", "2013-05-02", "2013-05-04")
    )
    assert [(bar.count, bar.held, bar.is_gap, bar.is_thin) for bar in line.bars] == [
        (1, 1, False, True),
        (0, 1, False, True),
        (0, 0, True, False),
        (1, 1, False, True),
    ]
    assert not any(bar.is_gap for bar in timeline_of(spread("2013-05-01", "2013-05-04"), ALL).bars)


def test_a_guessed_date_is_in_no_bar_and_said() -> None:
    known = spread("2013-05-01", "2013-05-01", "2013-05", "")
    guessed = np.array([int(count == 2) for count in known.counts.tolist()], np.int64)
    line = timeline_of(replace(known, guessed=guessed), ALL)
    assert [bar.count for bar in line.bars if bar.count] == [1]
    assert (line.elsewhere, line.undated, line.coarse, line.guessed) == (3, 1, 1, 1)


@given(st.lists(st.dates(date(1865, 1, 1), date(2026, 12, 31)), min_size=1, max_size=40), st.integers(0, 3))
def test_bars_have_no_gap_and_add_up(days: list[date], undated: int) -> None:
    line = timeline_of(spread(*map(date.isoformat, days), *[""] * undated), ALL)
    assert sum(bar.count for bar in line.bars) == len(days)
    assert line.elsewhere == undated
    assert all(before.last + timedelta(1) == after.first for before, after in pairwise(line.bars))
    assert len(line.bars) <= 80
