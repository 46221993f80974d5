"""What do two selections find: only the first, only the second, both; and which items set them apart?

Both are of one state of the archive, under the same filters but for dates of publication: two queries, or two
periods of one query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from indexer.counting import (
    ArticleCounts,
    CountedText,
    CountReader,
    Int64Array,
    ItemCounts,
    Mask,
    TokenUnit,
)
from indexer.query import Query
from indexer.story_numbers import ALONE
from indexer.text.words import segmenter
from search_app.answer.counting.asking import (
    CountedSelection,
    count_stories,
    fold_articles,
    lend_counts,
    understand_counted,
)
from search_app.answer.counting.item_order import Listing
from search_app.answer.counting.keywords import Contrast, Keyword, add_items
from search_app.answer.counting.set_searches import articles_of_both, articles_of_one
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Which two selections are compared, and which keywords of each are listed.

    Attributes:
        other: differs from ``selection`` in its query and in its dates alone.
    """

    selection: Selection = field(default_factory=Selection)
    other: Selection = field(default_factory=Selection)
    unit: TokenUnit = TokenUnit.WORD
    listing: Listing = field(default_factory=lambda: Listing(size=20))


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """The articles that only one selection finds, or both.

    Attributes:
        articles: how many; where stories are collapsed, as many as stories.
        stories: how many stories; an article in none counts as one.
        hits: of the first selection's query in these articles; None where it does not find them, or the query
            has no words.
        other_hits: the same of the second.
        search: the search that shows them; None where no text says it.
    """

    articles: int
    stories: int
    hits: int | None
    other_hits: int | None
    search: Selection | None


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two selections.

    Attributes:
        articles, hits: that it finds, the other or not; hits are None where its query has no words.
        tokens: of its articles.
        total: how many keywords it has above the floor.
        keywords: its items against the articles that only the other finds; those that are listed.
    """

    asked: CountedSelection
    articles: int
    hits: int | None
    tokens: int
    total: int
    keywords: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two selections side by side.

    Attributes:
        change: the change of the archive that the index answered for.
        segmenter: what cut the text into words.
        here, there: the first and the second selection.
        only_here, only_there, both: what each finds alone, and together.
    """

    request: ComparisonRequest
    change: int
    segmenter: str
    here: ComparedSide
    there: ComparedSide
    only_here: ComparedPart
    only_there: ComparedPart
    both: ComparedPart


class Comparing:
    """The use case of comparisons; safe for threads."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def compare(self, request: ComparisonRequest) -> Comparison:
        """Compares two selections.

        Raises:
            UserError: a query is past a stated limit, or the number of keywords cannot be.
            OperatorError: the index cannot count, or cannot be read.
        """
        request.listing.check()
        with lend_counts(self._evaluator, request.selection) as (reader, counts):
            here, there = (
                understand_counted(self._evaluator, one) for one in (request.selection, request.other)
            )
            first, second = (
                fold_articles(counts.articles(asked.question, asked.text), request.selection)
                for asked in (here, there)
            )
            sets = _Sets(
                first,
                second,
                *_shared(first, second, request.selection),
                here.has_hits,
                there.has_hits,
            )
            items = _Items.of(counts, sets, CountedText(once=request.selection.once), request.unit)
            return Comparison(
                request,
                reader.manifest.archive_number,
                segmenter(),
                _side(request, here, first, add_items(items.only_first, items.of_both), items.only_second),
                _side(
                    request, there, second, add_items(items.only_second, items.also_both), items.only_first
                ),
                sets.only_first(_search(articles_of_one, here, there)),
                sets.only_second(_search(articles_of_one, there, here)),
                sets.both(_search(articles_of_both, here, there)),
            )


@dataclass(frozen=True, slots=True)
class _Sets:
    """The articles of two selections; where stories are collapsed, one print of each story in each.

    Attributes:
        in_second: of each article of the first, whether the second finds it, or its story.
        in_first: the same the other way round.
        has_hits, has_other_hits: whether their queries have words.
    """

    first: ArticleCounts
    second: ArticleCounts
    in_second: Mask
    in_first: Mask
    has_hits: bool
    has_other_hits: bool

    def only_first(self, search: Selection | None) -> ComparedPart:
        own = self.first.only(~self.in_second)
        return ComparedPart(len(own), count_stories(own), _hits(own, self.has_hits), None, search)

    def only_second(self, search: Selection | None) -> ComparedPart:
        own = self.second.only(~self.in_first)
        return ComparedPart(len(own), count_stories(own), None, _hits(own, self.has_other_hits), search)

    def both(self, search: Selection | None) -> ComparedPart:
        own, other = self.first.only(self.in_second), self.second.only(self.in_first)
        hits, other_hits = _hits(own, self.has_hits), _hits(other, self.has_other_hits)
        return ComparedPart(len(own), count_stories(own), hits, other_hits, search)


def _hits(articles: ArticleCounts, has_hits: bool) -> int | None:
    """The hits of some articles; None where the query has no words."""
    return int(articles.hits.sum()) if has_hits else None


def _shared(first: ArticleCounts, second: ArticleCounts, selection: Selection) -> tuple[Mask, Mask]:
    """Of each article of both, whether it, or its story where stories are collapsed, is in the other."""
    keys, others = (_keys(one, selection) for one in (first, second))
    return np.isin(keys, others), np.isin(others, keys)


def _keys(articles: ArticleCounts, selection: Selection) -> Int64Array:
    """One number an article, or a story where stories are collapsed: numbers of articles are from 0."""
    if not selection.collapse_stories:
        return articles.numbers
    return np.where(articles.stories == ALONE, articles.numbers, -2 - articles.stories)


@dataclass(frozen=True, slots=True)
class _Items:
    """The items of each part of two selections; no article is read twice.

    Attributes:
        of_both: of what both find, in the articles of the first.
        also_both: the same in the articles of the second, which are others where stories are collapsed.
    """

    only_first: ItemCounts
    only_second: ItemCounts
    of_both: ItemCounts
    also_both: ItemCounts

    @classmethod
    def of(cls, counts: CountReader, sets: _Sets, text: CountedText, unit: TokenUnit) -> "_Items":
        both, also = sets.first.only(sets.in_second), sets.second.only(sets.in_first)
        of_both = counts.items(both, text, unit)
        is_same = np.array_equal(np.sort(both.numbers), np.sort(also.numbers))
        return cls(
            counts.items(sets.first.only(~sets.in_second), text, unit),
            counts.items(sets.second.only(~sets.in_first), text, unit),
            of_both,
            of_both if is_same else counts.items(also, text, unit),
        )


def _side(
    request: ComparisonRequest,
    asked: CountedSelection,
    articles: ArticleCounts,
    own: ItemCounts,
    rest: ItemCounts,
) -> ComparedSide:
    """One side; its keywords are those of its articles against what only the other finds."""
    total, keywords = Contrast.within(own, add_items(own, rest)).listed(request.listing, is_more=True)
    return ComparedSide(asked, len(articles), _hits(articles, asked.has_hits), own.total, total, keywords)


def _search(
    search: Callable[[Selection, Query, Selection, Query], Selection | None],
    asked: CountedSelection,
    other: CountedSelection,
) -> Selection | None:
    return search(asked.selection, asked.expanded.query, other.selection, other.expanded.query)
