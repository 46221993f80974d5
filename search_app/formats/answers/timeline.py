"""What does the JSON of a series over time hold, and which columns has its CSV?"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from corpus.message import Message, say
from indexer.facets import FacetName
from indexer.places import Zone
from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.series import Measure, Point, Scale, Series, Trend
from search_app.answer.counting.source_coverage import CoverageEvent, SourceNote
from search_app.answer.periods import TimeUnit
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema

ZONES = {Zone.TITLE: "title", Zone.LEDE: "lede", Zone.BODY: "body", Zone.CAPTIONS: "captions"}


class TrendRow(NamedTuple):
    """A row of a series, with what it is of."""

    trend: Trend
    series: Series
    point: Point
    place: int


def trend_rows(trend: Trend) -> Iterator[TrendRow]:
    """Every row of every series."""
    for series in trend.series:
        yield from (TrendRow(trend, series, point, place) for place, point in enumerate(series.points))


def _is_known(point: Point) -> bool:
    """Whether figures are known: nothing can be found of a period of which nothing is held."""
    return point.is_held or point.kind is not RowKind.PERIOD


def _articles(point: Point) -> int | None:
    return point.articles if _is_known(point) else None


def _hits(point: Point) -> int | None:
    return point.hits if _is_known(point) else None


def _stories(point: Point) -> int | None:
    return point.stories if _is_known(point) else None


def _first(point: Point) -> str:
    return point.first.isoformat() if point.first else ""


def _last(point: Point) -> str:
    return point.last.isoformat() if point.last else ""


class Part(StrEnum):
    """Which part of what a query finds a series is."""

    ALL = "all"
    VALUE = "value"
    REST = "rest"


def part_of(series: Series) -> Part:
    """The part of what its query finds that a series is."""
    if series.rest:
        return Part.REST
    return Part.ALL if series.value is None else Part.VALUE


def _value(series: Series) -> str:
    return series.value or ""


def zones_text(zones: Iterable[Zone]) -> str:
    """The names of zones in a cell."""
    return " ".join(ZONES[zone] for zone in sorted(zones))


def zone_names(series: Series) -> list[str]:
    """The zones in which hits and syllables of a series are counted, in the order of an article."""
    return [ZONES[zone] for zone in sorted(series.zones)]


def note_text(row: TrendRow) -> str:
    """What the row of a period says of the coverage of the sources that its series is of."""
    is_period = row.point.kind is RowKind.PERIOD
    here = (note for note in row.trend.notes if is_period and note.row == row.place)
    return "; ".join(_note_line(note) for note in here if _is_of(row, note))


def _is_of(row: TrendRow, note: SourceNote) -> bool:
    """Whether a note is on a source of a series."""
    if row.trend.request.split is not FacetName.SOURCE:
        return True
    return note.source not in row.series.rest if row.series.rest else note.source == row.series.value


def _note_line(note: SourceNote) -> str:
    """A note on a source, the same in every language: of a break its days, else those of the period."""
    days = f"{note.first.isoformat()}/{note.last.isoformat()}"
    return f"{note.event.value} {days}: {note.source or _UNNAMED}"


_UNNAMED = "(no source given)"

NOTES: dict[CoverageEvent, Message] = {
    CoverageEvent.BEGINS: say("{source}: the archive's articles begin here ({when})"),
    CoverageEvent.ENDS: say("{source}: the archive's articles end here ({when})"),
    CoverageEvent.BREAKS: say("{source}: no article from {first} to {last}"),
}
"""What a note says to a person."""


_WHAT = (
    "period; coarse: dated less exactly than a period; undated; guessed: the date is inferred, or that of the"
    " last change; outside: what is held before the periods and after them"
)


class PointAnswer(AnswerSchema):
    """What is found and what is held in a row."""

    first = shape.text("first day; empty in a row that is no period", _first)
    last = shape.text("last day", _last)
    articles = shape.count("matching articles; null where nothing is held", _articles, none=True)
    row = shape.one_of(_WHAT, RowKind, "kind")
    hits = shape.count("their hits; null also where the query has no words", _hits, none=True)
    stories = shape.count("first prints among them, so that each story is in one row", _stories, none=True)
    guessed = shape.count(
        "further articles that this period is guessed of; they count in the row guessed; null where an index"
        " does not know it, so that they count in the period",
        none=True,
    )
    held_articles = shape.count("articles held under the same filters, without the query")
    held_syllables = shape.count("syllables held, in the zones that are counted", none=True)
    held_stories = shape.count("first prints among the articles held", none=True)
    per_million = shape.number("hits in a million syllables held", none=True)
    per_thousand = shape.number("articles in a thousand held", none=True)
    stories_per_thousand = shape.number("stories in a thousand held", none=True)
    thin = shape.flag("whether under 30 articles are held, or a tenth of the periods' median", "is_thin")


class SeriesAnswer(AnswerSchema):
    """The rows of one query, or of one value of it; they add up to its totals."""

    query = shape.text("as counted: as typed, or its correction where nothing was found")
    understood = shape.text("the same as understood")
    corrected_from = shape.text("what was typed, where its correction was counted", none=True)
    part = shape.one_of("all that it finds, that of one value, or the rest", Part, part_of)
    value = shape.text("the value; empty: none is given", _value)
    articles = shape.count("matching articles")
    hits = shape.count("their hits; null where the query has no words", none=True)
    stories = shape.count("their stories", none=True)
    held_articles = shape.count("articles held under the same filters, without the query")
    held_syllables = shape.count("syllables held, in the zones that are counted", none=True)
    zones = shape.texts("in which hits and syllables are counted", zone_names)
    excluded_undated = shape.count("what a filter by date leaves out, as of a search", none=True)
    rows = shape.many(PointAnswer, "the periods, then what is in none of them", "points")


class SourceNoteAnswer(AnswerSchema):
    """Where the coverage of a large source begins, ends or breaks."""

    source = shape.text("the newspaper; empty: none given")
    event = shape.one_of("what becomes of it", CoverageEvent)
    first = shape.day("first day of the period, or of the break")
    last = shape.day("last day")


class TimelineAnswer(AnswerSchema):
    """Series over time (``/api/timeline``, ``khobao timeline --json``)."""

    unit = shape.one_of("length of the periods", TimeUnit)
    count = shape.one_of("what a chart shows", Measure, "request.measure")
    scale = shape.one_of("how a chart shows it", Scale, "request.scale")
    by_story = shape.flag(
        "whether only the first print of each story counts, found and held",
        "request.selection.collapse_stories",
    )
    once = shape.flag(
        "whether a body's beginning that repeats the lede counts neither hits nor syllables",
        "request.selection.once",
    )
    archive_number = shape.count("change of the archive up to which the index answered")
    stories_number = shape.count("change of the archive for which stories are known")
    held = shape.count("articles held of any date, under the filters that are not by date")
    dated = shape.count("those of them whose date is known exactly enough for a period")
    series = shape.many(SeriesAnswer, "one for each query, or for each value")
    notes = shape.many(SourceNoteAnswer, "on sources with a twentieth of what is held in the periods")


class TimelineRowAnswer(AnswerSchema):
    """A row of ``/timeline.json`` and ``/timeline.csv``, which have those of all series."""

    first = shape.text("first day; empty in a row that is no period", lambda one: _first(one.point))
    last = shape.text("last day", lambda one: _last(one.point))
    articles = shape.count("as in PointAnswer", lambda one: _articles(one.point), none=True)
    row = shape.one_of(_WHAT, RowKind, "point.kind")
    query = shape.text("as counted", "series.query")
    part = shape.one_of("as in SeriesAnswer", Part, lambda one: part_of(one.series))
    value = shape.text("the value", lambda one: _value(one.series))
    hits = shape.count("as in PointAnswer", lambda one: _hits(one.point), none=True)
    stories = shape.count("as in PointAnswer", lambda one: _stories(one.point), none=True)
    guessed = shape.count("as in PointAnswer", "point.guessed", none=True)
    held_articles = shape.count("as in PointAnswer", "point.held_articles")
    held_syllables = shape.count("as in PointAnswer", "point.held_syllables", none=True)
    held_stories = shape.count("as in PointAnswer", "point.held_stories", none=True)
    per_million = shape.number("as in PointAnswer", "point.per_million", none=True)
    per_thousand = shape.number("as in PointAnswer", "point.per_thousand", none=True)
    stories_per_thousand = shape.number("as in PointAnswer", "point.stories_per_thousand", none=True)
    thin = shape.flag("as in PointAnswer", "point.is_thin")
    unit = shape.one_of("length of the periods", TimeUnit, "trend.unit")
    zones = shape.text("in which hits and syllables are counted", lambda one: zones_text(one.series.zones))
    once = shape.flag("as in TimelineAnswer", "trend.request.selection.once")
    by_story = shape.flag("as in TimelineAnswer", "trend.request.selection.collapse_stories")
    note = shape.text("on the coverage of large sources", note_text)
