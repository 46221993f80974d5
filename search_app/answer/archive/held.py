"""How much does the archive hold, and which articles does it hold of one day of the year in other years?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.archived import ArchivedArticle
from indexer.engine import IndexReader
from indexer.facets import FacetName
from indexer.query import And, Dates, Or, Question, Sort
from search_app.answer.date_histogram import Timeline, timeline_of

HOME_MONTHS = 600
"""Months that the histogram of the whole archive shows as months: fifty years."""

_ALL = And(())

Span = tuple[date, date]
"""A first and a last day."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an index holds, in figures.

    Attributes:
        articles: number of articles.
        sources, sections: names, those with the most articles first.
        first, last: the dates of the oldest and the newest article, as spans of days; None if none is dated.
        undated: number of articles without even a year.
        line: the date histogram of all articles.
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
    """The articles of one day of the year in several years: their number, and the newest of them."""

    total: int
    articles: tuple[ArchivedArticle, ...]


@dataclass(frozen=True, slots=True)
class FoundIds:
    """The first ids of a result, and the total number of matches."""

    total: int
    ids: tuple[str, ...]


def count_held(reader: IndexReader) -> Held:
    """What a state of the index holds; one query that matches all articles."""
    counted = (FacetName.SOURCE, FacetName.SECTION)
    results = reader.search(Question(_ALL, facets=counted, size=0, date_histogram=True))
    if results.date_histogram is None:
        raise AssertionError("an engine counts by date where it is asked to")
    spans = sorted(span for span in results.date_histogram.by_span() if span[0])
    names = {name: _by_count(results.facets[name]) for name in counted}
    return Held(
        articles=results.total,
        sources=names[FacetName.SOURCE],
        sections=names[FacetName.SECTION],
        first=_span(spans[0]) if spans else None,
        last=_span(spans[-1]) if spans else None,
        undated=results.date_histogram.by_span().get((0, 0), 0),
        line=timeline_of(results.date_histogram, Dates(None, None), HOME_MONTHS, held=results.date_histogram),
    )


def on_this_day(day: date, held: Held, reader: IndexReader, size: int) -> FoundIds:
    """The articles of the same day of the year in other years, of all years that the archive holds."""
    if held.first is None or held.last is None:
        return FoundIds(0, ())
    years = [year for year in range(held.first[0].year, held.last[1].year + 1) if year != day.year]
    days = [same for year in years if (same := _in_year(day, year))]
    if not days:
        return FoundIds(0, ())
    query = Or(tuple(Dates(same, same) for same in days))
    results = reader.search(Question(query, sort=Sort.NEWEST, size=size))
    return FoundIds(results.total, tuple(hit.id for hit in results.hits))


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year; None for 29 February of a year without it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _span(days: tuple[int, int]) -> Span:
    return date.fromordinal(days[0]), date.fromordinal(days[1])


def _by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The names, those with the most articles first, without ""."""
    return tuple(sorted(filter(None, counts), key=lambda name: (-counts[name], name)))
