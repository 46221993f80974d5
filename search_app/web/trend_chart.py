"""How is a trend drawn? An SVG of series over periods, with links on its page and without them in a file.

A series alone is drawn as bars, several as lines, each with a mark of its own shape and its own dashes, for
colour alone tells nothing. Where nothing is held the line breaks and the ground is hatched; what is thin is
pale, as bars on a pale ground, where a zero is no gap. Colours are attributes, so that a file needs no style
sheet; the page's has its own, also for the dark.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from textwrap import wrap

from markupsafe import Markup, escape

from search_app.answer.counting.series import Point, Scale, Series, Trend
from search_app.answer.counting.source_coverage import SourceNote
from search_app.language import number_text
from search_app.web.periods import period_text

WIDTH, HEIGHT = 760, 300
MOST_DRAWN = 600
"""Periods of all series that are drawn; more are had as CSV."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 22, 30
_STEPS = (1, 2, 5, 10)
_NEARLY = 1 - 1e-9
_TICKS = 4
_LABELS = 6
_LINE = 105  # characters of a sentence of a file that stand in one line
_GAP = 0.15  # of a period, between bars
_WHOLE_FROM, _SMALL, _DECIMALS = 100, 0.1, 2
_LEAST = 1.5
"""No bar is so low that it cannot be seen."""

COLOURS = ("#9b1c12", "#1b4a80", "#5f3a7c", "#1c1a17", "#7d766a", "#8c7a63")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2")
_SHAPES: tuple[str, ...] = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",  # circle
    "M-4-4H4V4H-4Z",  # square
    "M0-5L5 4H-5Z",  # triangle
    "M0-5L5 0L0 5L-5 0Z",  # diamond
    "M-4-2H-2V-4H2V-2H4V2H2V4H-2V2H-4Z",  # cross
    "M0 5L5-4H-5Z",  # triangle upside down
)
_INK, _MUTED, _RULE, _PAPER = "#1c1a17", "#5a554c", "#ddd7ca", "#fdfcfa"

HrefOf = Callable[[int, int], str]
"""The address behind a point: of a series, of a period; empty where there is none."""

SaidOf = Callable[[Series, Point], str]
"""What a point says."""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart says, in the language of the reader.

    Attributes:
        title: what it counts.
        lines: further sentences, for a file.
        names: of the series.
        gap: said of periods of which nothing is held.
        said_of: what a point says.
        note_of: what a note on a source says.
    """

    title: str
    lines: Sequence[str]
    names: Sequence[str]
    gap: str
    said_of: SaidOf
    note_of: Callable[[SourceNote], str]
    language: str


class TrendChart:
    """The drawing of a trend; of one without periods nothing is drawn but what a file says."""

    def __init__(self, trend: Trend, words: ChartWords, href_of: HrefOf) -> None:
        self._trend = trend
        self._words = words
        self._href_of = href_of
        self._measure, self._scale = trend.request.measure, trend.request.scale
        self._periods = trend.series[0].periods
        self._step = (WIDTH - _LEFT - _RIGHT) / max(1, len(self._periods))
        highest = self._highest()
        self._tick = _tick_step(highest, whole=self._scale is Scale.ABSOLUTE)
        self._ticks = max(1, ceil(highest / self._tick * _NEARLY))

    def page(self) -> Markup:
        """The inside of an SVG of WIDTH by HEIGHT, for a page."""
        return Markup("".join(self._parts()))  # noqa: S704 - numbers, and what is escaped

    def file(self) -> str:
        """The whole of an SVG file, with its legend and its sentences."""
        said = [*self._words.lines, *map(self._words.note_of, self._trend.notes)]
        rows = [row for sentence in said for row in wrap(sentence, _LINE)]
        names = self._words.names if len(self._words.names) > 1 else ()
        height = HEIGHT + 20 * (len(names) + len(rows)) + 30
        title = escape(self._words.title)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -22 {WIDTH} {height}" width="{WIDTH}"'
            f' height="{height}" role="img" font-family="sans-serif" font-size="12"'
            f' xml:lang="{self._words.language}"><title>{title}</title>'
            f'<rect x="0" y="-22" width="{WIDTH}" height="{height}" fill="{_PAPER}"/>'
            f'<text x="{_LEFT}" y="-4" font-size="14" font-weight="bold" fill="{_INK}">{title}</text>'
        )
        parts = [head, *self._parts()]
        for place, name in enumerate(names):
            y = HEIGHT + 12 + 20 * place
            parts.append(f'<g transform="translate({_LEFT} {y})">{key_sample(place)}</g>')
            parts.append(f'<text x="{_LEFT + 44}" y="{y + 4}" fill="{_INK}">{escape(name)}</text>')
        for place, row in enumerate(rows, len(names)):
            parts.append(
                f'<text x="{_LEFT}" y="{HEIGHT + 16 + 20 * place}" fill="{_MUTED}">{escape(row)}</text>'
            )
        return "".join([*parts, "</svg>\n"])

    def _parts(self) -> Iterator[str]:
        if not self._periods:
            return
        yield (
            '<defs><pattern id="unheld" width="6" height="6" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect class="hatch" width="1" height="6" fill="{_RULE}"/>'
            "</pattern></defs>"
        )
        yield from self._axes()
        yield from self._gaps()
        yield from self._notes()
        if len(self._trend.series) == 1:
            yield from self._bars()
        else:
            for place, series in enumerate(self._trend.series):
                yield from self._line(place, series)

    def _highest(self) -> float:
        """The highest value of the scale: of periods of which enough is held, where there are any.

        One match among three articles would press all other figures to the ground. It is drawn at the edge.
        """
        points = [point for series in self._trend.series for point in series.periods]
        pairs = [(value, point.is_thin) for point in points if (value := self._value(point)) is not None]
        firm = max([value for value, is_thin in pairs if not is_thin], default=0)
        return firm if firm and self._scale is Scale.RELATIVE else max(pairs, default=(0, False))[0]

    def _value(self, point: Point) -> float | None:
        return point.value(self._measure, self._scale)

    def _x(self, place: float) -> float:
        return _LEFT + self._step * place

    def _y(self, value: float) -> float:
        high = HEIGHT - _TOP - _BOTTOM
        return _TOP + high * (1 - min(1, value / (self._tick * self._ticks)))

    def _axes(self) -> Iterator[str]:
        for tick in range(self._ticks + 1):
            value = self._tick * tick
            y = self._y(value)
            yield (
                f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="{_RULE}"/>'
                f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{_MUTED}">'
                f"{escape(axis_text(value, self._words.language))}</text>"
            )
        every = ceil(len(self._periods) / _LABELS)
        for place in range(0, len(self._periods), every):
            first = self._periods[place].first or date.min
            x = self._x(place + 0.5)
            name = escape(period_text(self._trend.unit, first, self._words.language))
            kind = "tick other" if place // every % 2 else "tick"  # of others there is no room on a phone
            yield (
                f'<text class="{kind}" x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle" fill="{_MUTED}">'
                f"{name}</text>"
            )

    def _gaps(self) -> Iterator[str]:
        """The ground of runs of periods of which no series holds anything."""
        held = [any(series.periods[place].is_held for series in self._trend.series)
                for place in range(len(self._periods))]  # fmt: skip
        place = 0
        while place < len(held):
            stop = place
            while stop < len(held) and not held[stop]:
                stop += 1
            if stop > place:
                yield (
                    f'<rect class="gap" x="{self._x(place):.2f}" y="{_TOP}"'
                    f' width="{self._step * (stop - place):.2f}" height="{HEIGHT - _TOP - _BOTTOM}"'
                    f' fill="url(#unheld)"><title>{escape(self._words.gap)}</title></rect>'
                )
            place = max(stop, place + 1)

    def _notes(self) -> Iterator[str]:
        for note in self._trend.notes:
            x = self._x(note.row)
            yield (
                f'<g class="event"><path d="M{x:.1f} {_TOP - 8}V{HEIGHT - _BOTTOM}" stroke="{_MUTED}"'
                f' stroke-dasharray="1 4"/><path d="M{x - 5:.1f} {_TOP - 16}h10l-5 8Z" fill="{_MUTED}"/>'
                f"<title>{escape(self._words.note_of(note))}</title></g>"
            )

    def _bars(self) -> Iterator[str]:
        """A bar for each period of which something is held, that of a zero without height."""
        (series,) = self._trend.series
        for place, point in enumerate(series.periods):
            value = self._value(point)
            if value is not None:
                drawn = self._ground(place, point) + self._bar(place, value)
                yield self._linked(0, place, series, point, drawn)

    def _ground(self, place: int, point: Point) -> str:
        """Where the pointer meets a period from top to bottom; seen where little is held."""
        kind, fill = ("little", _RULE) if point.is_thin else ("back", "none")
        return (
            f'<rect class="{kind}" x="{self._x(place):.2f}" y="{_TOP}" width="{self._step:.2f}"'
            f' height="{HEIGHT - _TOP - _BOTTOM}" fill="{fill}" pointer-events="all"/>'
        )

    def _bar(self, place: int, value: float) -> str:
        if not value:
            return ""
        base = self._y(0)
        high = max(_LEAST, base - self._y(value))
        return (
            f'<rect class="bar" x="{self._x(place + _GAP / 2):.2f}" y="{base - high:.1f}"'
            f' width="{self._step * (1 - _GAP):.2f}" height="{high:.1f}" fill="{COLOURS[0]}"/>'
        )

    def _line(self, number: int, series: Series) -> Iterator[str]:
        """The line of a series, broken where nothing is held, and a mark for each period."""
        colour = COLOURS[number]
        path, pen = [], "M"
        for place, point in enumerate(series.periods):
            value = self._value(point)
            if value is None:
                pen = "M"
                continue
            path.append(f"{pen}{self._x(place + 0.5):.1f} {self._y(value):.1f}")
            pen = "L"
        yield (
            f'<path class="line s{number + 1}" d="{"".join(path)}" fill="none" stroke="{colour}"'
            f' stroke-width="2"{_dashed(number)}/>'
        )
        for place, point in enumerate(series.periods):
            value = self._value(point)
            if value is None:
                continue
            at = f"translate({self._x(place + 0.5):.1f} {self._y(value):.1f})"
            mark = (
                f'<g transform="{at}"><circle class="back" r="9" fill="none" pointer-events="all"/>'
                f'<path class="mark s{number + 1}" d="{_SHAPES[number]}" fill="{colour}"/></g>'
            )
            yield self._linked(number, place, series, point, mark)

    def _linked(self, number: int, place: int, series: Series, point: Point, drawn: str) -> str:
        """What is drawn of a point, with what it says, and with the link to its articles."""
        title = f"<title>{escape(self._words.said_of(series, point))}</title>"
        pale = ' class="thin" opacity="0.45"' if point.is_thin else ""
        href = self._href_of(number, place)
        if not href:
            return f"<g{pale}>{title}{drawn}</g>"
        at = f'data-s="{number}" data-p="{place}"'
        return f'<a href="{escape(href)}" rel="nofollow" {at}{pale}>{title}{drawn}</a>'


def key_sample(number: int) -> Markup:
    """What the legend shows of a series: a piece of its line, and its mark."""
    colour, shape = COLOURS[number], _SHAPES[number]
    line = f'<path class="line s{number + 1}" d="M0 0H36" stroke="{colour}" stroke-width="2" fill="none"'
    mark = f'<path class="mark s{number + 1}" transform="translate(18 0)" d="{shape}" fill="{colour}"/>'
    return Markup(f"{line}{_dashed(number)}/>{mark}")  # noqa: S704 - constants of this module


def _dashed(number: int) -> str:
    return f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""


def axis_text(value: float, language: str) -> str:
    """A figure of an axis or a point: whole, or with as many decimals as tell it from its neighbours.

    >>> axis_text(1250.0, "vi"), axis_text(0.25, "en")
    ('1.250', '0.25')
    """
    if value == floor(value) or value >= _WHOLE_FROM:
        return number_text(round(value), language)
    return number_text(round(value, _DECIMALS if value >= _SMALL else 2 * _DECIMALS), language)


def _tick_step(value: float, *, whole: bool) -> float:
    """The distance of the ticks of an axis that reaches up to a value.

    >>> [_tick_step(value, whole=True) for value in (0, 3, 7, 53, 1203)], _tick_step(0.3, whole=False)
    ([1.0, 1.0, 2.0, 20.0, 500.0], 0.1)
    """
    least = max(value / _TICKS, 1.0 if whole else value / _TICKS) or 1.0
    size: float = 10.0 ** floor(log10(least))
    return next(size * step for step in _STEPS if size * step >= least * _NEARLY)
