"""By which values are articles counted and filtered? Each facet, and where the index reads its value.

What people see of a facet stands in search_app.facets, and a test holds both tables complete. A new facet, or
one that is read otherwise, takes another ``INDEX_FORMAT`` (indexer.engine): earlier indexes lack its values.
Values are stored as written. A reader counts those that are one value together (corpus.value_folding), under
the spelling that most articles of its state have: so earlier indexes are counted right too.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from corpus.article import Article, Provenance
from corpus.value_folding import tidy_value

_YEAR, _MONTH = len("2013"), len("2013-05")


class FacetName(StrEnum):
    """The facets by which results are counted and filtered."""

    SOURCE = "source"
    SECTION = "section"
    YEAR = "year"
    MONTH = "month"


class FacetSource(NamedTuple):
    """What a facet's value is read from; the provenance is empty where nobody said it."""

    article: Article
    provenance: Provenance


def _source(read: FacetSource) -> str:
    return tidy_value(read.article.source)


def _section(read: FacetSource) -> str:
    return tidy_value(read.article.section)


def _year(read: FacetSource) -> str:
    published = read.article.published
    return published.plain[:_YEAR] if published.span else ""


def _month(read: FacetSource) -> str:
    published = read.article.published
    month = published.plain[:_MONTH] if published.span else ""
    return month if len(month) == _MONTH else ""


READ: Mapping[FacetName, Callable[[FacetSource], str]] = {
    FacetName.SOURCE: _source,
    FacetName.SECTION: _section,
    FacetName.YEAR: _year,
    FacetName.MONTH: _month,
}
"""The value that an article has in each facet; "" where none is given."""

NO_PROVENANCE = Provenance("", "", "", "", 0, "")


def read_facets(article: Article, provenance: Provenance = NO_PROVENANCE) -> dict[FacetName, str]:
    """The values of an article in all facets.

    >>> from corpus.published import Published
    >>> article = Article("a", "Tựa", "Sapo", source="Báo  Mới", published=Published("2013"))
    >>> found = read_facets(article)
    >>> [found[name] for name in (FacetName.SOURCE, FacetName.SECTION, FacetName.YEAR, FacetName.MONTH)]
    ['Báo Mới', '', '2013', '']
    """
    source = FacetSource(article, provenance)
    return {name: read(source) for name, read in READ.items()}
