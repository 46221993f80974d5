"""Which counts of items does an address ask for: collocations, keywords, n-grams, a comparison?"""

from dataclasses import replace

from corpus.message import say
from indexer.counting import TokenUnit, Window
from indexer.query import Sort
from search_app.answer.counting.collocations import CollocationRequest
from search_app.answer.counting.comparing import ComparisonRequest
from search_app.answer.counting.item_order import MOST_LISTED, Direction, ItemMeasure, Listing
from search_app.answer.counting.keywords import KEYWORD_MEASURES, KeywordRequest
from search_app.answer.counting.ngrams import LONGEST, NgramRequest
from search_app.answer.selection import Selection
from search_app.api.faults import ParameterError
from search_app.api.parameters import (
    FIRST,
    LAST,
    Values,
    number_within,
    page_number,
    read_choice,
    search_request,
)

UNIT, LEFT, RIGHT = "unit", "left", "right"
BY, DIRECTION, LEAST, LENGTH = "by", "direction", "least", "length"
OTHER_QUERY, OTHER_FIRST, OTHER_LAST = "other_q", "other_from", "other_to"
WIDEST = 20
"""Units of a window on one side."""

_MOST = 1_000_000_000
_PER_PAGE, _COMPARED = 50, 20
_OF_OTHER = {OTHER_QUERY: "q", OTHER_FIRST: FIRST, OTHER_LAST: LAST}
_OF_ITEMS = frozenset({"page", "size", "sort"})


def collocation_request(values: Values) -> CollocationRequest:
    """Whose neighbours are asked for.

    Raises:
        ParameterError: a value that cannot be.
    """
    left, right = (number_within(values, name, 5, 0, WIDEST) for name in (LEFT, RIGHT))
    if not left and not right:
        raise ParameterError(
            say("left and right are both 0; give a number from 1 to {most} for one of them", most=WIDEST)
        )
    listing = _listing(values, tuple(ItemMeasure), _PER_PAGE)
    return CollocationRequest(_selection(values), Window(left, right, _unit(values)), listing)


def keyword_request(values: Values) -> KeywordRequest:
    """Whose keywords are asked for.

    Raises:
        ParameterError: a value that cannot be.
    """
    return KeywordRequest(_selection(values), _unit(values), _listing(values, KEYWORD_MEASURES, _PER_PAGE))


def ngram_request(values: Values) -> NgramRequest:
    """Whose runs are asked for.

    Raises:
        ParameterError: a value that cannot be.
    """
    length = number_within(values, LENGTH, 1, 1, LONGEST)
    listing = replace(_listing(values, (), _PER_PAGE), by=ItemMeasure.FREQUENCY)
    return NgramRequest(_selection(values), _unit(values), length, listing)


def comparison_request(values: Values) -> ComparisonRequest:
    """Which two selections are compared: what of the second is not said is as in the first.

    Raises:
        ParameterError: a value that cannot be.
    """
    first, second = _selection(values), _selection(_other(values))
    return ComparisonRequest(first, second, _unit(values), _listing(values, (), _COMPARED))


def is_compared(values: Values) -> bool:
    """Whether an address says what its selection is compared with."""
    return any(values.get(name, "").strip() for name in _OF_OTHER)


def _other(values: Values) -> Values:
    """The parameters of the second selection."""
    said = {name for name in _OF_OTHER if values.get(name, "").strip()}
    replaced = {"q"} if OTHER_QUERY in said else set()
    if said & {OTHER_FIRST, OTHER_LAST}:
        replaced |= {FIRST, LAST}
    kept = [pair for pair in values.items(multi=True) if pair[0] not in replaced]
    return Values([*kept, *((_OF_OTHER[name], values[name]) for name in said)])


def _selection(values: Values) -> Selection:
    kept = Values(pair for pair in values.items(multi=True) if pair[0] not in _OF_ITEMS)
    return replace(search_request(kept).selection, sort=Sort.RELEVANCE)


def _unit(values: Values) -> TokenUnit:
    return read_choice(values, UNIT, TokenUnit.WORD, TokenUnit)


def _listing(values: Values, measures: tuple[ItemMeasure, ...], size: int) -> Listing:
    """Which items are listed; sorted as asked where there are several measures."""
    listing = Listing(
        least=number_within(values, LEAST, 5, 1, _MOST),
        page=page_number(values),
        size=number_within(values, "size", size, 1, MOST_LISTED),
    )
    if not measures:
        return listing
    by = read_choice(values, BY, listing.by, measures)
    return replace(listing, by=by, direction=read_choice(values, DIRECTION, listing.direction, Direction))
