"""By which values are articles counted and filtered? Each facet, and where the index reads its value.

What people see of a facet stands in search_app.facets, and a test holds both tables complete. A new facet, or
one that is read otherwise, takes another ``INDEX_FORMAT`` (indexer.engine): earlier indexes lack its values.
Values are stored as written. A reader counts those that are one value together (corpus.value_folding), under
the spelling that most articles of its state have.

Most facets give an article one value. Those of ``SEVERAL`` give it any number, and it counts once under each:
their counts add up to more than the number of articles, and they have many values.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from corpus.article import Article, Provenance
from corpus.value_folding import fold_value, tidy_value

_YEAR, _MONTH = len("2013"), len("2013-05")


class FacetName(StrEnum):
    """The facets by which results are counted and filtered."""

    SOURCE = "source"
    SECTION = "section"
    YEAR = "year"
    MONTH = "month"
    AUTHOR = "author"
    TAG = "tag"


SEVERAL = frozenset({FacetName.AUTHOR, FacetName.TAG})
"""The facets in which an article can have several values."""

Values = tuple[str, ...]
"""The values of an article in one facet, at least one; "" alone where none is given."""


class FacetSource(NamedTuple):
    """What a facet's value is read from; the provenance is empty where nobody said it."""

    article: Article
    provenance: Provenance


def _source(read: FacetSource) -> Values:
    return (tidy_value(read.article.source),)


def _section(read: FacetSource) -> Values:
    return (tidy_value(read.article.section),)


def _year(read: FacetSource) -> Values:
    published = read.article.published
    return (published.plain[:_YEAR] if published.span else "",)


def _month(read: FacetSource) -> Values:
    published = read.article.published
    month = published.plain[:_MONTH] if published.span else ""
    return (month if len(month) == _MONTH else "",)


def _author(read: FacetSource) -> Values:
    return _distinct(read.article.authors)


def _tag(read: FacetSource) -> Values:
    return _distinct(read.article.tags)


def _distinct(written: Iterable[str]) -> Values:
    """The values in the order given, each once, in the first of its spellings."""
    values: dict[str, str] = {}
    for value in map(tidy_value, written):
        if value:
            values.setdefault(fold_value(value), value)
    return tuple(values.values()) or ("",)


READ: Mapping[FacetName, Callable[[FacetSource], Values]] = {
    FacetName.SOURCE: _source,
    FacetName.SECTION: _section,
    FacetName.YEAR: _year,
    FacetName.MONTH: _month,
    FacetName.AUTHOR: _author,
    FacetName.TAG: _tag,
}
"""The values that an article has in each facet; "" where none is given."""

NO_PROVENANCE = Provenance("", "", "", "", 0, "")


def read_facets(article: Article, provenance: Provenance = NO_PROVENANCE) -> dict[FacetName, Values]:
    """The values of an article in all facets.

    >>> from corpus.published import Published
    >>> article = Article(
    ...     "a", "Tựa", "Sapo", source="Báo  Mới", published=Published("2013"), tags=("Lũ", "Bão", "LŨ")
    ... )
    >>> found = read_facets(article)
    >>> [found[name] for name in (FacetName.SOURCE, FacetName.SECTION, FacetName.YEAR, FacetName.TAG)]
    [('Báo Mới',), ('',), ('2013',), ('Lũ', 'Bão')]
    """
    source = FacetSource(article, provenance)
    return {name: read(source) for name, read in READ.items()}
