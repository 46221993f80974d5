"""How do results over time become bars that link? One piece of HTML, made once a page.

Bars and rows of the table are written here and not in a template: there are up to eighty of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from corpus.message import say
from search_app.answer.date_histogram import Bar, Timeline
from search_app.answer.periods import TimeUnit, typed_days
from search_app.api.parameters import FIRST, LAST, UNDATED
from search_app.language import number_text, translator
from search_app.web.address import Address
from search_app.web.periods import Period, period_of, period_text

HEIGHT = 48
_GAP = 0.12
_LEAST = 1.5
"""No bar is so low that it cannot be seen."""


@dataclass(frozen=True, slots=True)
class Step:
    """A wider period, which the link shows; no link: the one that is shown."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """What the page shows.

    Attributes:
        bars: the inside of an SVG of ``width`` by HEIGHT.
        rows: of a table.
        first, last: what stands under the first bar and under the last.
        highest: the largest count.
        trail: from all of time to the period that is shown.
        elsewhere: articles that are in no bar: undated, coarse (dated less exactly than a bar) and guessed.
        gaps: bars of which nothing is held.
    """

    unit: TimeUnit
    bars: Markup
    rows: Markup
    width: int
    height: int
    first: str
    last: str
    highest: int
    trail: tuple[Step, ...]
    elsewhere: int
    undated: int
    coarse: int
    guessed: int
    gaps: int


def histogram(line: Timeline, address: Address, language: str) -> Histogram | None:
    """The bars of a page of results; None where no article has a date."""
    if not line.bars:
        return None
    bars, rows = _drawn(line, address, language)
    return Histogram(
        line.unit,
        Markup(bars),  # noqa: S704 - numbers, and what is escaped
        Markup(rows),  # noqa: S704 - the same
        len(line.bars),
        HEIGHT,
        period_text(line.unit, line.bars[0].first, language),
        period_text(line.unit, line.bars[-1].first, language),
        max(bar.count for bar in line.bars),
        tuple(_trail(address, language)),
        line.elsewhere,
        line.undated,
        line.coarse,
        line.guessed,
        sum(bar.is_gap for bar in line.bars),
    )


def _drawn(line: Timeline, address: Address, language: str) -> tuple[str, str]:
    head, tail = _around_dates(address)
    highest = max(bar.count for bar in line.bars) or 1
    bars, rows = list(_gaps(line, language)), []
    for place, bar in enumerate(line.bars):
        if bar.count:
            name, said = period_text(line.unit, bar.first, language), _counted(bar.count, language)
            pale = ' class="thin"' if bar.is_thin else ""
            href = f"{head}{_dates(line.unit, bar)}{tail}"
            high = max(_LEAST, HEIGHT * bar.count / highest)
            bars.append(
                f'<a href="{href}" rel="nofollow" data-n="{bar.count}"{pale}><title>{name}: {said}</title>'
                f'<rect class="back" x="{place}" width="1" height="{HEIGHT}"/>'
                f'<rect x="{place + _GAP / 2:.2f}" y="{HEIGHT - high:.1f}"'
                f' width="{1 - _GAP:.2f}" height="{high:.1f}"/></a>'
            )
            rows.append(
                f'<tr><th scope="row"><a href="{href}" rel="nofollow">{name}</a></th>'
                f"<td>{number_text(bar.count, language)}</td></tr>"
            )
    return "".join(bars), "".join(rows)


def _gaps(line: Timeline, language: str) -> Iterator[str]:
    """The ground of each run of bars of which nothing is held."""
    said = escape(say("nothing held: a gap, and no zero").render(translator(language)))
    place = 0
    for is_gap, run in groupby(line.bars, key=lambda bar: bar.is_gap):
        width = len(list(run))
        if is_gap:
            ground = f'<rect class="gap" x="{place}" width="{width}" height="{HEIGHT}">'
            yield f"{ground}<title>{said}</title></rect>"
        place += width


def _around_dates(address: Address) -> tuple[str, str]:
    """The link to these results in another span of time, before and after what says the span; escaped."""
    before, mark, after = (
        address.without(FIRST, LAST, UNDATED).adding(FIRST, "\0").href().partition(f"{FIRST}=%00")
    )
    return str(escape(before)), str(escape(after)) if mark else ""


@lru_cache(maxsize=1 << 12)
def _dates_of(unit: TimeUnit, first: date, last: date) -> str:
    start, end = typed_days(unit, first, last)
    return f"{FIRST}={start}&amp;{LAST}={end}"


def _dates(unit: TimeUnit, bar: Bar) -> str:
    return _dates_of(unit, bar.first, bar.last)


@lru_cache(maxsize=1 << 12)
def _counted(count: int, language: str) -> str:
    said = say("{count} articles", count=number_text(count, language))
    return str(escape(said.render(translator(language))))


def _trail(address: Address, language: str) -> Iterator[Step]:
    """All of time, the year and the month of what is shown, where it is a year, a month or a day."""
    period = period_of(address.first(FIRST), address.first(LAST))
    if period is None:
        return
    base = address.without(FIRST, LAST, UNDATED)
    yield Step(say("All years").render(translator(language)), base.href())
    for wider in (*period.wider(), period):
        here = wider == period
        yield Step(wider.text(language), "" if here else _shown(base, wider))


def _shown(base: Address, period: Period) -> str:
    return base.adding(FIRST, period.typed()).adding(LAST, period.typed()).href()
