"""What is held in each period, under the same filters without the query? Counted once for each state.

What is held is what a figure is measured against: nothing held is no zero. The counts of the last questions
are kept while the reader that gave them lives, in groups of articles with equal dates.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from indexer.counting import CountedText
from indexer.engine import DateHistogram, IndexReader
from indexer.facets import FacetName
from indexer.query import Question
from search_app.answer.counting.asking import fold_articles
from search_app.answer.counting.dated import DatedCounts, date_articles, group_dates
from search_app.answer.selection import Selection

_KEPT = 16  # questions of a reader; some thousand groups each

HeldValue = tuple[DatedCounts, tuple[str, ...]]
Value = TypeVar("Value")


class HeldCounts:
    """What readers hold; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_reader: WeakKeyDictionary[IndexReader, OrderedDict[Hashable, object]] = WeakKeyDictionary()

    def counts(
        self,
        reader: IndexReader,
        question: Question,
        text: CountedText,
        selection: Selection,
        facet: FacetName | None = None,
    ) -> HeldValue:
        """What a question without a query finds, in groups, and the values that their codes are of.

        Args:
            selection: whether only the first print of each story counts.
            facet: the facet by whose values it is counted apart.
        """
        key = question, text, selection.collapse_stories, facet
        return self._kept(reader, key, lambda: _count(reader, question, text, selection, facet))

    def dates(self, reader: IndexReader, question: Question) -> DateHistogram:
        """When what a question without a query finds was published, in any format of the index."""
        return self._kept(reader, question, lambda: search_dates(reader, question))

    def _kept(self, reader: IndexReader, key: Hashable, make: Callable[[], Value]) -> Value:
        with self._lock:
            kept = self._by_reader.setdefault(reader, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                known: Value = kept[key]  # type: ignore[assignment]  # a key has values of one type
                return known
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > _KEPT:
                kept.popitem(last=False)
        return made


def _count(
    reader: IndexReader,
    question: Question,
    text: CountedText,
    selection: Selection,
    facet: FacetName | None,
) -> HeldValue:
    counter = reader.counts()
    if counter is None:
        return uncounted(search_dates(reader, question)), ("",)
    articles = fold_articles(counter.articles(question, text), selection)
    column = counter.values(articles, facet) if facet else None
    values = column.values if column else ("",)
    return group_dates(date_articles(articles, column.codes if column else None)), values


def search_dates(reader: IndexReader, question: Question) -> DateHistogram:
    """When the articles that a question finds were published, without their words."""
    bare = replace(
        question,
        date_histogram=True,
        size=0,
        offset=0,
        facets=(),
        occurrences=False,
        readings=False,
        stories=False,
        collapse_stories=False,
        first_tier_only=True,
    )
    found = reader.search(bare).date_histogram
    if found is None:
        raise AssertionError("an engine counts by date where it is asked to")
    return found


def uncounted(found: DateHistogram) -> DatedCounts:
    """Dates of an index that cannot count: without hits, syllables and stories."""
    nothing = np.zeros(len(found.counts), np.int64)
    return DatedCounts(
        found.first_days, found.last_days, nothing > 0, nothing, found.counts, nothing, nothing, nothing
    )
