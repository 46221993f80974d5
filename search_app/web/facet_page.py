"""What does the page of one facet show? Its values, those that hold what is looked for, in order."""

from dataclasses import replace

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from indexer.facets import FacetName
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.answer.collation import collation_key
from search_app.answer.pages import FacetValue, SearchPage, SearchRequest
from search_app.api.current import current_language, current_service
from search_app.api.faults import ParameterError
from search_app.facets import FACETS
from search_app.web import narrowing
from search_app.web.address import Address, encoded
from search_app.web.formats import facet_value_text

FIND, BY = "find", "by"
SHOWN = 1_000
"""Values that the page shows; its twins list all, and what is looked for is found among all."""

_ORDERS = ("count", "name")


def facet_named(name: str) -> FacetName:
    """The facet that an address names.

    Raises:
        NotFound: there is none.
    """
    if name not in set(FacetName):
        raise NotFound
    return FacetName(name)


def values_found(
    name: FacetName, asked: SearchRequest, values: MultiDict[str, str], most: int | None = None
) -> tuple[SearchPage, list[FacetValue]]:
    """The search, and those of the facet's values that hold what is looked for, in the order asked for.

    Args:
        most: how many are wanted of those with most articles (SearchRequest.most_values); None: all.

    Raises:
        ParameterError: an order that is none.
    """
    by = values.get(BY, "").strip()
    if by and by not in _ORDERS:
        raise ParameterError.choice(BY, by, _ORDERS)
    wanted, language = _letters(values.get(FIND, "").strip()), current_language()
    counted = replace(asked, page=1, size=1, facets=(name,), most_values=most)
    page = current_service().searching.page(counted)
    labels = {one: facet_value_text(name, one.value, language) for one in page.facets.get(name, ())}
    found = [one for one, label in labels.items() if wanted in _letters(label)]
    if by == "name":
        found.sort(key=lambda one: collation_key(labels[one]))
    return page, found


def facet_page(
    name: FacetName, asked: SearchRequest, address: Address, values: MultiDict[str, str]
) -> dict[str, object]:
    """What the template shows.

    Raises:
        ParameterError: an order that is none.
    """
    find, by_name = values.get(FIND, "").strip(), values.get(BY, "").strip() == "name"
    is_cut = (
        not find and not by_name
    )  # then the first are those with most articles, and the rest is not sorted
    page, found = values_found(name, asked, values, SHOWN if is_cut else None)
    language, here = current_language(), address.facet(name.value)
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


def _letters(text: str) -> str:
    """What is compared: letters without marks, so that "tuoi tre" finds Tuổi Trẻ."""
    return fold(normalise(text))


def _with(href: str, find: str, by: str) -> str:
    more = encoded([(name, value) for name, value in ((FIND, find), (BY, by)) if value])
    if not more:
        return href
    return f"{href}{'&' if '?' in href else '?'}{more}"
