"""Which parameters does an address honour? Those that its row names; it refuses others of ours by name.

A parameter that is passed over in silence misleads whoever trusts the answer: a CSV of ``stories=1`` that
lists every article, a feed that ignores a filter. Parameters that no row of the table names are not ours
(``utm_source``), and stay ignored. Links to the data of a page carry what the other address honours.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache, wraps

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from corpus.message import Message, say
from search_app.answer.pages import SearchRequest
from search_app.api.faults import ParameterError
from search_app.api.parameters import (
    GRAMMAR_NUMBER,
    PAGE_COLLAPSES,
    SPREADSHEET,
    STORIES,
    check_grammar,
    search_request,
    write_parameters,
)
from search_app.web.address import Address, Pair, encoded
from search_app.web.route import Route, View, parameters_of, route_of
from search_app.web.withdrawn import answer_shown

LANGUAGE = "lang"
"""Honoured everywhere."""


def refuse_others(route: Route, form: str = "") -> None:
    """Refuses what is ours, and is not honoured here.

    Args:
        form: json or csv where the suffix of the address says so; else empty.

    Raises:
        ParameterError: names the first of them, or the grammar is not known.
    """
    honoured = route.honoured(form) | {LANGUAGE}
    ours = parameters_of(current_app)
    for name in request.args:
        if name in ours and name not in honoured:
            raise ParameterError(_refusal(name, honoured))
    if GRAMMAR_NUMBER in honoured:
        check_grammar(request.args)


def _refusal(name: str, honoured: Iterable[str]) -> Message:
    return say(
        "{name} means nothing at this address; leave it out. It takes {names}",
        name=name,
        names=", ".join(sorted(honoured)),
    )


def checked(route: Route, view: View) -> View:
    """The view, which refuses what it does not honour, and what is withdrawn."""

    @wraps(view)
    def answer(**variables: str) -> ResponseReturnValue:
        if not route.has_own_errors:
            refuse_others(route)
        return answer_shown(view, variables)

    return answer


def data_href(address: Address, endpoint: str, form: str = "", *, stories: bool | None = None) -> str:
    """The link to the results of a page as something else: with all that the other address honours.

    It is written from the selection that the page's address is read to, so that both ask for the same.

    Args:
        stories: whether stories are collapsed there; None: as on the page.
    """
    route = route_of(current_app, endpoint)
    path = url_for(route.twins_endpoint, form=form) if form else url_for(endpoint)
    return path + data_parameters(_as_read(address.pairs, stories), route, form)


@lru_cache(maxsize=1 << 4)
def _as_read(pairs: tuple[Pair, ...], stories: bool | None) -> tuple[Pair, ...]:
    """Parameters as the selection that they are read to writes them; a page has eight links to its data."""
    if not pairs:
        return ()
    asked = _read(pairs)
    if stories is not None and stories is not asked.selection.collapse_stories:
        asked = replace(asked, selection=replace(asked.selection, collapse_stories=stories))
    return tuple(write_parameters(asked))


@lru_cache(maxsize=1 << 3)
def _read(pairs: tuple[Pair, ...]) -> SearchRequest:
    return search_request(MultiDict(pairs), collapses=PAGE_COLLAPSES)


def page_of(address: Address) -> Address:
    """The first page of results that shows what the address of a feed asks for, which has no such default."""
    collapses = search_request(MultiDict(address.pairs)).selection.collapse_stories
    if collapses is PAGE_COLLAPSES or not address.pairs:
        return address.without(STORIES)
    return address.setting(STORIES, str(int(collapses)))


def data_parameters(pairs: Iterable[Pair], route: Route, form: str) -> str:
    """Parameters as another form of an address takes them; a CSV that a reader opens is for spreadsheets."""
    honoured = route.honoured(form)
    kept = [pair for pair in pairs if pair[0] in honoured and pair[0] != SPREADSHEET]
    if SPREADSHEET in honoured:
        kept.append((SPREADSHEET, "1"))
    return f"?{encoded(kept)}" if kept else ""
