"""Answers to generated queries, beside a plain scan; and each link of their pages, beside what it says.

``make differential`` asks 5,000 queries; these are a share of them that takes seconds.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from benchmarks.differential.comparing import Comparison
from corpus.archive import ArchiveReader
from search_app.answer.pages import SearchPage
from search_app.answer.selection import Selection
from search_app.api.current import current_service
from search_app.api.parameters import FIRST, LAST, LEAVE_OUT, WIDEN, search_request
from search_app.bootstrap import open_cutter, open_service
from search_app.language import number_text
from search_app.settings import Settings
from search_app.web.address import Address, current_address, encoded
from search_app.web.expansion_notes import date_links, expansion_notes
from search_app.web.narrowing import chips, facet_groups
from search_app.web.no_results import no_results

_COMPARED = 150
_FOLLOWED = 40


@pytest.fixture(scope="module")
def comparison(settings: Settings) -> Comparison:
    return Comparison(
        open_service(settings), ArchiveReader(settings.archive), open_cutter(settings).current()
    )


def test_pages_show_what_a_scan_finds(comparison: Comparison) -> None:
    differing = {}
    for number in range(_COMPARED):
        asked, faults = comparison.faults(f"suite-{number}")
        if faults:
            differing[asked.drawn.text] = faults
    assert differing == {}


def counted_links(page: SearchPage, address: Address) -> Iterator[tuple[str, str]]:
    """Every link that changes the query or a filter and says how many articles it finds, with that number."""
    for word in expansion_notes(page, address).words:
        yield from ((one.href, number_text(one.count, "vi")) for one in word.readings if one.href)
    for group in facet_groups(page, address, "vi"):
        if not any(link.chosen or link.excluded for link in group.links):  # one more value adds its articles
            yield from ((link.href, link.count) for link in group.links)
    yield from ((one.href, number_text(one.count, "vi")) for one in date_links(page, address, "vi"))
    found = no_results(page, address, tuple(chips(page, address, "vi")))
    offers = (*found.words, *found.filters, *found.wider) if found else ()
    yield from ((offer.href, number_text(offer.count, "vi")) for offer in offers if offer.count)


def parameters(selection: Selection) -> Iterator[tuple[str, str]]:
    """What an address says of a selection."""
    yield "q", selection.query
    for before, values in (("", selection.chosen), (LEAVE_OUT, selection.excluded)):
        yield from ((before + name, value) for name, some in values.items() for value in some)
    days = ((FIRST, selection.first), (LAST, selection.last))
    yield from ((name, day.isoformat()) for name, day in days if day)
    yield WIDEN, str(int(bool(selection.expand)))


def test_each_link_finds_what_it_says(app: Flask, client: FlaskClient, comparison: Comparison) -> None:
    followed = 0
    wrong = []
    for number in range(_FOLLOWED):
        selection = comparison.asked(f"links-{number}").request.selection
        address = "/?" + encoded(parameters(selection))
        with app.test_request_context(address):
            page = current_service().searching.page(search_request(request.args))
            links = list(counted_links(page, current_address()))
        for href, count in links:
            total = client.get("/api/search?" + urlsplit(href).query + "&size=1").get_json()["total"]
            followed += 1
            if number_text(total, "vi") != count:
                wrong.append((address, href, count, total))
    assert wrong == []
    assert followed > _FOLLOWED
