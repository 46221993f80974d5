"""Which filters by date are offered for the dates that a query names in words, and what would each find?

A date in words is never applied by itself. Each offer is the selection without the words of the date and with
it as the filter, the number of articles that this finds, and how many it leaves out for lack of a date. Of a
selection that has a filter by date nothing is offered.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from corpus.errors import UserError
from indexer.engine import IndexReader
from indexer.query import Query
from indexer.request_cache import request_cache
from search_app.answer.evaluation import Evaluator
from search_app.answer.pages import DateOffer, SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.undated import filters_by_date
from search_app.query.grammar.dates_in_words import DateInWords, find_dates, without_date

MOST_OFFERS = 3
"""Dates of one query that are offered, the first of them; each is counted by two questions to the index."""


def offer_dates(
    evaluator: Evaluator, reader: IndexReader, selection: Selection, query: Query
) -> tuple[DateOffer, ...]:
    """The filters that are offered for the dates in words of a query.

    Args:
        query: the parsed query whose results are shown, without expansions.
    """
    if selection.undated or filters_by_date(selection, query):
        return ()
    offered = ((dated, _filtered(selection, query, dated)) for dated in find_dates(query))
    asked = ((dated, other) for dated, other in offered if other.query)
    with request_cache():
        counted = islice(asked, MOST_OFFERS)
        return tuple(offer for one in counted for offer in _count(evaluator, reader, *one))


def _filtered(selection: Selection, query: Query, dated: DateInWords) -> Selection:
    """The selection, as understood, with the date as its filter, in place of its words."""
    text = without_date(query, dated)
    return replace(selection, query=text, units=False, not_units=(), first=dated.first, last=dated.last)


def _count(
    evaluator: Evaluator, reader: IndexReader, dated: DateInWords, selection: Selection
) -> Iterator[DateOffer]:
    asked = SearchRequest(replace(selection, collapse_stories=False), size=0, facets=(), first_tier_only=True)
    try:
        answer = evaluator.answer(reader, asked, shown=False)
    except UserError:
        return  # the rest of the query is past a limit of the grammar
    excluded = evaluator.count_excluded_undated(reader, asked.selection, answer) or 0
    yield DateOffer(dated.typed, selection, answer.total, excluded)
