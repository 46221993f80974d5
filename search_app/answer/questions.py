"""Which question to the engine does a request make, and how are the engine's facet counts shown?"""

from collections.abc import Iterator

from corpus.errors import UserError
from corpus.message import say
from corpus.value_folding import fold_value
from indexer.engine import Results
from indexer.facets import SEVERAL, FacetName
from indexer.query import Dates, FacetFilter, Query, Question, Sort, scoring_matches
from search_app.answer.collation import collation_key
from search_app.answer.pages import FacetValue, SearchRequest
from search_app.answer.selection import Values
from search_app.answer.undated import chosen_besides_dates, undated_query
from search_app.facets import FACETS, ValueOrder
from search_app.settings import MAX_PAGE_SIZE


def applied_sort(asked: Sort, query: Query) -> Sort:
    """The order that is applied: newest first where relevance is asked for and the query scores nothing."""
    return Sort.NEWEST if asked is Sort.RELEVANCE and not any(True for _ in scoring_matches(query)) else asked


def question_of(request: SearchRequest, query: Query, sort: Sort, *, expanded: bool) -> Question:
    """The question to an engine for one page of a request.

    Args:
        query: the expanded query.
        expanded: whether its expansions are searched.
    """
    selection = request.selection
    chosen, dates = selection.chosen, Dates(selection.first, selection.last)
    if selection.undated:
        query, chosen = undated_query(selection, query), chosen_besides_dates(selection)
        dates = Dates(None, None)
    return Question(
        query=query,
        filters=(*_choices(chosen), *_choices(selection.excluded, excluded=True)),
        dates=dates,
        sort=sort,
        facets=request.facets,
        offset=(request.page - 1) * request.size,
        size=request.size,
        occurrences=True,
        expanded=expanded,
        readings=True,
        date_histogram=request.date_histogram,
        stories=True,
        collapse_stories=selection.collapse_stories,
        first_tier_only=request.first_tier_only,
        most_values=request.most_values,
        once=selection.once,
    )


def _choices(values: Values, *, excluded: bool = False) -> Iterator[FacetFilter]:
    return (FacetFilter(name, some, excluded) for name, some in values.items() if some)


def facets(results: Results, request: SearchRequest) -> dict[FacetName, tuple[FacetValue, ...]]:
    """Values with their counts, also those in force that no article has, in the order of each facet."""
    sorted_values: dict[FacetName, tuple[FacetValue, ...]] = {}
    for name, counts in results.facets.items():
        chosen = _by_key(request.selection.chosen.get(name, ()))
        excluded = _by_key(request.selection.excluded.get(name, ()))
        counted = {fold_value(value): (value, count) for value, count in counts.items()}
        missing = {key: (value, 0) for key, value in (chosen | excluded).items() if key not in counted}
        values = [
            FacetValue(value, count, key in chosen, key in excluded)
            for key, (value, count) in (counted | missing).items()
        ]
        if FACETS[name].order is ValueOrder.NEWEST:
            values.sort(key=lambda value: value.value, reverse=True)
        else:
            values.sort(key=lambda value: (-value.count, collation_key(value.value)))
        sorted_values[name] = tuple(_listed(name, values, request.most_values))
    return sorted_values


def _listed(name: FacetName, values: list[FacetValue], most: int | None) -> Iterator[FacetValue]:
    """The first of some sorted values, and those in force wherever they stand, if not all are listed."""
    is_cut = name in SEVERAL and most is not None
    return (
        value
        for place, value in enumerate(values)
        if not is_cut or place < (most or 0) or value.chosen or value.excluded
    )


def _by_key(values: tuple[str, ...]) -> dict[str, str]:
    """Values by the key that all their spellings share."""
    return {fold_value(value): value for value in values}


def check_window(request: SearchRequest) -> None:
    """Refuses an impossible number or size of a page.

    Raises:
        UserError: the size is not from 1 to MAX_PAGE_SIZE, or the number of the page is below 1.
    """
    if not 1 <= request.size <= MAX_PAGE_SIZE:
        raise UserError(
            say("size is {size}; give a number from 1 to {limit}", size=request.size, limit=MAX_PAGE_SIZE)
        )
    if request.page < 1:
        raise UserError(say("page is {page}; pages count from 1", page=request.page))
