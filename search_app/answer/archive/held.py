"""What does the archive hold, all in all, and what of this day in other years?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.archived import ArchivedArticle
from indexer.engine import IndexReader
from indexer.facets import FacetName
from indexer.query import And, Dates, Or, Question, Sort
from search_app.answer.date_histogram import Timeline, timeline_of

HOME_MONTHS = 600
"""Fifty years of months are shown as months where all of the archive is."""

_ALL = And(())

Span = tuple[date, date]
"""A first and a last day."""


@dataclass(frozen=True, slots=True)
class Held:
    """The index in figures.

    Attributes:
        sources, sections: names, those with most articles first.
        first, last: when the oldest and the newest dated article were published, as spans of days; None
            where none is dated.
        undated: articles of which no year is known.
    """

    articles: int
    sources: tuple[str, ...]
    sections: tuple[str, ...]
    first: Span | None
    last: Span | None
    undated: int
    line: Timeline


@dataclass(frozen=True, slots=True)
class Memory:
    """Articles of one day in several years: how many there are, and some of them."""

    total: int
    articles: tuple[ArchivedArticle, ...]


@dataclass(frozen=True, slots=True)
class FoundIds:
    """Some ids, and of how many."""

    total: int
    ids: tuple[str, ...]


def count_held(reader: IndexReader) -> Held:
    """The figures of a state of the index."""
    counted = (FacetName.SOURCE, FacetName.SECTION)
    found = reader.search(Question(_ALL, facets=counted, size=0, date_histogram=True))
    if found.date_histogram is None:
        raise AssertionError("an engine counts by date where it is asked to")
    spans = sorted(span for span in found.date_histogram.by_span() if span[0])
    names = {name: _by_count(found.facets[name]) for name in counted}
    return Held(
        articles=found.total,
        sources=names[FacetName.SOURCE],
        sections=names[FacetName.SECTION],
        first=_span(spans[0]) if spans else None,
        last=_span(spans[-1]) if spans else None,
        undated=found.date_histogram.by_span().get((0, 0), 0),
        line=timeline_of(found.date_histogram, Dates(None, None), HOME_MONTHS),
    )


def on_this_day(day: date, held: Held, reader: IndexReader, size: int) -> FoundIds:
    """The articles of a day of the year in the years that the archive holds, but for the day's own."""
    if held.first is None or held.last is None:
        return FoundIds(0, ())
    years = [year for year in range(held.first[0].year, held.last[1].year + 1) if year != day.year]
    days = [same for year in years if (same := _in_year(day, year))]
    if not days:
        return FoundIds(0, ())
    query = Or(tuple(Dates(one, one) for one in days))
    found = reader.search(Question(query, sort=Sort.NEWEST, size=size))
    return FoundIds(found.total, tuple(hit.id for hit in found.hits))


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year; None for 29 February where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _span(days: tuple[int, int]) -> Span:
    return date.fromordinal(days[0]), date.fromordinal(days[1])


def _by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The names, most articles first; "" is none."""
    return tuple(sorted(filter(None, counts), key=lambda name: (-counts[name], name)))
