"""Which values of a facet does an address ask for? Those that hold what is looked for, in order."""

from dataclasses import replace

from indexer.facets import FacetName
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.answer.collation import collation_key
from search_app.answer.pages import FacetValue, SearchPage, SearchRequest
from search_app.answer.service import Service
from search_app.api.faults import ParameterError
from search_app.api.parameters import Values
from search_app.formats.dates import facet_value_text

FIND, BY = "find", "by"
_BY_NAME = "name"
_ORDERS = ("count", _BY_NAME)


def looked_for(values: Values) -> str:
    """What the values hold that are asked for; empty: all are."""
    return values.get(FIND, "").strip()


def is_by_name(values: Values) -> bool:
    """Whether the values are sorted by name; else by their number of articles.

    Raises:
        ParameterError: an order that is none.
    """
    by = values.get(BY, "").strip()
    if by and by not in _ORDERS:
        raise ParameterError.choice(BY, by, _ORDERS)
    return by == _BY_NAME


def values_found(
    service: Service,
    name: FacetName,
    asked: SearchRequest,
    values: Values,
    language: str,
    most: int | None = None,
) -> tuple[SearchPage, list[FacetValue]]:
    """The search, and those of the facet's values that hold what is looked for, in the order asked for.

    Args:
        language: in which values are named, for looking and for sorting.
        most: how many are wanted of those with most articles (SearchRequest.most_values); None: all.

    Raises:
        ParameterError: an order that is none.
    """
    by_name, wanted = is_by_name(values), _letters(looked_for(values))
    counted = replace(asked, page=1, size=1, facets=(name,), most_values=most)
    page = service.searching.page(counted)
    labels = {one: facet_value_text(name, one.value, language) for one in page.facets.get(name, ())}
    found = [one for one, label in labels.items() if wanted in _letters(label)]
    if by_name:
        found.sort(key=lambda one: collation_key(labels[one]))
    return page, found


def _letters(text: str) -> str:
    """What is compared: letters without marks, so that "tuoi tre" finds Tuổi Trẻ."""
    return fold(normalise(text))
