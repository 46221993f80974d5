"""What does proximity add to the scores of some articles of a segment? Windows are found on spots."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.matching import find_runs, find_spots
from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    POSITION_MASK,
    Mask,
    Spots,
    read_spots,
    zones,
)
from indexer.engines.whoosh.postings import WEIGHTS
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.engines.whoosh.spot_intersection import intersect
from indexer.engines.whoosh.top_k import Scores
from indexer.places import Zone
from indexer.proximity import HEAD_BOOSTS, WINDOW, WINDOW_BOOST, Pair, WindowWord
from indexer.query import Field, Match, Typed

_OWNER_BITS = 8  # a query has at most 200 syllables
_OWNERS = (1 << _OWNER_BITS) - 1

_FROM_THE_FIRST, _FAR_BEFORE = np.zeros(1, np.int64), np.full(1, -WINDOW, np.int64)
_NOWHERE: Spots = np.empty(0, np.int64)

WeightedWords = Sequence[tuple[WindowWord, float]]
"""Words, each with its idf."""

Float64Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MergedSpots:
    """The spots of several words, ascending, and the word that each belongs to; both of shape (n,)."""

    spots: Spots
    owners: npt.NDArray[np.uint8]

    @property
    def articles(self) -> npt.NDArray[np.intp]:
        """The document number of each spot."""
        return self.spots >> ARTICLE_SHIFT

    def in_window(self, word: int) -> Mask:
        """Whether a word occurs in the window that ends at each spot: (n,)."""
        own = np.flatnonzero(self.owners == word)
        edges = np.concatenate([_FROM_THE_FIRST, own, [len(self.owners)]])
        before = np.repeat(np.concatenate([_FAR_BEFORE, self.spots[own]]), edges[1:] - edges[:-1])
        found: Mask = self.spots - before < WINDOW
        return found


class ProximityReader:
    """Reads the positions of typed words in some articles (ascending), each syllable once."""

    def __init__(self, segment: Segment, numbers: DocumentNumbers) -> None:
        self._segment = segment
        self._numbers = numbers
        self._read: dict[Typed, Spots] = {}

    def pair_frequencies(self, pair: Pair) -> Scores:
        """The weighted frequency of two adjacent words in each article."""
        first, second = self._spots(pair.first), self._spots(pair.second)
        if not len(first) or not len(second):
            return np.zeros(len(self._numbers))
        together = intersect(first + 1, second) - 1
        weights = WEIGHTS[zones(self._segment, together)]
        found = np.bincount(self._places(together >> ARTICLE_SHIFT), weights, minlength=len(self._numbers))
        return found.astype(np.float64, copy=False)

    def merge(self, words: WeightedWords) -> MergedSpots:
        """The spots of the words, merged."""
        keys = np.concatenate(
            [
                _NOWHERE,
                *(self._begins(word.match) << _OWNER_BITS | place for place, (word, _) in enumerate(words)),
            ]
        )
        keys.sort()
        return MergedSpots(keys >> _OWNER_BITS, (keys & _OWNERS).astype(np.uint8))

    def window_scores(self, merged: MergedSpots, words: WeightedWords) -> Scores:
        """The value of the best window of each article."""
        found = np.zeros(len(self._numbers))
        if len(merged.spots):
            articles = merged.articles
            opens = np.flatnonzero(np.diff(articles, prepend=-1))
            found[self._places(articles[opens])] = np.maximum.reduceat(_values(merged, words), opens)
        return found

    def head_scores(self, merged: MergedSpots, words: WeightedWords) -> Scores:
        """The value of the words in the title and the lede of each article."""
        found = np.zeros(len(self._numbers))
        for (word, idf), boosts in zip(words, self.head_boosts(merged, words), strict=True):
            found += boosts * word.boost * idf
        return found

    def head_boosts(self, merged: MergedSpots, words: WeightedWords) -> Float64Array:
        """The boost of each word (N) for the title or lede of each article (M); 0 where it is in neither."""
        found = np.zeros((len(words), len(self._numbers)))
        starts, articles = self._segment.zone_starts, merged.articles
        positions = merged.spots & POSITION_MASK
        for zone in (Zone.LEDE, Zone.TITLE):
            here = np.flatnonzero(positions < starts[articles, zone])
            found[merged.owners[here], self._places(articles[here])] = HEAD_BOOSTS[zone]
        return found

    def _spots(self, typed: Typed) -> Spots:
        if typed not in self._read:
            term_set = self._segment.term_set(Field.TEXT, typed)
            self._read[typed] = read_spots(self._segment, term_set, self._numbers).spots
        return self._read[typed]

    def _begins(self, match: Match) -> Spots:
        """The spots where a match, or an expansion of it, begins."""
        found = [self._own_begins(one) for one in (match, *match.expansions)]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _own_begins(self, match: Match) -> Spots:
        """The spots where a match itself begins."""
        if not (match.slop or match.as_word):
            return find_runs([self._spots(typed) for typed in match.typed])
        slots = [self._segment.term_set(Field.TEXT, typed) for typed in match.typed]
        held = all(one.postings for one in slots)
        return find_spots(self._segment, match, slots, self._numbers) if held else _NOWHERE

    def _places(self, articles: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """The indices of articles among those of this reader."""
        return np.searchsorted(self._numbers, articles.astype(np.uint16))


def closest_words(merged: MergedSpots, words: WeightedWords) -> tuple[int, ...]:
    """Which words are in the best window of a single article; of equally good ones, in the first."""
    if not len(merged.spots):
        return ()
    best = int(np.argmax(_values(merged, words)))
    return tuple(word for word in range(len(words)) if merged.in_window(word)[best])


def _values(merged: MergedSpots, words: WeightedWords) -> Scores:
    """The value of the window that ends at each spot: the sum of boost times idf of its words."""
    found = np.zeros(len(merged.spots))
    for place, (word, idf) in enumerate(words):
        found += WINDOW_BOOST * word.boost * idf * merged.in_window(place)
    return found
