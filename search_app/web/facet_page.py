"""What does the page of one facet show? Its values, those that hold what is looked for, in order."""

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from indexer.facets import FacetName
from search_app.answer.pages import SearchRequest
from search_app.api.current import current_language, current_service
from search_app.api.facet_values import BY, FIND, is_by_name, looked_for, values_found
from search_app.facets import FACETS
from search_app.web import narrowing
from search_app.web.address import Address, encoded

SHOWN = 1_000
"""Values that the page shows; its twins list all, and what is looked for is found among all."""


def facet_named(name: str) -> FacetName:
    """The facet that an address names.

    Raises:
        NotFound: there is none.
    """
    if name not in set(FacetName):
        raise NotFound
    return FacetName(name)


def facet_page(
    name: FacetName, asked: SearchRequest, address: Address, values: MultiDict[str, str]
) -> dict[str, object]:
    """What the template shows.

    Raises:
        ParameterError: an order that is none.
    """
    find, by_name = looked_for(values), is_by_name(values)
    is_cut = (
        not find and not by_name
    )  # then the first are those with most articles, and the rest is not sorted
    language, here = current_language(), address.facet(name.value)
    most = SHOWN if is_cut else None
    page, found = values_found(current_service(), name, asked, values, language, most)
    return {
        "name": name.value,
        "title": FACETS[name].title,
        "chips": list(narrowing.chips(page, address, language)),
        "undated": narrowing.undated_link(page, address.without()),
        "links": list(narrowing.facet_links(name, found[:SHOWN], address.without(), language)),
        "count": max(page.facet_sizes.get(name, 0), len(found)) if is_cut else len(found),
        "find": find,
        "by_name": by_name,
        "by_count_href": _with(here, find, ""),
        "by_name_href": _with(here, find, "name"),
    }


def _with(href: str, find: str, by: str) -> str:
    more = encoded([(name, value) for name, value in ((FIND, find), (BY, by)) if value])
    if not more:
        return href
    return f"{href}{'&' if '?' in href else '?'}{more}"
