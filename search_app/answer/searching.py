"""What does a search return? A page of results, a count, or less strict selections where nothing is found."""

import time
from dataclasses import replace

from indexer.engine import IndexReader, Results
from indexer.query import Dates, Sort
from indexer.tiers import is_tiered
from search_app.answer.counting.asking import counted_as
from search_app.answer.counting.held import HeldCounts
from search_app.answer.date_histogram import Timeline, timeline_of
from search_app.answer.date_offers import offer_dates
from search_app.answer.evaluation import Answer, Evaluator
from search_app.answer.hits import HitReader
from search_app.answer.no_results import RelaxedSelections, relax
from search_app.answer.pages import PageHit, SearchPage, SearchRequest
from search_app.answer.prints import Prints
from search_app.answer.questions import check_window, facets
from search_app.answer.selection import Selection
from search_app.answer.undated import filters_by_date
from search_app.query.correction.deciding import CorrectedAnswer
from search_app.query.cutting import query_units
from search_app.query.readings import word_readings


class Searching:
    """The use cases of search; safe for threads."""

    def __init__(self, evaluator: Evaluator, hits: HitReader, prints: Prints, held: HeldCounts) -> None:
        self._evaluator = evaluator
        self._held = held
        self._hits = hits
        self._prints = prints

    def page(self, request: SearchRequest) -> SearchPage:
        """A page of results.

        Raises:
            UserError: the query, the page or its size is past a stated limit.
            OperatorError: the index or the archive cannot be read.
        """
        started = time.perf_counter()
        check_window(request)
        with self._evaluator.lend(request.selection) as reader:
            corrected = self._evaluator.correct(reader, request)
            excluded = self._evaluator.count_excluded_undated(reader, request.selection, corrected.answer)
            timeline = self._timeline(reader, request, corrected.answer)
            dates = offer_dates(self._evaluator, reader, request.selection, corrected.answer.understood.query)
        hits = self._page_hits(request, corrected.answer)
        page = self._page(request, corrected, hits)
        query = corrected.shown.text if corrected.shown else request.selection.query
        pin = self._evaluator.pin_note(request.selection, query)
        took_ms = (time.perf_counter() - started) * 1000
        return replace(
            page, timeline=timeline, excluded_undated=excluded, date_offers=dates, took_ms=took_ms, pin=pin
        )

    def count(self, selection: Selection) -> int:
        """The number of articles that match, without correction of the query.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        return self._evaluator.count(selection)

    def relax(self, selection: Selection) -> RelaxedSelections:
        """Selections that are less strict than one that matches nothing, with the number of their matches.

        Raises:
            OperatorError: the index cannot be read.
        """
        return relax(selection, self._evaluator.understand(selection).query, self._evaluator.count)

    def _timeline(self, reader: IndexReader, request: SearchRequest, answer: Answer) -> Timeline | None:
        """The bars of an answer, with what is held in each."""
        if answer.results.date_histogram is None:
            return None
        selection = request.selection
        asked = counted_as(self._evaluator, selection, answer.understood, answer.expanded)
        held = self._held.dates(reader, asked.held)
        return timeline_of(answer.results.date_histogram, Dates(selection.first, selection.last), held=held)

    def _page_hits(self, request: SearchRequest, answer: Answer) -> tuple[PageHit, ...]:
        first_rank = (request.page - 1) * request.size + 1
        source = self._hits.source(request.selection)
        hits = self._hits.page_hits(answer.results.hits, answer.expanded.query, first_rank, source)
        return self._prints.with_firsts(hits, source) if request.selection.collapse_stories else hits

    def _page(
        self,
        request: SearchRequest,
        corrected: CorrectedAnswer[Answer],
        hits: tuple[PageHit, ...],
    ) -> SearchPage:
        selection, answer, results = request.selection, corrected.answer, corrected.answer.results
        return SearchPage(
            request=request,
            understood=answer.understood.text,
            problems=(
                self._evaluator.understand(selection) if corrected.shown else answer.understood
            ).problems,
            sort=answer.sort,
            total=results.total,
            scattered_total=results.scattered_total,
            partial_total=results.partial_total,
            hits_total=results.hits_total,
            pages=-(-_count_ranked(request, results) // request.size),
            took_ms=0.0,
            facets=facets(results, request),
            facet_sizes=results.facet_sizes,
            hits=hits,
            archive_number=results.manifest.archive_number,
            readings=word_readings(answer.understood.query, results.readings),
            mixed=answer.sort is Sort.RELEVANCE and not is_tiered(answer.expanded.query),
            expands=self._evaluator.expands(selection),
            expansions=answer.expanded.expansions,
            offers=answer.expanded.offers,
            corrections=corrected.offered,
            searched_instead=corrected.shown,
            stories=results.stories or 0,
            scattered_stories=results.scattered_stories or 0,
            partial_stories=results.partial_stories or 0,
            units=query_units(answer.understood.query),
            stories_number=answer.stories_number,
            is_filtered_by_date=bool(filters_by_date(selection, answer.expanded.query)),
        )


def _count_ranked(request: SearchRequest, results: Results) -> int:
    """The number of results that pages can show: of articles, or of stories if these are collapsed."""
    counts = [results.total, results.scattered_total, results.partial_total]
    if request.selection.collapse_stories:
        stories = (results.stories, results.scattered_stories, results.partial_stories)
        counts = [count or 0 for count in stories]
    return counts[0] if request.first_tier_only else sum(counts)
