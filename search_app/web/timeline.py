"""Which page shows a search over time? A chart, its table, and in words what is counted and out of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, request, url_for
from markupsafe import Markup

from corpus.errors import UserError
from corpus.message import say
from indexer.facets import FacetName
from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.series import Measure, Point, Series, Trend
from search_app.answer.periods import TimeUnit, typed_days
from search_app.api.current import current_language
from search_app.api.parameters import FIRST, LAST, LEAVE_OUT, UNDATED
from search_app.api.trends import COUNT, SCALE, SPLIT, UNIT, trend_of_request
from search_app.api.view_pins import pinned_trend
from search_app.language import translator
from search_app.web.address import Address, Pair, current_address, encoded
from search_app.web.counted_view import cited_href
from search_app.web.periods import period_text
from search_app.web.templating import render
from search_app.web.trend_chart import HEIGHT, MOST_DRAWN, WIDTH, TrendChart, key_sample
from search_app.web.trend_words import KINDS, TrendWords

_BOXES = 5  # for queries beside the first
_OURS = (UNIT, COUNT, SCALE, SPLIT)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the table; no link: nothing is found there."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table.

    Attributes:
        cells: of each series its figures.
        is_gap: whether nothing is held.
        notes: on the coverage of sources.
    """

    name: str
    cells: tuple[Figure, ...]
    is_gap: bool = False
    is_thin: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendKey:
    """A series in the legend."""

    name: str
    sample: Markup


def timeline() -> str:
    """A search over time; where nothing is asked, what the archive holds."""
    trend, address, language = trend_of_request(), current_address(), current_language()
    words = TrendWords(trend, language)
    links = SeriesLinks(trend, address)
    is_drawn = 0 < len(trend.series[0].periods) * len(trend.series) <= MOST_DRAWN
    others = trend.request.others
    return render(
        "trends.html",
        address,
        trend=trend,
        words=words,
        chart=TrendChart(trend, words.of_chart(), links.period).page() if is_drawn else None,
        size=(WIDTH, HEIGHT),
        keys=[LegendKey(name, key_sample(place)) for place, name in enumerate(words.names)],
        lines=list(_lines(trend, words, links, language)) if is_drawn else [],
        is_too_long=bool(trend.series[0].periods) and not is_drawn,
        boxes=[*others, *[""] * min(1, _BOXES - len(others))],
        asked={name: request.args.get(name, "").strip() for name in _OURS},
        svg=f"{url_for('web.timeline_svg')}?{encoded(_asked())}",
        cited=cited_href("web.timeline", pinned_trend(request.args, trend)),
        found=address.href() if address.pairs else "",
    )


def timeline_svg() -> Response:
    """The chart of the same as a file of its own, with its legend and its sentences.

    Raises:
        UserError: it has more periods than are drawn.
    """
    trend = trend_of_request()
    if (drawn := len(trend.series[0].periods) * len(trend.series)) > MOST_DRAWN:
        raise UserError(
            say(
                "the chart has {count} points; at most {limit} are drawn: choose a longer unit, or narrower"
                " dates",
                count=drawn,
                limit=MOST_DRAWN,
            )
        )
    words = TrendWords(trend, current_language())
    chart = TrendChart(trend, words.of_chart(), lambda *_: "")
    return Response(chart.file(), mimetype="image/svg+xml")


class SeriesLinks:
    """The searches behind the figures of a trend."""

    def __init__(self, trend: Trend, address: Address) -> None:
        self._trend = trend
        self._bases = [self._base(series, address) for series in trend.series]
        self._around = [
            base.without(FIRST, LAST, UNDATED).adding(FIRST, "\0").href().partition(f"{FIRST}=%00")
            for base in self._bases
        ]

    def _base(self, series: Series, address: Address) -> Address:
        base = address.setting("q", series.query)
        split = self._trend.request.split
        if split is None:
            return base
        if not series.rest:
            return base.without(split.value).adding(split.value, series.value or "")
        for value in series.rest:
            base = base.adding(LEAVE_OUT + split.value, value)
        return base

    def whole(self, number: int) -> str:
        """The search of a series."""
        return self._bases[number].href()

    def period(self, number: int, place: int) -> str:
        """The search of a period of a series; empty where it finds nothing."""
        point = self._trend.series[number].points[place]
        if point.first is None or point.last is None or not point.articles:
            return ""
        first, last = self._days(point.first, point.last)
        before, _, after = self._around[number]
        return f"{before}{FIRST}={first}&{LAST}={last}{after}"

    def _days(self, first: date, last: date) -> tuple[str, str]:
        """The dates of a period, within those that are asked for."""
        asked, unit = self._trend.request.selection, self._trend.unit
        begun = max(first, asked.first or first)
        ended = min(last, asked.last or last)
        is_whole = (begun, ended) == (first, last)
        return typed_days(unit if is_whole else TimeUnit.DAY, begun, ended)

    def undated(self, number: int) -> str:
        """The search of the articles of a series that have no date, where no filter is by date."""
        asked = self._trend.request.selection
        if asked.first or asked.last or asked.undated or FacetName.YEAR in asked.chosen:
            return ""
        return self._bases[number].setting(UNDATED, "1").href()


def _lines(trend: Trend, words: TrendWords, links: SeriesLinks, language: str) -> Iterator[FigureRow]:
    """The rows of the table: the periods, then those of what is in none."""
    first = trend.series[0]
    for place, point in enumerate(first.points):
        here = [series.points[place] for series in trend.series]
        if point.kind is not RowKind.PERIOD and not any(one.articles or one.held_articles for one in here):
            continue
        cells = [
            cell
            for number, one in enumerate(here)
            for cell in _cells(trend, words, one, _href(links, number, place, one))
        ]
        notes = tuple(
            words.note(note) for note in trend.notes if point.first is not None and note.row == place
        )
        yield FigureRow(
            _name(trend, point, language),
            tuple(cells),
            is_gap=not any(one.is_held for one in here),
            is_thin=any(one.is_thin for one in here),
            notes=notes,
        )


def _href(links: SeriesLinks, number: int, place: int, point: Point) -> str:
    if point.kind is RowKind.UNDATED and point.articles:
        return links.undated(number)
    return links.period(number, place)


def _name(trend: Trend, point: Point, language: str) -> str:
    if point.first is None:
        return KINDS[point.kind].render(translator(language))
    return period_text(trend.unit, point.first, language)


def _cells(trend: Trend, words: TrendWords, point: Point, href: str) -> Iterator[Figure]:
    """The figures of a series in a row: all of a series alone, of several what is drawn, and of how much."""
    is_known = point.is_held or point.kind is not RowKind.PERIOD
    if len(trend.series) > 1:
        yield Figure(words.figure(point.value(trend.request.measure, trend.request.scale)), href)
        is_hits = trend.request.measure is Measure.HITS
        yield Figure(words.figure(point.held_syllables if is_hits else point.held_articles))
        return
    yield Figure(words.figure(point.articles if is_known else None), href)
    yield Figure(words.figure(point.hits if is_known else None))
    yield Figure(words.figure(point.stories if is_known else None))
    yield Figure(words.figure(point.held_articles))
    yield Figure(words.figure(point.held_syllables))
    yield Figure(words.figure(point.per_thousand))
    yield Figure(words.figure(point.per_million))


def _asked() -> Iterator[Pair]:
    return ((name, value) for name, value in request.args.items(multi=True) if name != "lang")
