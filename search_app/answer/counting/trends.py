"""How often is what is asked for found over time, and out of how much that is held? Series of periods.

Definitions and formulas: docs/counting.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from corpus.errors import UserError
from corpus.message import say
from indexer.counting import Int64Array
from indexer.engine import IndexReader
from indexer.facets import FacetName
from indexer.request_cache import request_cache
from search_app.answer.counting.asking import (
    CountedSelection,
    counts_of,
    fold_articles,
    understand_counted,
    without_dates,
)
from search_app.answer.counting.dated import (
    BESIDES,
    NO_PERIODS,
    DatedCounts,
    Periods,
    RowKind,
    StoryPrints,
    add_up,
    date_articles,
    periods_between,
)
from search_app.answer.counting.held import HeldCounts, HeldText, no_prints, search_dates, uncounted
from search_app.answer.counting.series import (
    MOST_QUERIES,
    Measure,
    Point,
    Series,
    Trend,
    TrendRequest,
)
from search_app.answer.counting.source_coverage import source_notes
from search_app.answer.date_histogram import thin_periods, unit_of
from search_app.answer.evaluation import Evaluator
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection

MOST_VALUES = 5
"""Values of a facet that have a series each; the others are one series together."""

MOST_PERIODS = 20_000


@dataclass(frozen=True, slots=True)
class _Found:
    """What one query finds, before periods are known.

    Attributes:
        typed: the query as typed, which a correction may stand for.
        prints: the print of each story that is counted.
        values: those that the codes of ``counts`` are of.
        can_count: whether the index can count hits.
    """

    asked: CountedSelection
    typed: str
    counts: DatedCounts
    prints: StoryPrints
    values: tuple[str, ...]
    can_count: bool
    excluded_undated: int | None

    @property
    def has_hits(self) -> bool:
        return self.can_count and self.asked.has_hits


class Trends:
    """The use case of series over time; safe for threads."""

    def __init__(self, evaluator: Evaluator, held: HeldCounts) -> None:
        self._evaluator = evaluator
        self._held = held

    def trend(self, request: TrendRequest) -> Trend:
        """The series of what is asked for.

        A query that finds nothing is corrected as that of a page is, unless the selection says otherwise.

        Raises:
            UserError: a query is past a stated limit, there are too many of them, or too many periods.
            OperatorError: the index cannot be read, or its format cannot count what is asked for.
        """
        _check(request)
        selection = replace(request.selection, collapse_stories=False)
        with self._evaluator.lend(selection) as reader, request_cache():
            found = [
                self._find(reader, replace(request.selection, query=query), request.split)
                for query in (request.selection.query, *request.others)
            ]
            periods = _periods(request, self._spans(reader, found))
            series = [one for some in found for one in self._series(reader, request, periods, some)]
            sources = self._sources(reader, found[0].asked)
            return Trend(
                request,
                periods.unit,
                tuple(series),
                source_notes(periods, sources.counts, sources.values) if found[0].can_count else (),
                *self._known_dates(reader, periods, found[0].asked),
                reader.manifest.archive_number,
                reader.stories_number,
                self._evaluator.expands(request.selection),
            )

    def _find(self, reader: IndexReader, selection: Selection, split: FacetName | None) -> _Found:
        found = self._found(reader, selection, split)
        if not found.counts.articles.sum() and not selection.exact:
            shown = self._correction(reader, selection)
            if shown:
                corrected = self._found(reader, replace(selection, query=shown), split)
                return replace(corrected, typed=selection.query)
        return found

    def _found(self, reader: IndexReader, selection: Selection, split: FacetName | None) -> _Found:
        asked = understand_counted(self._evaluator, selection)
        excluded = self._evaluator.count_undated(reader, selection, asked.expanded.query)
        if reader.counts() is None and not (split or selection.collapse_stories or selection.once):
            counts = uncounted(search_dates(reader, asked.question))
            return _Found(asked, selection.query, counts, no_prints(counts), ("",), False, excluded)
        counter = counts_of(reader)
        articles = fold_articles(counter.articles(asked.question, asked.text), selection)
        column = counter.values(articles, split) if split else None
        codes, values = (column.codes, column.values) if column else (None, ("",))
        counts, prints = date_articles(articles, codes)
        return _Found(asked, selection.query, counts, prints, values, True, excluded)

    def _correction(self, reader: IndexReader, selection: Selection) -> str:
        """The query whose results a page shows in the place of one that finds nothing; empty: none."""
        request = SearchRequest(replace(selection, collapse_stories=False), size=0, facets=())
        shown = self._evaluator.correct(reader, request, shown=False).shown
        return shown.text if shown else ""

    def _held_of(self, reader: IndexReader, asked: CountedSelection, facet: FacetName | None) -> HeldText:
        return self._held.counts(reader, asked.held, asked.text, asked.selection, facet)

    def _spans(self, reader: IndexReader, found: Sequence[_Found]) -> list[tuple[date, date]]:
        """From the first date to the last of what each query finds; where none finds any, of what is held."""
        spans = [span for one in found if (span := one.counts.span())]
        held = None if spans else self._held_of(reader, found[0].asked, None).counts.span()
        return [held] if held else spans

    def _sources(self, reader: IndexReader, asked: CountedSelection) -> HeldText:
        """What is held of each source at any date: each of its articles shows that it is held then."""
        selection = replace(asked.selection, collapse_stories=False)
        question = without_dates(asked.held, asked.selection)
        return self._held.counts(reader, question, asked.text, selection, FacetName.SOURCE)

    def _known_dates(self, reader: IndexReader, periods: Periods, asked: CountedSelection) -> tuple[int, int]:
        """How much is held of any date, and how much of that on a date that a period can hold."""
        question = without_dates(asked.held, asked.selection)
        held = self._held.counts(reader, question, asked.text, asked.selection).counts
        rows = periods.rows_of(held)
        dated = (rows < len(periods)) | (rows == periods.row(RowKind.OUTSIDE))
        return int(held.articles.sum()), int(held.articles[dated].sum())

    def _series(
        self, reader: IndexReader, request: TrendRequest, periods: Periods, found: _Found
    ) -> Iterator[Series]:
        kept = self._held_of(reader, found.asked, request.split)
        held, names = kept.around(found.prints, found.values), kept.values
        if request.split is None:
            yield _one_series(periods, found, held)
            return
        codes_of = {name: code for code, name in enumerate(names)}
        largest = _largest(found, request.measure)
        for code in largest:
            value = found.values[code]
            own = held.only(held.codes == codes_of.get(value, -1))
            counts = found.counts.only(found.counts.codes == code)
            yield replace(_one_series(periods, replace(found, counts=counts), own), value=value)
        shown = tuple(found.values[code] for code in largest)
        is_rest = ~np.isin(found.counts.codes, largest)
        if is_rest.any():
            others = held.only(~np.isin(held.codes, [codes_of.get(value, -1) for value in shown]))
            rest = replace(found, counts=found.counts.only(is_rest))
            yield replace(_one_series(periods, rest, others), rest=shown)


def _check(request: TrendRequest) -> None:
    if len(request.others) >= MOST_QUERIES:
        raise UserError(
            say(
                "{count} queries are asked for at once; give at most {limit}",
                count=len(request.others) + 1,
                limit=MOST_QUERIES,
            )
        )
    if request.split and request.others:
        raise UserError(
            say(
                "split={split} is of one query; leave it out, or the other queries", split=request.split.value
            )
        )


def _periods(request: TrendRequest, spans: Sequence[tuple[date, date]]) -> Periods:
    """From the first match to the last, and at least as far as the dates that are asked for.

    Args:
        spans: what is found; where nothing is, what is held.
    """
    asked = [day for day in (request.selection.first, request.selection.last) if day]
    days = [*asked, *(day for span in spans for day in span)]
    if not days:
        return NO_PERIODS if request.unit is None else replace(NO_PERIODS, unit=request.unit)
    first, last = min(days), max(days)
    unit = request.unit or unit_of(first, last, request.most_months)
    periods = periods_between(unit, first, last)
    if len(periods) > MOST_PERIODS:
        raise UserError(
            say(
                "unit is {unit}, which makes {count} periods from {first} to {last}; at most {limit} are"
                " counted: choose a longer one, or narrower dates (from, to)",
                unit=unit.value,
                count=len(periods),
                first=first.isoformat(),
                last=last.isoformat(),
                limit=MOST_PERIODS,
            )
        )
    return periods


def _largest(found: _Found, measure: Measure) -> list[int]:
    """The codes of the values of which most is found, the first of them first."""
    counts = found.counts
    by_value = add_up(counts.codes, getattr(counts, measure.value), len(found.values))
    order = sorted(np.unique(counts.codes).tolist(), key=lambda code: (-by_value[code], found.values[code]))
    return order if len(order) == MOST_VALUES + 1 else order[:MOST_VALUES]


def _one_series(periods: Periods, found: _Found, held: DatedCounts) -> Series:
    asked = found.asked
    is_corrected = asked.selection.query != found.typed
    return Series(
        asked.selection.query,
        asked.understood.text,
        tuple(_points(periods, found, held)),
        asked.text.zones,
        corrected_from=found.typed if is_corrected else "",
        excluded_undated=found.excluded_undated,
        expansions=asked.expanded.expansions,
    )


def _points(periods: Periods, found: _Found, held: DatedCounts) -> Iterator[Point]:
    rows, held_rows = periods.rows_of(found.counts), periods.rows_of(held)
    can_count = found.can_count

    def added(
        counts: DatedCounts, at: Int64Array, name: str, is_known: bool = True
    ) -> list[int] | list[None]:
        return add_up(at, getattr(counts, name), periods.rows).tolist() if is_known else [None] * periods.rows

    guessed = add_up(periods.guessed_places(found.counts), found.counts.articles, periods.rows)
    guessed[len(periods) :] = 0
    held_articles = added(held, held_rows, "articles")
    thin = thin_periods(np.array(held_articles[: len(periods)], np.int64))
    spans = [*periods.spans(), *[(None, None)] * len(BESIDES)]
    kinds = [*[RowKind.PERIOD] * len(periods), *BESIDES]
    columns = (
        added(found.counts, rows, "articles"),
        added(found.counts, rows, "hits", found.has_hits),
        added(found.counts, rows, "stories", can_count),
        guessed.tolist() if can_count else [None] * periods.rows,
        held_articles,
        added(held, held_rows, "syllables", can_count),
        added(held, held_rows, "stories", can_count),
        [*thin.tolist(), *[False] * len(BESIDES)],
    )
    for kind, span, values in zip(kinds, spans, zip(*columns, strict=True), strict=True):
        yield Point(kind, *span, *values)
