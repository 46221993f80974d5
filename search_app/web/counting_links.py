"""Which views count what a search finds? The links between them, which they and the results show."""

from dataclasses import dataclass

from flask import current_app, url_for

from corpus.message import Message, say
from search_app.web.address import Address
from search_app.web.interfaces import data_parameters
from search_app.web.route import find_route

TITLES = {
    "web.timeline": say("Over time"),
    "web.concordance": say("Concordance"),
    "web.collocations": say("Collocations"),
    "web.keywords": say("Keywords"),
    "web.ngrams": say("Word list"),
    "web.compare": say("Compare"),
}
"""What they are called, by their endpoints."""


@dataclass(frozen=True, slots=True)
class CountingLink:
    """A view that counts; ``current`` where it is this page."""

    title: Message
    href: str
    current: bool


def counting_links(address: Address, current: str = "") -> list[CountingLink]:
    """The views of what an address asks for, each with what it honours of it.

    Stories are collapsed there only where the address says so.

    Args:
        current: the endpoint of this page.
    """
    links = []
    for endpoint, title in TITLES.items():
        route = find_route(current_app, endpoint)
        if route is not None and route.view is not None:
            href = url_for(endpoint) + data_parameters(address.pairs, route, "")
            links.append(CountingLink(title, href, endpoint == current))
    return links
