"""What does a search show? A page of results, and what can be asked instead of one that finds nothing."""

import time

from indexer.boosts import is_tiered
from indexer.engine import Results
from indexer.query import Dates, Sort
from search_app.answer.date_histogram import timeline_of
from search_app.answer.evaluation import Answer, Evaluator
from search_app.answer.hits import HitReader
from search_app.answer.no_results import RelaxedSelections, relax
from search_app.answer.pages import PageHit, SearchPage, SearchRequest
from search_app.answer.prints import Prints
from search_app.answer.questions import check_window, facets
from search_app.answer.selection import Selection
from search_app.query.correction.deciding import CorrectedAnswer
from search_app.query.grammar import understand
from search_app.query.readings import word_readings


class Searching:
    """Use cases of a search; safe for threads."""

    def __init__(self, evaluator: Evaluator, hits: HitReader, prints: Prints) -> None:
        self._evaluator = evaluator
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
        with self._evaluator.lend() as reader:
            found = self._evaluator.correct(reader, request)
        hits = self._page_hits(request, found.answer)
        return self._page(request, found, hits, started)

    def count(self, selection: Selection) -> int:
        """How many articles match, the query taken exactly as it stands.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        return self._evaluator.count(selection)

    def relax(self, selection: Selection) -> RelaxedSelections:
        """What asks less than a selection that finds nothing, each with the articles that it finds.

        Raises:
            OperatorError: the index cannot be read.
        """
        return relax(selection, self._evaluator.count)

    def _page_hits(self, request: SearchRequest, answer: Answer) -> tuple[PageHit, ...]:
        first_rank = (request.page - 1) * request.size + 1
        hits = self._hits.page_hits(answer.results.hits, answer.expanded.query, first_rank)
        return tuple(map(self._prints.with_first, hits)) if request.selection.collapse_stories else hits

    def _page(
        self,
        request: SearchRequest,
        found: CorrectedAnswer[Answer],
        hits: tuple[PageHit, ...],
        started: float,
    ) -> SearchPage:
        selection, answer, results = request.selection, found.answer, found.answer.results
        typed_problems = understand(selection.query).problems if found.shown else answer.understood.problems
        shown_query = found.shown.text if found.shown else selection.query
        dates = Dates(selection.first, selection.last)
        return SearchPage(
            request=request,
            understood=answer.understood.text,
            problems=typed_problems,
            sort=answer.sort,
            total=results.total,
            partial_total=results.partial_total,
            pages=-(-_count_ranked(request, results) // request.size),
            took_ms=(time.perf_counter() - started) * 1000,
            facets=facets(results, request),
            hits=hits,
            archive_number=results.manifest.archive_number,
            readings=word_readings(shown_query, results.readings),
            mixed=answer.sort is Sort.RELEVANCE and not is_tiered(answer.expanded.query),
            expands=self._evaluator.expands(selection),
            expansions=answer.expanded.expansions,
            offers=answer.expanded.offers,
            corrections=found.offered,
            searched_instead=found.shown,
            timeline=timeline_of(results.date_histogram, dates) if results.date_histogram else None,
            stories=results.stories or 0,
            partial_stories=results.partial_stories or 0,
        )


def _count_ranked(request: SearchRequest, results: Results) -> int:
    """The results that pages can show: articles, or stories where each stands there once."""
    whole, partial = results.total, results.partial_total
    if request.selection.collapse_stories:
        whole, partial = results.stories or 0, results.partial_stories or 0
    return whole if request.first_tier_only else whole + partial
