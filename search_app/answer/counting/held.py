"""What is held in each period, under the same filters without the query? Counted once for each state.

What is held is what a figure is measured against: nothing held is no zero. The counts of the last questions
are kept while the reader that gave them lives, in groups of articles with equal dates.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from indexer.counting import CountedText
from indexer.engine import DateHistogram, IndexReader
from indexer.facets import FacetName
from indexer.query import Question
from search_app.answer.counting.asking import fold_articles
from search_app.answer.counting.dated import (
    DatedCounts,
    StoryPrints,
    date_articles,
    group_dates,
    join_dated,
    moved_prints,
)
from search_app.answer.selection import Selection

_KEPT = 16  # questions of a reader; some thousand groups each

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class HeldText:
    """What is held.

    Attributes:
        counts: in groups of articles with equal dates and values.
        values: those that the codes are of.
        prints: the first print of each story held.
        folds: whether only these count.
    """

    counts: DatedCounts
    values: tuple[str, ...]
    prints: StoryPrints
    folds: bool

    def around(self, counted: StoryPrints, values: tuple[str, ...]) -> DatedCounts:
        """What is held, each story of which some print is counted in the row of that print.

        So what is counted is part of what is held, period by period.

        Args:
            values: those that the codes of ``counted`` are of.
        """
        codes = {value: code for code, value in enumerate(self.values)}
        here = np.array([codes.get(value, -1) for value in values], np.int64)
        own = replace(counted, counts=replace(counted.counts, codes=here[counted.counts.codes]))
        return join_dated([self.counts, moved_prints(self.prints, own, folds=self.folds)])


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
    ) -> HeldText:
        """What a question without a query finds.

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
) -> HeldText:
    counter = reader.counts()
    if counter is None:
        counts = uncounted(search_dates(reader, question))
        return HeldText(counts, ("",), no_prints(counts), folds=False)
    articles = fold_articles(counter.articles(question, text), selection)
    column = counter.values(articles, facet) if facet else None
    codes, values = (column.codes, column.values) if column else (None, ("",))
    counts, prints = date_articles(articles, codes)
    return HeldText(group_dates(counts), values, prints, folds=selection.collapse_stories)


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


def no_prints(counts: DatedCounts) -> StoryPrints:
    """Those of counts that do not know stories."""
    nothing = np.empty(0, np.int64)
    return StoryPrints(nothing, nothing, counts.only(nothing))
