"""Which rows has a view, besides articles? By its name: all of its rows, and what proves them.

A view is asked for by the parameters of its address, whichever interface reads them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from indexer.facets import FacetName
from search_app.answer.counting.concordance import ConcordanceTotals
from search_app.answer.counting.item_order import Listing
from search_app.answer.exporting.cursor import Cursor
from search_app.answer.exporting.receipt import ReceiptResult
from search_app.answer.service import Service
from search_app.api.concordances import concordance_request
from search_app.api.facet_values import values_found
from search_app.api.item_requests import (
    collocation_request,
    comparison_request,
    keyword_request,
    ngram_request,
)
from search_app.api.parameters import AS_OF, Values, search_request
from search_app.api.trends import trend_request
from search_app.api.view_pins import (
    COLLOCATIONS,
    COMPARE,
    CONCORDANCE,
    FACET,
    KEYWORDS,
    LANGUAGE,
    NGRAMS,
    TIMELINE,
    PinnedView,
    pinned_comparison,
    pinned_items,
    pinned_lines,
    pinned_trend,
    pinned_values,
)
from search_app.formats.exports.rows_digest import Row, row_texts
from search_app.formats.item_tables import collocations_table, comparison_table, keywords_table, ngrams_table
from search_app.formats.page_tables import groups_table, lines_table, timeline_table, values_table
from search_app.formats.table import Table


@dataclass(frozen=True, slots=True)
class ViewAsked:
    """What is asked of a view.

    Attributes:
        values: the parameters of its address.
        language: in which values of facets are named where the parameters do not say.
        after: how many rows are left out at the beginning.
        most: how many follow at the most; None: all.
    """

    values: Values
    service: Service
    language: str
    after: int = 0
    most: int | None = None

    def until(self, rows: int) -> int:
        """How many of all rows there are up to the last that is not left out."""
        return rows if self.most is None else min(self.after + self.most, rows)


@dataclass(frozen=True, slots=True)
class ViewTable:
    """All rows of a view.

    Attributes:
        pinned: what was asked, and how the same is asked for ever.
        table: the rows; they are read once.
        keys: what tells each row from all others, those that are left out too.
        after, until: how many rows are left out at the beginning, and how many there are up to the last that
            is not left out.
        change: the archive's change that they are of.
        result: how many there are, and the totals that they are of.
        held_articles, held_syllables: what is held under the same filters; None: the view does not say.
    """

    pinned: PinnedView
    table: Table
    keys: Collection[str]
    change: int
    result: ReceiptResult
    after: int
    until: int
    held_articles: int | None = None
    held_syllables: int | None = None

    @property
    def next(self) -> Cursor | None:
        """Where it goes on; None where these are the last rows."""
        if self.until >= self.result.rows:
            return None
        return Cursor.after(self.change, self.keys, self.until)


def view_table(
    view: str, asked: ViewAsked, cursor: Cursor | None = None, most: int | None = None
) -> ViewTable:
    """The rows of a view, which is named in VIEWS.

    Args:
        cursor: goes on after its rows, at its change.
        most: so many rows at the most; None: all.

    Raises:
        ParameterError: a value that cannot be.
        UserError: a query is past a stated limit, or the cursor is of another result.
        OperatorError: the index or the archive cannot be read.
    """
    if cursor is None:
        return VIEWS[view](replace(asked, most=most))
    values = asked.values.copy()
    if not values.get(AS_OF, "").strip():
        values[AS_OF] = str(cursor.change)
    found = VIEWS[view](replace(asked, values=values, after=cursor.rows, most=most))
    cursor.check(found.change, found.keys)
    return found


@dataclass(frozen=True, slots=True)
class ViewSummary:
    """What is known of a view without its rows; see ViewTable."""

    pinned: PinnedView
    change: int
    result: ReceiptResult


def view_summary(view: str, asked: ViewAsked) -> ViewSummary:
    """How many rows a view has, and the totals that they are of. Of lines none is sorted or read.

    Raises:
        UserError, OperatorError: as ``view_table``.
    """
    if view == CONCORDANCE:
        request = replace(concordance_request(asked.values), page=1, size=1)
        page = asked.service.concordances.page(request)
        totals = page.totals
        result = replace(_of_lines(totals), rows=page.total)
        return ViewSummary(pinned_lines(asked.values, totals), totals.archive_number, result)
    found = view_table(view, asked)
    return ViewSummary(found.pinned, found.change, found.result)


def _timeline(asked: ViewAsked) -> ViewTable:
    trend = asked.service.trends.trend(trend_request(asked.values))
    (one,) = trend.series if len(trend.series) == 1 else (None,)
    result = ReceiptResult(
        0,
        one.articles if one else None,
        one.stories if one else None,
        one.hits if one else None,
        trend.stories_number,
        trend.series[0].excluded_undated,
    )
    pinned = pinned_trend(asked.values, trend)
    return _whole(asked, pinned, timeline_table(trend), trend.archive_number, result)


def _concordance(asked: ViewAsked) -> ViewTable:
    request, concordances = concordance_request(asked.values), asked.service.concordances
    if request.group is not None and request.beside is None:
        page = concordances.all_groups(request)
        found = _whole(
            asked,
            pinned_lines(asked.values, page.totals),
            groups_table(page.groups),
            page.totals.archive_number,
            _of_lines(page.totals),
        )
        return _holding(found, page.totals)
    stream = concordances.stream(request, asked.after, asked.most)
    totals = stream.totals
    found = ViewTable(
        pinned_lines(asked.values, totals),
        lines_table(stream.lines),
        stream.keys,
        totals.archive_number,
        _of_lines(totals),
        asked.after,
        asked.until(totals.lines),
    )
    return _holding(found, totals)


def _of_lines(totals: ConcordanceTotals) -> ReceiptResult:
    return ReceiptResult(totals.lines, totals.articles, totals.stories, totals.hits, totals.stories_number)


def _holding(found: ViewTable, totals: ConcordanceTotals) -> ViewTable:
    return replace(found, held_articles=totals.held_articles, held_syllables=totals.held_syllables)


def _collocations(asked: ViewAsked) -> ViewTable:
    request = collocation_request(asked.values)
    found = asked.service.collocations.find(replace(request, listing=_every(request.listing)))
    pinned = pinned_items(COLLOCATIONS, asked.values, found.asked, found.change)
    result = ReceiptResult(0, found.articles, hits=found.hits)
    return _whole(asked, pinned, collocations_table(found), found.change, result)


def _keywords(asked: ViewAsked) -> ViewTable:
    request = keyword_request(asked.values)
    found = asked.service.keywords.find(replace(request, listing=_every(request.listing)))
    pinned = pinned_items(KEYWORDS, asked.values, found.asked, found.change)
    return _whole(asked, pinned, keywords_table(found), found.change, ReceiptResult(0, found.articles))


def _ngrams(asked: ViewAsked) -> ViewTable:
    request = ngram_request(asked.values)
    found = asked.service.ngrams.find(replace(request, listing=_every(request.listing)))
    pinned = pinned_items(NGRAMS, asked.values, found.asked, found.change)
    return _whole(asked, pinned, ngrams_table(found), found.change, ReceiptResult(0, found.articles))


def _every(listing: Listing) -> Listing:
    return replace(listing, page=None)


def _compare(asked: ViewAsked) -> ViewTable:
    found = asked.service.comparing.compare(comparison_request(asked.values))
    pinned = pinned_comparison(asked.values, found)
    return _whole(asked, pinned, comparison_table(found), found.change, ReceiptResult(0))


def _facet(name: FacetName, asked: ViewAsked) -> ViewTable:
    language = asked.values.get(LANGUAGE, "") or asked.language
    request = search_request(asked.values)
    page, values = values_found(asked.service, name, request, asked.values, language)
    result = ReceiptResult(
        0, page.total, page.stories, page.hits_total, page.stories_number, page.excluded_undated
    )
    pinned = pinned_values(asked.values, page, language)
    return _whole(asked, pinned, values_table(values), page.archive_number, result)


def _whole(
    asked: ViewAsked, pinned: PinnedView, table: Table, change: int, result: ReceiptResult
) -> ViewTable:
    """A view whose rows are all there already."""
    rows = list(table.rows)
    until = asked.until(len(rows))
    kept, keys = Table(table.columns, rows[asked.after : until]), _RowKeys(table.columns, rows)
    return ViewTable(pinned, kept, keys, change, replace(result, rows=len(rows)), asked.after, until)


class _RowKeys(Collection[str]):
    """Rows as text."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return row_texts(self._columns, self._rows)

    def __contains__(self, key: object) -> bool:
        return any(one == key for one in self)


VIEWS: Mapping[str, Callable[[ViewAsked], ViewTable]] = {
    TIMELINE: _timeline,
    CONCORDANCE: _concordance,
    COLLOCATIONS: _collocations,
    KEYWORDS: _keywords,
    NGRAMS: _ngrams,
    COMPARE: _compare,
    **{f"{FACET}{name.value}": partial(_facet, name) for name in FacetName},
}
"""Every view by its name."""
