"""What does the page of one facet show? All of its values, those that hold what is looked for, in order."""

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from indexer.query import FacetName
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.api.current import current_language, current_service
from search_app.api.faults import ParameterError
from search_app.collation import collation_key
from search_app.pages import SearchRequest
from search_app.web import narrowing
from search_app.web.address import Address, encoded

FIND, BY = "find", "by"
_ORDERS = ("count", "name")


def facet_page(
    name: FacetName, asked: SearchRequest, address: Address, values: MultiDict[str, str]
) -> dict[str, object]:
    """What the template shows.

    Raises:
        ParameterError: an order that is none.
    """
    find, by = values.get(FIND, "").strip(), values.get(BY, "").strip()
    if by and by not in _ORDERS:
        raise ParameterError.choice(BY, by, _ORDERS)
    language = current_language()
    page = current_service().search(replace(asked, page=1, size=1, facets=(name,)))
    wanted = _letters(find)
    counted = page.facets.get(name, ())
    links = [
        link
        for link in narrowing.facet_links(name, counted, address.without(), language)
        if wanted in _letters(link.label)
    ]
    if by == "name":
        links.sort(key=lambda link: collation_key(link.label))
    here = address.facet(name.value)
    return {
        "name": name.value,
        "title": narrowing.TITLES[name],
        "chips": list(narrowing.chips(page, address, language)),
        "links": links,
        "find": find,
        "by_name": by == "name",
        "by_count_href": _with(here, find, ""),
        "by_name_href": _with(here, find, "name"),
    }


def _letters(text: str) -> str:
    """What is compared: letters without marks, so that "tuoi tre" finds Tuổi Trẻ."""
    return fold(normalise(text))


def _with(href: str, find: str, by: str) -> str:
    more = encoded([(name, value) for name, value in ((FIND, find), (BY, by)) if value])
    if not more:
        return href
    return f"{href}{'&' if '?' in href else '?'}{more}"
