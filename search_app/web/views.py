"""Which addresses answer with a page, and with which? Searches here; articles and more beside this file."""

from dataclasses import replace
from functools import partial

from flask import Response, current_app, make_response, request
from werkzeug.datastructures import MultiDict

from search_app.answer.pages import SearchRequest
from search_app.api.current import current_language, current_service, current_settings
from search_app.api.described import description
from search_app.api.faults import Fault, ParameterError
from search_app.api.found import changes_page, why_page
from search_app.api.parameters import FIRST, LAST, PAGE_COLLAPSES, search_request
from search_app.facets import BESIDE_RESULTS, MOST_BESIDE
from search_app.formats.reasons import REASONS
from search_app.web import narrowing, results
from search_app.web.address import Address, current_address
from search_app.web.correction import correction_notice
from search_app.web.expansion_notes import date_links, expansion_notes
from search_app.web.facet_page import facet_named, facet_page
from search_app.web.histogram import histogram
from search_app.web.home import home_page
from search_app.web.no_results import no_results
from search_app.web.templating import render
from search_app.web.unit_notes import unit_notes
from search_app.web.withdrawn import withdrawal_line


def search() -> str:
    """The home page where nothing is asked, else the results."""
    address = current_address()
    asked = search_request(request.args, collapses=PAGE_COLLAPSES)
    return _results(address, asked) if address.pairs else render("home.html", address, **home_page(address))


def facet(name: str) -> str:
    """All values of a facet, searched and sorted."""
    address, asked = current_address(), search_request(request.args)
    return render("facet.html", address, **facet_page(facet_named(name), asked, address, request.args))


def how() -> str:
    """How to ask."""
    return render("help.html", current_address())


def why(article_id: str) -> str:
    """Why an article stands where it stands: the parts of its score."""
    page = why_page(article_id)
    return render("why.html", current_address(), page=page, found=page.explanation, reasons=REASONS)


def api_page() -> str:
    """What programs can ask for: the description of the API, to read."""
    return render("api.html", current_address(), description=description(current_app, current_settings().url))


def changes(article_id: str) -> str:
    """What an article changed of the first print of its story, or of the one it is held against."""
    return render("changes.html", current_address(), page=changes_page(article_id))


def fault_answer(fault: Fault) -> tuple[Response, int]:
    """An error as a page that still holds the box and what was typed."""
    address = current_address()
    if fault.code == "bad-parameter":
        address = _possible(address)  # what cannot be must not stand in the next address
    if fault.withdrawal:
        line = withdrawal_line(fault.withdrawal.tombstone)
        response = make_response(render("withdrawn.html", address, fault=fault, line=line))
    else:
        response = make_response(render("error.html", address, fault=fault))
    response.headers.update(fault.headers)
    return response, fault.status


def _possible(address: Address) -> Address:
    """Without the parameters that cannot be; without dates where they cannot be together."""
    names = dict.fromkeys(name for name, _ in address.pairs)
    found = address.only(*(name for name in names if _can_be(address.only(name))))
    return found if _can_be(found) else found.without(FIRST, LAST)


def _can_be(address: Address) -> bool:
    try:
        search_request(MultiDict(address.pairs))
    except ParameterError:
        return False
    return True


def _results(address: Address, asked: SearchRequest) -> str:
    counted = replace(asked, facets=BESIDE_RESULTS, most_values=MOST_BESIDE, date_histogram=True)
    page = current_service().searching.page(counted)
    language = current_language()
    correction = correction_notice(page, address)
    chips = list(narrowing.chips(page, address, language))
    pinned = address.as_understood(page.understood) if page.understood else address.without()
    return render(
        "results.html",
        address,
        page=page,
        by_tier=results.hits_by_tier(page),
        scattered_href=results.scattered_href(page, address),
        chips=chips,
        groups=narrowing.facet_groups(page, address, language),
        undated=narrowing.undated_link(page, address),
        over_time=histogram(page.timeline, address, language) if page.timeline else None,
        sorts=results.sort_links(page, address),
        stories_switch=results.story_switch(page, address),
        turns=results.page_links(page, address),
        turned=partial(results.page_href, address),
        typed=results.typed_parts(page.request.selection.query, page.problems),
        expansion_notes=expansion_notes(page, address),
        correction=correction,
        units=unit_notes(page, correction.address),
        pinned=pinned,
        pinned_page=results.on_page(pinned, asked.page),
        date_links=date_links(page, address, language),
        no_results=no_results(page, address, chips),
    )
