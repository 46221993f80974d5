"""Which article was published before a given one, and which after it, in the same source and section?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from corpus.article import Article
from indexer.engine import IndexReader
from indexer.facets import FacetName
from indexer.query import And, Dates, FacetFilter, Question, Sort

SAME_DAY = 500
"""Articles of one section on one day that are read to find the article; past these it has no neighbours."""

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Neighbours(Generic[ItemT]):
    """What was published before and after an article; None if there is nothing."""

    earlier: ItemT | None
    later: ItemT | None


def neighbours(article: Article, reader: IndexReader) -> Neighbours[str]:
    """The ids of the neighbours, in the order in which results are sorted by date.

    An article whose date is not known to the day has none.
    """
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
    """The ids of the first ``size`` articles of the same source and section from ``first`` to ``last``."""
    chosen = (
        FacetFilter(FacetName.SOURCE, (article.source,)),
        FacetFilter(FacetName.SECTION, (article.section,)),
    )
    question = Question(And(()), filters=chosen, dates=Dates(first, last), sort=sort, size=size)
    return [hit.id for hit in reader.search(question).hits]
