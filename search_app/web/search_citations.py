"""How is the whole result of a search cited? On the page that offers it, as a file, and in a package."""

from datetime import date

from flask import Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from search_app.answer.exporting.facts import ResultFacts
from search_app.answer.exporting.receipt import Parameters
from search_app.answer.pages import SearchRequest
from search_app.api.current import current_service
from search_app.api.parameters import (
    ALSO,
    AS_OF,
    AS_TYPED,
    GRAMMAR_NUMBER,
    PAGE_COLLAPSES,
    UNITS,
    WIDEN,
    search_request,
    write_parameters,
)
from search_app.api.public_address import absolute_address
from search_app.api.receipts import check_asked_again
from search_app.formats.citations import READ_BY_PEOPLE, Style
from search_app.formats.citations.searches import CitedSearch, cite_search
from search_app.web.address import Address, encoded
from search_app.web.citations import KINDS
from search_app.web.paths import current_paths
from search_app.web.tag_uris import search_tag

_OF_UNDERSTANDING = frozenset({"q", GRAMMAR_NUMBER, UNITS, WIDEN, ALSO, AS_OF, AS_TYPED})
"""Parameters that a citation says by what was understood and by the change."""


def search_citation(style: str) -> Response:
    """The citation of the result of a search, as a file.

    Raises:
        UserError: the query as understood is too long to be asked for again.
    """
    if style not in set(Style):
        abort(404)
    chosen = Style(style)
    facts = current_service().exporting.facts(search_request(request.args).selection)
    check_asked_again(facts)
    kind, suffix = KINDS[chosen]
    answer = Response(cite_search(chosen, cited_search(facts)), content_type=kind)
    name = f"khobao-c{facts.change}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def citations_of(facts: ResultFacts) -> tuple[str, ...]:
    """A result in the styles that are read by people; none where it cannot be asked for again."""
    if not facts.can_be_asked_again:
        return ()
    cited = cited_search(facts)
    return tuple(cite_search(style, cited) for style in READ_BY_PEOPLE)


def cited_search(facts: ResultFacts) -> CitedSearch:
    """A result as it is cited today."""
    archive = current_service().monitoring.archive_uuid()
    said = tuple(write_parameters(SearchRequest(facts.pinned)))
    pinned = tuple(write_parameters(SearchRequest(facts.pinned), collapses=PAGE_COLLAPSES))
    link = absolute_address(f"{url_for('web.search')}?{encoded(pinned)}") or ""
    return CitedSearch(
        facts.asked.query,
        facts.pinned.query,
        tuple(f"{name}={value}" for name, value in said if name not in _OF_UNDERSTANDING),
        facts.articles,
        facts.change,
        facts.day,
        facts.ids_sha256,
        archive,
        link,
        search_identifier(archive, facts),
        date.today(),  # noqa: DTZ011 - on the server's clock
    )


def search_identifier(archive: str, facts: ResultFacts) -> str:
    """The URI of a search, as understood and at its change.

    Args:
        archive: UUID.
    """
    pairs: Parameters = tuple(write_parameters(SearchRequest(facts.pinned)))
    return search_tag(archive, Address.of(MultiDict(pairs), current_paths()))
