"""Where a source begins, ends or breaks follows from all that is held of it, and stands on its own rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from indexer.counting import Int64Array
from indexer.facets import FacetName
from search_app.answer.counting.dated import DatedCounts, periods_between
from search_app.answer.counting.series import TrendRequest
from search_app.answer.counting.source_coverage import CoverageEvent, source_notes
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.formats.page_tables import timeline_table
from search_app.formats.table import json_rows
from tests.counting.plain import SOURCES
from tests.counting.test_trends import article, trend_of

UNNAMED = "(no source given)"


@pytest.mark.parametrize("stories", [False, True])
def test_a_source_that_is_held_before_and_after_the_dates_asked_for_neither_begins_nor_ends(
    *, stories: bool
) -> None:
    days = ["2012-02-01", "2012-12-01", "2013-06-01", "2013-07-01", "2014-06-01"]
    steady = [f"{year}-{month:02}-05" for year in (2012, 2013, 2014) for month in range(1, 13)]
    archive = [
        replace(
            article(number, day, ("vàng",)),
            source=SOURCES[number > len(days)],
            story=0 if stories else None,
        )
        for number, day in enumerate([*days, *steady], 1)
    ]
    within = Selection("vàng", first=date(2013, 5, 1), last=date(2013, 10, 31), collapse_stories=stories)
    for selection in (within, Selection("vàng", chosen={FacetName.YEAR: ("2013",)})):
        notes = trend_of(archive, TrendRequest(selection, unit=TimeUnit.MONTH)).notes
        assert {(one.source, one.event) for one in notes} == {(SOURCES[0], CoverageEvent.BREAKS)}


def test_a_note_has_its_days_and_stands_on_the_rows_of_its_source_alone() -> None:
    archive = [
        replace(article(number, f"2013-{month:02}-05", ("vàng",)), source=source)
        for number, (month, source) in enumerate(
            [(1, SOURCES[0]), (2, SOURCES[0]), (6, SOURCES[0]), (2, ""), (6, "")], 1
        )
    ]
    whole = TrendRequest(Selection("vàng"), unit=TimeUnit.MONTH)
    breaks = "breaks 2013-03-01/2013-05-31: "
    own = {
        SOURCES[0]: {breaks + SOURCES[0]},
        "": {f"begins 2013-02-01/2013-02-28: {UNNAMED}", breaks + UNNAMED},
    }
    for row in json_rows(timeline_table(trend_of(archive, replace(whole, split=FacetName.SOURCE)))):
        assert {one for one in str(row["note"]).split("; ") if one} <= own[str(row["value"])]
    rows = json_rows(timeline_table(trend_of(archive, whole)))
    assert {one for row in rows for one in str(row["note"]).split("; ") if one} == set().union(*own.values())


def counts(days: Sequence[date], codes: Sequence[int]) -> DatedCounts:
    def column(values: Sequence[int]) -> Int64Array:
        return np.array(values, np.int64)

    ordinals, ones = column([day.toordinal() for day in days]), column([1] * len(days))
    return DatedCounts(ordinals, ordinals, ones < 0, column(codes), ones, ones, ones, ones)


def test_a_source_that_begins_ends_or_breaks_is_noted() -> None:
    day = date(2013, 5, 1)
    steady = [day + timedelta(number) for number in range(-3, 33)]
    later = [day + timedelta(number) for number in (4, 5, 6, 20, 21)]
    small = [day + timedelta(2)]
    held = counts(steady + later + small, [0] * len(steady) + [1] * len(later) + [2])
    periods = periods_between(TimeUnit.DAY, day, day + timedelta(29))
    notes = source_notes(periods, held, ("Báo Sông", "Báo Núi", "Báo Nhỏ"))
    assert [(one.source, one.event, one.row) for one in notes] == [
        ("Báo Núi", CoverageEvent.BEGINS, 4),
        ("Báo Núi", CoverageEvent.BREAKS, 7),
        ("Báo Núi", CoverageEvent.ENDS, 21),
    ]
    assert (notes[1].first, notes[1].last) == (date(2013, 5, 8), date(2013, 5, 20))
