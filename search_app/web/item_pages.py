"""Which pages show counts of items: collocations, keywords, word lists, and two searches side by side?"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from indexer.counting import TokenUnit
from search_app.answer.counting.asking import CountedSelection
from search_app.answer.counting.collocations import Collocate
from search_app.answer.counting.comparing import Comparison
from search_app.answer.counting.item_order import Direction, ItemMeasure, Listing
from search_app.answer.counting.keywords import KEYWORD_MEASURES, Keyword
from search_app.answer.counting.ngrams import LONGEST, Ngram
from search_app.answer.counting.set_searches import articles_near, articles_with
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.api.current import current_service
from search_app.api.item_requests import (
    OTHER_FIRST,
    OTHER_LAST,
    OTHER_QUERY,
    WIDEST,
    collocation_request,
    comparison_request,
    is_compared,
    keyword_request,
    ngram_request,
)
from search_app.api.parameters import PAGE_COLLAPSES, UNITS, write_parameters
from search_app.api.view_pins import (
    COLLOCATIONS,
    COMPARE,
    KEYWORDS,
    NGRAMS,
    OF_COMPARISON,
    PinnedView,
    names_of_items,
    pinned_comparison,
    pinned_items,
)
from search_app.web.address import current_address
from search_app.web.counted_view import CountedView, href_of_search, own_values
from search_app.web.templating import render

_SYLLABLES_A_WORD = 2
"""Of a window of words, so that a search by syllables reaches as far."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item that is listed, and the search for what is behind it; empty: there is none."""

    item: Collocate | Keyword | Ngram
    href: str


@dataclass(frozen=True, slots=True)
class ListTurn:
    """The pages of a list before and after this one; empty: there is none."""

    before: str
    after: str


def collocations() -> str:
    """What stands near the hits of a query."""
    asked = collocation_request(request.args)
    found = current_service().collocations.find(asked)
    view = _view(COLLOCATIONS, found.asked, found.change)
    reach = max(asked.window.before, asked.window.after)
    as_word = asked.window.unit is TokenUnit.WORD
    slop = reach * (_SYLLABLES_A_WORD if as_word else 1)
    query = found.asked.expanded.query
    lines = [
        ItemLine(one, _href(articles_near(asked.selection, query, one.text, slop, as_word=as_word)))
        for one in found.collocates
    ]
    return render(
        "collocations.html",
        view.address,
        view=view,
        found=found,
        lines=lines,
        measures=tuple(ItemMeasure),
        widest=WIDEST,
        turn=_turn(view, asked.listing, found.total),
    )


def keywords() -> str:
    """What stands in a selection more, or less, often than in the rest."""
    asked = keyword_request(request.args)
    found = current_service().keywords.find(asked)
    view = _view(KEYWORDS, found.asked, found.change)
    return render(
        "keywords.html",
        view.address,
        view=view,
        found=found,
        lines=_lines(found.asked, asked.unit, found.keywords),
        measures=KEYWORD_MEASURES,
        is_descending=asked.listing.direction is Direction.DESCENDING,
        turn=_turn(view, asked.listing, found.total),
    )


def ngrams() -> str:
    """The word list, or the runs of words, of a selection."""
    asked = ngram_request(request.args)
    found = current_service().ngrams.find(asked)
    view = _view(NGRAMS, found.asked, found.change)
    unit = asked.unit if asked.length == 1 else TokenUnit.SYLLABLE
    return render(
        "ngrams.html",
        view.address,
        view=view,
        found=found,
        lines=_lines(found.asked, unit, found.ngrams),
        longest=LONGEST,
        turn=_turn(view, asked.listing, found.total),
    )


def compare() -> str:
    """What two selections find alone and together, and the keywords of each."""
    asked = comparison_request(request.args)
    fields = {name: request.args.get(name, "") for name in (OTHER_QUERY, OTHER_FIRST, OTHER_LAST)}
    if not is_compared(request.args):
        return render("compare.html", current_address(), asked=asked, found=None, fields=fields)
    found = current_service().comparing.compare(asked)
    view = _compared_view(found)
    parts = {"here": found.only_here, "there": found.only_there, "both": found.both}
    return render(
        "compare.html",
        view.address,
        asked=asked,
        view=view,
        found=found,
        hrefs={name: _href(one.search) if one.articles else "" for name, one in parts.items()},
        sides=[
            (side, _lines(side.asked, asked.unit, side.keywords), _href(side.asked.selection))
            for side in (found.here, found.there)
        ],
        fields=fields,
    )


def _view(view: str, asked: CountedSelection, change: int) -> CountedView:
    pinned = pinned_items(view, request.args, asked, change)
    own = own_values(*names_of_items(view), "size")
    return _counted_view(view, asked, pinned, own, own, change)


def _compared_view(found: Comparison) -> CountedView:
    own = own_values(*OF_COMPARISON)
    pinned = pinned_comparison(request.args, found)
    return _counted_view(COMPARE, found.here.asked, pinned, own, dict(pinned.own), found.change)


def _counted_view(
    view: str,
    asked: CountedSelection,
    pinned: PinnedView,
    own: dict[str, str],
    understood_own: dict[str, str],
    change: int,
) -> CountedView:
    address = understood = current_address().without("size")
    if asked.understood.text:
        understood = address.as_understood(asked.understood.text)
    if OTHER_QUERY in own:
        understood = understood.setting(UNITS, "0")
    return CountedView(f"web.{view}", address, own, understood, understood_own, pinned, change)


def _lines(asked: CountedSelection, unit: TokenUnit, items: Iterable[Keyword | Ngram]) -> list[ItemLine]:
    """Items with the search for the articles that hold them; what stands in none has no search."""
    query, as_word = asked.expanded.query, unit is TokenUnit.WORD
    return [
        ItemLine(
            one,
            _href(articles_with(asked.selection, query, one.text, as_word=as_word) if one.count else None),
        )
        for one in items
    ]


def _href(selection: Selection | None) -> str:
    if selection is None:
        return ""
    return href_of_search(tuple(write_parameters(SearchRequest(selection), collapses=PAGE_COLLAPSES)))


def _turn(view: CountedView, listing: Listing, total: int) -> ListTurn:
    page = listing.page or 1
    before = view.href(page=str(page - 1) if page > 2 else "") if page > 1 else ""  # noqa: PLR2004 - page 1 has no number
    after = view.href(page=str(page + 1)) if page * listing.size < total else ""
    return ListTurn(before, after)
