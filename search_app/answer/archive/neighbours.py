"""Which article stood before this one, and which after it, in its newspaper's section?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from corpus.article import Article
from indexer.engine import IndexReader
from indexer.facets import FacetName, facet_value
from indexer.query import And, Dates, FacetFilter, Question, Sort

SAME_DAY = 500
"""Articles of one section on one day, at most, among which one is looked for."""

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Neighbours(Generic[One]):
    """The article before, and the one after; None where there is none."""

    earlier: One | None
    later: One | None


def neighbours(article: Article, reader: IndexReader) -> Neighbours[str]:
    """The ids; of an article that is known to the day, in the order in which results stand by date."""
    span = article.published.span
    if span is None or span[0] != span[1]:
        return Neighbours(None, None)
    day = span[0]
    ids = _ids(article, reader, None, day, Sort.NEWEST, SAME_DAY)
    if article.id not in ids:
        return Neighbours(None, None)
    place = ids.index(article.id)
    later = ids[place - 1 : place] or _ids(article, reader, day + timedelta(1), None, Sort.OLDEST, 1)
    return Neighbours(next(iter(ids[place + 1 :]), None), next(iter(later), None))


def _ids(
    article: Article, reader: IndexReader, first: date | None, last: date | None, sort: Sort, size: int
) -> list[str]:
    """The first articles of the same source and section in a range of days."""
    chosen = (
        FacetFilter(FacetName.SOURCE, (facet_value(article.source),)),
        FacetFilter(FacetName.SECTION, (facet_value(article.section),)),
    )
    question = Question(And(()), filters=chosen, dates=Dates(first, last), sort=sort, size=size)
    return [hit.id for hit in reader.search(question).hits]
