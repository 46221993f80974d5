"""How is a view asked for, so that it answers the same for ever? By its parameters, as understood and pinned.

A view is what counts or lists something else than articles: its queries as understood, with the expansions
that they have, at a change of the archive. What is withdrawn later is withheld from it all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marshmallow import Schema

from search_app.answer.counting.asking import CountedSelection
from search_app.answer.counting.comparing import Comparison
from search_app.answer.counting.concordance import ConcordanceTotals
from search_app.answer.counting.series import Trend
from search_app.answer.exporting.pinning import pin_down
from search_app.answer.exporting.receipt import Parameters
from search_app.answer.pages import SearchPage, SearchRequest
from search_app.answer.selection import Selection
from search_app.api.concordances import OWN, PAGE, SIZE
from search_app.api.facet_values import BY as BY_NAME
from search_app.api.facet_values import FIND
from search_app.api.item_requests import (
    BY,
    DIRECTION,
    LEAST,
    LEFT,
    LENGTH,
    OTHER_FIRST,
    OTHER_LAST,
    OTHER_QUERY,
    RIGHT,
    UNIT,
)
from search_app.api.parameter_schemas import (
    CollocationParameters,
    ComparisonParameters,
    ConcordanceParameters,
    FacetParameters,
    KeywordParameters,
    NgramParameters,
    TrendParameters,
    names_of,
)
from search_app.api.parameters import Values, write_parameters
from search_app.api.trends import COUNT, SCALE, SPLIT, WITH
from search_app.query.expansion import Expansion

LANGUAGE = "lang"
TIMELINE, CONCORDANCE, COLLOCATIONS = "timeline", "concordance", "collocations"
KEYWORDS, NGRAMS, COMPARE = "keywords", "ngrams", "compare"
FACET = "facet-"
"""Begins the name of the view of a facet's values: ``facet-source``."""

_OF_ITEMS: Mapping[str, tuple[type[Schema], tuple[str, ...]]] = {
    COLLOCATIONS: (CollocationParameters, (UNIT, LEFT, RIGHT, BY, DIRECTION, LEAST)),
    KEYWORDS: (KeywordParameters, (UNIT, BY, DIRECTION, LEAST)),
    NGRAMS: (NgramParameters, (UNIT, LENGTH, LEAST)),
}
_OF_LINES = tuple(name for name in OWN if name not in {PAGE, SIZE})
_OF_TREND = (UNIT, COUNT, SCALE, SPLIT)
OF_COMPARISON = (OTHER_QUERY, OTHER_FIRST, OTHER_LAST, UNIT, LEAST, SIZE)
"""What a comparison takes beside its first selection."""


@dataclass(frozen=True, slots=True)
class PinnedView:
    """A view as it was asked for, and how it is asked for again.

    Attributes:
        asked: its selection.
        pinned: the same as understood, at the change that the view answers for.
        corrected: the correction that was searched in place of the typed query; empty: none.
        expansions: those that were searched.
        own: what the view takes beside a selection, without its page.
        honoured: the names of all that the view takes.
    """

    asked: Selection
    pinned: Selection
    corrected: str
    expansions: tuple[Expansion, ...]
    own: Parameters
    honoured: frozenset[str]

    @property
    def parameters(self) -> Parameters:
        """Those of the address that asks for the same whatever is imported later: all of it, on no page."""
        selection = write_parameters(SearchRequest(self.pinned))
        return (*(pair for pair in selection if pair[0] in self.honoured), *self.own)


def pinned_lines(values: Values, totals: ConcordanceTotals) -> PinnedView:
    """A concordance."""
    counted, own = totals.asked, _own(values, _OF_LINES)
    return _counted(ConcordanceParameters, (counted,), totals.archive_number, own)


def pinned_trend(values: Values, trend: Trend) -> PinnedView:
    """A search over time; the length of its periods is said, for it depends on what is found."""
    first, asked = trend.series[0], trend.request.selection
    others = [(WITH, one.understood) for one in trend.series[1:]] if trend.request.others else []
    own = dict(_own(values, _OF_TREND))
    expansions = tuple(dict.fromkeys(one for series in trend.series for one in series.expansions if one.used))
    return PinnedView(
        asked,
        pin_down(asked, first.understood, expansions, trend.archive_number, expands=trend.expands),
        first.query if first.corrected_from else "",
        expansions,
        (*others, *({UNIT: trend.unit.value} | own).items()),
        names_of(TrendParameters),
    )


def names_of_items(view: str) -> tuple[str, ...]:
    """What collocations, keywords or a word list take beside a selection and a page."""
    return _OF_ITEMS[view][1]


def pinned_items(view: str, values: Values, counted: CountedSelection, change: int) -> PinnedView:
    """Collocations, keywords or a word list."""
    schema, names = _OF_ITEMS[view]
    return _counted(schema, (counted,), change, _own(values, names))


def pinned_comparison(values: Values, found: Comparison) -> PinnedView:
    """Two selections side by side; the second is said where it was."""
    own = dict(_own(values, OF_COMPARISON))
    if OTHER_QUERY in own:
        own[OTHER_QUERY] = found.there.asked.understood.text
    sides = (found.here.asked, found.there.asked)
    return _counted(ComparisonParameters, sides, found.change, tuple(own.items()))


def pinned_values(values: Values, page: SearchPage, language: str) -> PinnedView:
    """The values of a facet; the language is said, in which they are named, looked for and sorted."""
    asked, own = page.request.selection, _own(values, (FIND, BY_NAME))
    return PinnedView(
        asked,
        pin_down(asked, page.understood, page.expansions, page.archive_number, expands=page.expands),
        page.searched_instead.text if page.searched_instead else "",
        tuple(one for one in page.expansions if one.used),
        (*own, (LANGUAGE, language)) if own else (),
        names_of(FacetParameters),
    )


def _counted(
    schema: type[Schema], counted: Iterable[CountedSelection], change: int, own: Parameters
) -> PinnedView:
    """A view of selections as they were counted, the first of which is its own."""
    first, *others = counted
    every = (*first.expanded.expansions, *(one for side in others for one in side.expanded.expansions))
    expansions = tuple(dict.fromkeys(one for one in every if one.used))
    pinned = pin_down(first.selection, first.understood.text, expansions, change, expands=first.expands)
    return PinnedView(first.selection, pinned, "", expansions, own, names_of(schema))


def _own(values: Values, names: Iterable[str]) -> Parameters:
    """What is said of some parameters, each once."""
    return tuple((name, value) for name in names if (value := values.get(name, "").strip()))
