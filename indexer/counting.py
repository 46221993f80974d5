"""What is counted in the articles that a query finds? The values of it, and how engines are asked.

A hit is one span of one match (indexer.hit_matches). Positions are flat: the zones of an article (headline,
lede, body, captions) are laid end to end, PARAGRAPH_GAP positions apart, as its paragraphs are
(indexer.places).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.facets import FacetName
from indexer.places import Zone
from indexer.query import Question
from indexer.spans import Spans

Int64Array = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

EDGE = -1
"""In place of a neighbour: the paragraph ends before it."""


class TokenUnit(StrEnum):
    """The unit in which a text is counted: syllables, or Vietnamese words as the segmenter cut them."""

    SYLLABLE = "syllable"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class CountedText:
    """Which text of an article is counted.

    Attributes:
        zones: the zones that count.
        once: whether the beginning of a body that repeats the lede, syllable by syllable, is left out.
    """

    zones: frozenset[Zone] = frozenset(Zone)
    once: bool = False


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """The articles of the first tier of a question, in any order; arrays of shape (n,).

    Attributes:
        numbers: int64: the engine's own number of each article.
        changes: int64: the change of the archive that brought the version.
        hits: int64: its hits; 0 where the query has no words.
        syllables: int64: its syllables in the text that is counted.
        first_days, last_days: int64: ordinals of its span of publication; 0 where no year is known.
        minutes: int64: sort key of publication; 0 where no year is known.
        guessed: bool: whether its date was inferred in part, or is that of the last change.
        stories: int64: the number of its story; indexer.story_numbers.ALONE where it is in none.
        ranks: int64: how many prints of its story were published before it.
    """

    numbers: Int64Array
    changes: Int64Array
    hits: Int64Array
    syllables: Int64Array
    first_days: Int64Array
    last_days: Int64Array
    minutes: Int64Array
    guessed: Mask
    stories: Int64Array
    ranks: Int64Array

    def __len__(self) -> int:
        return len(self.numbers)

    def only(self, rows: Mask | Int64Array) -> "ArticleCounts":
        """Some of the articles, by a mask or by their rows."""
        return ArticleCounts(*(getattr(self, name)[rows] for name in self.__slots__))


def join_counts(parts: Sequence[ArticleCounts]) -> ArticleCounts:
    """The articles of several parts of an index, end to end."""
    nothing = np.empty(0, np.int64)
    columns = {
        name: np.concatenate([nothing, *(getattr(part, name) for part in parts)])
        for name in ArticleCounts.__slots__
    }
    return ArticleCounts(**columns | {"guessed": columns["guessed"].astype(np.bool_)})


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The value of each article in a facet with one value an article.

    Attributes:
        codes: int64 (n,): index into ``values``.
        values: under the spelling that most articles of the index have; "" where none is given.
    """

    codes: Int64Array
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocatedHits:
    """The hits of a question, article by article, ascending by start and stop in each; arrays of shape (h,).

    Attributes:
        articles: those that match; some may have no hit.
        rows: int64, ascending: the row of the hit's article.
        starts, stops: int64: flat positions of the first syllable, and of the one after the last.
    """

    articles: ArticleCounts
    rows: Int64Array
    starts: Int64Array
    stops: Int64Array

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, places: Mask | Int64Array) -> "LocatedHits":
        """Some of the hits, by a mask or by their ascending places; the articles stay."""
        return LocatedHits(self.articles, self.rows[places], self.starts[places], self.stops[places])

    def alone(self, places: Int64Array) -> "LocatedHits":
        """Some of the hits, by their ascending places, with their articles alone.

        What is asked of few hits costs no more than these.
        """
        rows, own = np.unique(self.rows[places], return_inverse=True)
        return LocatedHits(self.articles.only(rows), own, self.starts[places], self.stops[places])


TextsOf = Callable[[npt.NDArray[np.int64]], list[str]]
"""The texts of items, by their keys: normalised syllables, joined by spaces."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands beside hits.

    Attributes:
        keys: int64 (h, n): for each hit, those of the items at the distances that were asked for, or EDGE.
        texts_of: of keys that are not EDGE.
    """

    keys: Int64Array
    texts_of: TextsOf = field(compare=False)

    def numbered(self) -> tuple[Int64Array, Int64Array]:
        """The distinct keys, in any order; and of each of ``keys`` its index among them, or EDGE: (h, n).

        What is sorted and grouped by neighbours is so by their numbers: there are few of them.
        """
        distinct, codes = np.unique(self.keys, return_inverse=True)
        edges = int(len(distinct) > 0 and distinct[0] == EDGE)
        return distinct[edges:], codes.reshape(self.keys.shape) - edges


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How often each item stands in a text: a syllable, a word, or several of these in a row.

    Attributes:
        keys: int64 (k,), ascending, never EDGE: one for each item; the same in all answers of one reader that
            count the same unit and length.
        counts: int64 (k,), at least 1.
        total: the sum of the counts of all items, also of those that were too rare to be told.
        texts_of: of keys.
    """

    keys: Int64Array
    counts: Int64Array
    total: int
    texts_of: TextsOf = field(compare=False)

    def of(self, keys: Int64Array) -> Int64Array:
        """The counts of some keys; 0 for one that is not there."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.counts[places], 0)


@dataclass(frozen=True, slots=True)
class Window:
    """The neighbourhood of hits: so many units before and after each, within its paragraph."""

    before: int
    after: int
    unit: TokenUnit


@dataclass(frozen=True, slots=True)
class HitSpan:
    """Where a hit stands in the characters of its article.

    Attributes:
        change: of the version.
        spans: the offsets of all syllables of its text (indexer.spans).
        start, stop: the index of the hit's first syllable in ``spans``, and of the one after its last.
        first, last: the index of the first syllable of its paragraph, and of the one after the last.
    """

    change: int
    spans: Spans
    start: int
    stop: int
    first: int
    last: int


class CountReader(Protocol):
    """Counts in one state of an index; valid as long as the reader that gave it. Safe for threads.

    Of a question only the query, the filters and the dates count. What is asked about hits and articles is
    asked of the reader that gave them. An index of a format without a forward list has no such reader
    (``IndexReader.counts``).
    """

    def articles(self, question: Question, text: CountedText) -> ArticleCounts:
        """The articles that match, each with the number of its hits."""

    def values(self, articles: ArticleCounts, name: FacetName) -> ValueColumn:
        """The value of each article in a facet that is not one of SEVERAL."""

    def ids(self, articles: ArticleCounts) -> list[str]:
        """The ids of articles."""

    def id_ranks(self, articles: ArticleCounts) -> Int64Array:
        """For each article a number from 0 that ascends with its id, code point by code point."""

    def hits(self, question: Question, text: CountedText) -> LocatedHits:
        """Every hit in the articles that match."""

    def neighbours(self, hits: LocatedHits, distances: Sequence[int], unit: TokenUnit) -> Neighbours:
        """What stands at some distances from each hit: -1 the unit before it, 1 the one after it.

        A word of which a syllable is in the hit is part of the hit.
        """

    def spans(self, hits: LocatedHits) -> list[HitSpan]:
        """Where each of a few hits stands in the characters of its article."""

    def nearby(self, hits: LocatedHits, window: Window, text: CountedText) -> ItemCounts:
        """The items in the windows of hits; what is in a hit, or in two windows, counts not at all, and once.

        Only items that lie wholly in the text that is counted count. A word of which a syllable is in a hit
        is part of the hit.
        """

    def items(
        self,
        articles: ArticleCounts,
        text: CountedText,
        unit: TokenUnit,
        length: int = 1,
        *,
        at_least: int = 1,
    ) -> ItemCounts:
        """The runs of ``length`` units, within paragraphs, of some articles.

        Of all articles, or of nearly all, single units cost little: how often each stands in a whole part of
        the index is kept. Of several units there are as many items as places in the text, nearly: with
        ``at_least`` those that stand there more seldom are left out, and take no memory.
        """
