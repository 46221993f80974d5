"""Series are what plain Python counts: each article in one row, what is found a part of what is held."""

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.published import Published
from indexer.facets import FacetName
from indexer.places import Zone
from search_app.answer.counting.dated import BESIDES, RowKind
from search_app.answer.counting.held import HeldCounts
from search_app.answer.counting.series import Measure, Point, Scale, Trend, TrendRequest
from search_app.answer.counting.trends import Trends
from search_app.answer.date_histogram import thin_periods
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.formats.page_tables import timeline_table
from search_app.formats.table import json_rows
from tests.counting.choosing import Choice, choices, phrases_drawn
from tests.counting.plain import (
    SOURCES,
    Paragraph,
    PlainArticle,
    archives,
    evaluator_of,
    folded,
    held_around,
    hits_of,
    matching,
)
from tests.examples import examples

DAYS = (
    "", "XXXX-05-26", "2012", "2013", "2013-05", "2013-05-26", "2013-05-28", "2013-06-02", "2013-08-01",
    "2013-05-26?", "2013-05-28~", "2013-06?", "2009-12-31", "2014-01-01",
)  # fmt: skip
KEYS: dict[TimeUnit, Callable[[date], object]] = {
    TimeUnit.DAY: lambda day: day,
    TimeUnit.WEEK: lambda day: day.isocalendar()[:2],
    TimeUnit.MONTH: lambda day: (day.year, day.month),
    TimeUnit.QUARTER: lambda day: (day.year, (day.month + 2) // 3),
    TimeUnit.YEAR: lambda day: day.year,
    TimeUnit.DECADE: lambda day: day.year // 10,
}
"""The same for all days of a period."""


def row_of(article: PlainArticle, unit: TimeUnit) -> object:
    """The kind of the row of an article, or the key of its period."""
    published, key = Published.parse(article.day), KEYS[unit]
    if published.span is None:
        return RowKind.UNDATED
    first, last = published.span
    if key(first) != key(last):
        return RowKind.COARSE
    return RowKind.GUESSED if published.inferred or published.is_last_change else key(first)


def dated(archive: Sequence[PlainArticle], days: Sequence[str]) -> list[PlainArticle]:
    return [replace(one, day=day) for one, day in zip(archive, days, strict=False)]


def trend_of(archive: Sequence[PlainArticle], request: TrendRequest) -> Trend:
    return Trends(evaluator_of(archive), HeldCounts()).trend(request)


def asked(choice: Choice, phrases: Sequence[tuple[str, ...]]) -> Selection:
    """As typed: nothing is counted in the place of what finds nothing."""
    return replace(choice.selection(phrases), exact=True)


def keyed(points: Sequence[Point], unit: TimeUnit) -> dict[object, Point]:
    return {KEYS[unit](one.first) if one.first else one.kind: one for one in points}


def syllables_of(article: PlainArticle, *, once: bool) -> int:
    return sum(sum(flags) for _, flags in article.counted(Zone, once=once))


@settings(max_examples=examples(60), deadline=None)
@given(
    archives(),
    st.lists(st.sampled_from(DAYS), min_size=6, max_size=6),
    phrases_drawn,
    choices,
    st.sampled_from(TimeUnit),
)
def test_each_row_is_what_plain_python_counts_and_rows_add_up(
    archive: tuple[PlainArticle, ...],
    days: list[str],
    phrases: list[tuple[str, ...]],
    choice: Choice,
    unit: TimeUnit,
) -> None:
    all_articles = dated(archive, days)
    (series,) = trend_of(all_articles, TrendRequest(asked(choice, phrases), unit=unit)).series

    found = matching(choice.passing(all_articles), phrases)
    counted = choice.folded(found)
    held = choice.held(choice.passing(all_articles), counted)
    held_prints = held_around(choice.passing(all_articles), folded(found))
    hits, articles, stories, kept, kept_stories, syllables = (Counter[object]() for _ in range(6))
    for one in counted:
        articles[row_of(one, unit)] += 1
        hits[row_of(one, unit)] += len(hits_of(one, phrases, once=choice.once))
    for one in folded(counted):
        stories[row_of(one, unit)] += 1
    for one in held:
        kept[row_of(one, unit)] += 1
        syllables[row_of(one, unit)] += syllables_of(one, once=choice.once)
    for one in held_prints:
        kept_stories[row_of(one, unit)] += 1

    points = keyed(series.points, unit)
    inside = [key for key in kept if key in points]
    assert {key: points[key].articles for key in articles} == articles
    assert {key: points[key].hits for key in articles} == {key: hits[key] for key in articles}
    assert {key: points[key].stories for key in stories} == stories
    assert {key: points[key].held_articles for key in inside} == {key: kept[key] for key in inside}
    assert {key: points[key].held_syllables for key in inside} == {key: syllables[key] for key in inside}
    assert {key: points[key].held_stories for key in inside} == {key: kept_stories[key] for key in inside}
    assert all(one.is_held for one in series.points if one.articles)
    assert (series.articles, series.hits) == (len(counted), hits.total())
    assert series.stories == len(folded(counted))
    assert (series.held_articles, series.held_syllables) == (len(held), syllables.total())


@settings(max_examples=examples(30), deadline=None)
@given(archives(), st.lists(st.sampled_from(DAYS), min_size=6, max_size=6), phrases_drawn, choices)
def test_the_values_of_a_split_add_up_to_the_whole(
    archive: tuple[PlainArticle, ...], days: list[str], phrases: list[tuple[str, ...]], choice: Choice
) -> None:
    articles = dated(archive, days)
    whole = TrendRequest(asked(choice, phrases), unit=TimeUnit.MONTH)
    (series,) = trend_of(articles, whole).series
    parts = trend_of(articles, replace(whole, split=FacetName.SOURCE)).series
    assert {one.value for one in parts} <= set(SOURCES)
    if parts:
        for place, point in enumerate(series.points):
            own = [one.points[place] for one in parts]
            assert point.articles == sum(one.articles for one in own)
            assert point.hits == sum(one.hits or 0 for one in own)
            assert point.held_articles >= sum(one.held_articles for one in own)


def article(change: int, day: str, title: tuple[str, ...] = ("giá",)) -> PlainArticle:
    joins = (False,) * len(title)
    texts = (Paragraph(Zone.TITLE, title, joins), Paragraph(Zone.BODY, ("chợ", "giá"), (False, False)))
    return PlainArticle(change, SOURCES[0], day, texts)


HELD = [
    article(1, "2013-05-01", ("vàng",)),
    article(2, "2013-05-03"),
    article(3, "2013-05-06", ("vàng", "vàng")),
    article(4, "2013-05-06?", ("vàng",)),
    article(5, "2013", ("vàng",)),
    article(6, "", ("vàng",)),
]


def test_nothing_held_is_null_and_something_held_without_a_hit_is_zero() -> None:
    trend = trend_of(HELD, TrendRequest(Selection("vàng"), unit=TimeUnit.DAY))
    rows = {row["first"] or row["row"]: row for row in json_rows(timeline_table(trend))}
    figures = [rows[f"2013-05-0{day}"] for day in range(1, 7)]
    assert [row["articles"] for row in figures] == [1, None, 0, None, None, 1]
    assert [row["hits"] for row in figures] == [1, None, 0, None, None, 2]
    assert [row["per_thousand"] for row in figures] == [1000, None, 0, None, None, 1000]
    assert [row["held_articles"] for row in figures] == [1, 0, 1, 0, 0, 1]
    assert [row["guessed"] for row in figures] == [0, 0, 0, 0, 0, 1]
    assert {kind: rows[kind]["articles"] for kind in BESIDES} == {
        "coarse": 1, "undated": 1, "guessed": 1, "outside": 0,
    }  # fmt: skip
    assert (trend.held, trend.dated) == (6, 3)


def test_formulas_are_those_of_the_documentation() -> None:
    (series,) = trend_of(HELD, TrendRequest(Selection("vàng"), unit=TimeUnit.MONTH)).series
    may = keyed(series.points, TimeUnit.MONTH)[2013, 5]
    assert (may.articles, may.hits, may.held_articles, may.held_syllables) == (2, 3, 3, 10)
    assert may.per_million == 3 * 1_000_000 / 10
    assert may.per_thousand == 2 * 1_000 / 3
    assert may.value(Measure.HITS, Scale.RELATIVE) == may.per_million
    assert may.value(Measure.ARTICLES, Scale.ABSOLUTE) == may.articles


def test_a_query_of_headlines_is_measured_against_syllables_of_headlines() -> None:
    trend = trend_of(HELD, TrendRequest(Selection("tiêu_đề:vàng"), unit=TimeUnit.MONTH))
    (series,) = trend.series
    assert set(series.zones) == {Zone.TITLE}
    assert keyed(series.points, TimeUnit.MONTH)[2013, 5].held_syllables == 4
    assert json_rows(timeline_table(trend))[0]["zones"] == "title"


def test_a_query_without_words_has_no_hits_and_stands_for_all_that_is_held() -> None:
    (series,) = trend_of(HELD, TrendRequest(Selection(""), unit=TimeUnit.YEAR)).series
    assert series.hits is None
    assert [one.per_thousand for one in series.periods] == [1000]
    (filtered,) = trend_of(HELD, TrendRequest(Selection(f'nguồn:"{SOURCES[0]}"'), unit=TimeUnit.YEAR)).series
    assert (filtered.hits, filtered.held_articles) == (None, filtered.articles)


def test_bars_reach_as_far_as_the_dates_that_are_asked_for() -> None:
    within = Selection("vàng", first=date(2013, 4, 1), last=date(2013, 7, 31))
    (series,) = trend_of(HELD, TrendRequest(within, unit=TimeUnit.MONTH)).series
    assert [one.is_held for one in series.periods] == [False, True, False, False]
    assert series.row(RowKind.UNDATED).held_articles == 0
    assert series.excluded_undated == 2


def test_what_finds_nothing_is_zero_where_something_is_held_and_null_elsewhere() -> None:
    within = Selection("lúa", first=date(2013, 4, 1), last=date(2013, 6, 30), exact=True)
    held = [None] * 4 + [0] + [None] * 7  # an article is of 2013, so that the year is drawn
    for selection, figures in ((within, [None, 0, None]), (Selection("lúa", exact=True), held)):
        trend = trend_of(HELD, TrendRequest(selection, unit=TimeUnit.MONTH))
        rows = [row for row in json_rows(timeline_table(trend)) if row["row"] == "period"]
        assert [row["articles"] for row in rows] == [row["hits"] for row in rows] == figures
    assert trend_of([], TrendRequest(Selection("lúa", exact=True))).series[0].periods == ()


STORY = [
    replace(article(1, "2013-05-10"), story=0),
    replace(article(2, "2013-06-10", ("vàng",)), story=0),
    article(3, "2013-04-05", ("vàng",)),
    article(4, "2013-07-05", ("vàng",)),
]
"""Of a story the second print alone matches."""


def test_a_story_is_held_where_it_is_counted() -> None:
    asked_of = TrendRequest(Selection("vàng", collapse_stories=True), unit=TimeUnit.MONTH)
    (series,) = trend_of(STORY, asked_of).series
    told = [(one.articles, one.stories, one.held_articles, one.held_stories) for one in series.periods]
    assert told == [(1, 1, 1, 1), (0, 0, 0, 0), (1, 1, 1, 1), (1, 1, 1, 1)]
    (unfolded,) = trend_of(STORY, TrendRequest(Selection("vàng"), unit=TimeUnit.MONTH)).series
    assert [one.held_articles for one in unfolded.periods] == [1, 1, 1, 1]
    assert [one.held_stories for one in unfolded.periods] == [1, 0, 1, 1]


def test_several_queries_have_the_same_periods() -> None:
    trend = trend_of(HELD, TrendRequest(Selection("vàng"), ("lúa", "giá"), TimeUnit.DAY))
    assert [one.query for one in trend.series] == ["vàng", "lúa", "giá"]
    assert len({tuple(point.first for point in one.points) for one in trend.series}) == 1
    assert [one.articles for one in trend.series] == [5, 0, 6]


@pytest.mark.parametrize(
    "request_",
    [
        TrendRequest(Selection("a"), ("b",) * 6),
        TrendRequest(Selection("giá"), ("b",), split=FacetName.SOURCE),
        TrendRequest(Selection("giá", first=date(1700, 1, 1)), unit=TimeUnit.DAY),
    ],
    ids=["seven queries", "a split of two", "too many periods"],
)
def test_what_cannot_be_drawn_is_refused(request_: TrendRequest) -> None:
    with pytest.raises(UserError):
        trend_of(HELD, request_)


def test_one_old_article_is_named_and_narrower_dates_leave_it_out() -> None:
    archive = [*HELD, article(7, "1850-03-01", ("vàng",))]
    with pytest.raises(UserError) as raised:
        trend_of(archive, TrendRequest(Selection("vàng"), unit=TimeUnit.DAY))
    assert raised.value.message.values["first"] == "1850-03-01"
    later = Selection("vàng", first=date(2013, 1, 1))
    assert trend_of(archive, TrendRequest(later, unit=TimeUnit.DAY)).series[0].articles == 4


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_a_thin_period_holds_under_30_or_under_a_tenth_of_the_median(held: list[int]) -> None:
    some = [count for count in held if count]
    median = statistics.median(some) if some else 0
    expected = [count > 0 and (count < 30 or count * 10 < median) for count in held]
    assert thin_periods(np.array(held, np.int64)).tolist() == expected
