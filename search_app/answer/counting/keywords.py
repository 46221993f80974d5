"""Which items stand in some articles more often, or less often, than in the rest?

One rule says what the rest is. Of a query that looks for something in text it is what is held under the same
filters, but for the articles that match. Else it is the whole archive in that state, but for what the filters
let through. So a source, a section or a month has keywords as a query has.
"""

from dataclasses import dataclass, field

import numpy as np

from indexer.counting import ArticleCounts, CountedText, CountReader, Int64Array, ItemCounts, TokenUnit
from indexer.query import And, Question
from indexer.text.words import segmenter
from search_app.answer.counting.asking import (
    CountedSelection,
    fold_articles,
    held_around,
    lend_counts,
    looks_in_text,
    understand_counted,
)
from search_app.answer.counting.item_order import ItemMeasure, Listing, list_items
from search_app.answer.counting.measures import log_likelihood, log_ratio
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection

KEYWORD_MEASURES = (ItemMeasure.FREQUENCY, ItemMeasure.LOG_LIKELIHOOD, ItemMeasure.LOG_RATIO)
"""By what keywords can be sorted."""

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class KeywordRequest:
    """Whose keywords are asked for, and which of them are listed.

    Attributes:
        listing: its floor is of how often the item stands in the selection, or how often it would be expected
            there, whichever is more.
    """

    selection: Selection = field(default_factory=Selection)
    unit: TokenUnit = TokenUnit.WORD
    listing: Listing = field(default_factory=Listing)


@dataclass(frozen=True, slots=True)
class Keyword:
    """An item that stands in two texts.

    Attributes:
        rank: its place in the order, from 1.
        count: how often it stands in the selection.
        rest: how often it stands in the rest.
        per_million, rest_per_million: the same by a million tokens.
        log_likelihood: negative where it stands in the selection less often than in the rest.
        log_ratio: positive where it stands in the selection more often, relative to all that stands there.
    """

    rank: int
    text: str
    count: int
    rest: int
    per_million: float
    rest_per_million: float
    log_likelihood: float
    log_ratio: float


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keywords of a selection.

    Attributes:
        change: the change of the archive that the index answered for.
        segmenter: what cut the text into words.
        is_of_query: whether the rest is what is held under the same filters; else it is the whole archive.
        articles, tokens: of the selection.
        rest_articles, rest_tokens: of the rest.
        total: how many items there are, above the floor.
        keywords: those that are listed.
    """

    request: KeywordRequest
    asked: CountedSelection
    change: int
    segmenter: str
    is_of_query: bool
    articles: int
    tokens: int
    rest_articles: int
    rest_tokens: int
    total: int
    keywords: tuple[Keyword, ...]


class KeywordCounting:
    """The use case of keywords; safe for threads."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def find(self, request: KeywordRequest) -> Keywords:
        """The keywords of a selection.

        Raises:
            UserError: the query is past a stated limit, or the page cannot be.
            OperatorError: the index cannot count, or cannot be read.
        """
        request.listing.check()
        selection = request.selection
        with lend_counts(self._evaluator, selection) as (reader, counts):
            asked = understand_counted(self._evaluator, selection)
            text = CountedText(once=selection.once)
            is_of_query = looks_in_text(asked.expanded.query)
            around = asked.held if is_of_query else Question(And(()))
            matching = fold_articles(counts.articles(asked.question, text), selection)
            held = held_around(counts.articles(around, text), matching, selection)
            contrast = Contrast.of(counts, matching, held, text, request.unit)
            total, keywords = contrast.listed(request.listing)
            return Keywords(
                request,
                asked,
                reader.manifest.archive_number,
                segmenter(),
                is_of_query,
                len(matching),
                contrast.total,
                len(held) - len(matching),
                contrast.rest_total,
                total,
                keywords,
            )


def add_items(first: ItemCounts, second: ItemCounts) -> ItemCounts:
    """The items of two texts together, both counted by one reader."""
    keys = np.union1d(first.keys, second.keys)

    def texts_of(wanted: Int64Array) -> list[str]:
        in_first = first.of(wanted) > 0
        own, other = iter(first.texts_of(wanted[in_first])), iter(second.texts_of(wanted[~in_first]))
        return [next(own if is_own else other) for is_own in in_first.tolist()]

    return ItemCounts(keys, first.of(keys) + second.of(keys), first.total + second.total, texts_of)


@dataclass(frozen=True, slots=True)
class Contrast:
    """How often each item stands in a selection, and in the rest.

    Attributes:
        counts, rests: of the items of ``every``, in its order.
        total, rest_total: the sums of both.
    """

    every: ItemCounts
    counts: Int64Array
    rests: Int64Array
    total: int
    rest_total: int

    @classmethod
    def of(
        cls,
        counts: CountReader,
        selected: ArticleCounts,
        held: ArticleCounts,
        text: CountedText,
        unit: TokenUnit,
    ) -> "Contrast":
        """Some articles against the others of what is held, of which they are a part."""
        return cls.within(counts.items(selected, text, unit), counts.items(held, text, unit))

    @classmethod
    def within(cls, own: ItemCounts, every: ItemCounts) -> "Contrast":
        """The items of some articles against all others of ``every``, of which they are a part."""
        here = own.of(every.keys)
        return cls(every, here, every.counts - here, own.total, every.total - own.total)

    def listed(self, listing: Listing, *, is_more: bool = False) -> tuple[int, tuple[Keyword, ...]]:
        """How many items are above the floor, and those that are listed; none where one side has no text.

        Args:
            is_more: whether those alone count that stand in the selection more often than in the rest.
        """
        if not self.total or not self.rest_total:
            return 0, ()
        whole = self.total + self.rest_total
        is_enough = (self.counts >= listing.least) | (self.every.counts * self.total >= listing.least * whole)
        if is_more:
            is_enough &= self.counts * self.rest_total > self.rests * self.total
        rows = np.flatnonzero(is_enough)
        counts, rests = self.counts[rows], self.rests[rows]
        here, there = np.full_like(counts, self.total), np.full_like(counts, self.rest_total)
        measures = {
            ItemMeasure.FREQUENCY: counts.astype(np.float64),
            ItemMeasure.LOG_LIKELIHOOD: log_likelihood(counts, here - counts, rests, there - rests),
            ItemMeasure.LOG_RATIO: log_ratio(counts, here, rests, there),
        }
        keys = self.every.keys[rows]
        listed = list_items(measures[listing.by], counts, keys, self.every.texts_of, listing)
        keywords = tuple(
            Keyword(
                place,
                text,
                int(counts[row]),
                int(rests[row]),
                int(counts[row]) * _MILLION / self.total,
                int(rests[row]) * _MILLION / self.rest_total,
                float(measures[ItemMeasure.LOG_LIKELIHOOD][row]),
                float(measures[ItemMeasure.LOG_RATIO][row]),
            )
            for place, (row, text) in enumerate(zip(listed.rows, listed.texts, strict=True), listed.first + 1)
        )
        return len(rows), keywords
