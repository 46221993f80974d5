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
from indexer.fields import Field
from indexer.kernels.spots import best_windows, intersect_sorted, sort_runs, weigh
from indexer.places import Zone
from indexer.proximity import HEAD_BOOSTS, WINDOW, WINDOW_BOOST, Pair, WindowWord
from indexer.query import Match, Typed

_OWNER_BITS = 8  # a query has at most 200 syllables
_OWNERS = (1 << _OWNER_BITS) - 1

_FROM_THE_FIRST, _FAR_BEFORE = np.zeros(1, np.int64), np.full(1, -WINDOW, np.int64)
_WEIGHTS = WEIGHTS.astype(np.float64)
_HEAD = (Zone.LEDE, Zone.TITLE)
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
        mask: Mask = self.spots - before < WINDOW
        return mask


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
        if self._segment.view.is_usable:
            together = intersect_sorted(first, second, 1)
            return weigh(self._segment.view, together, self._numbers, _WEIGHTS)
        together = intersect(first + 1, second) - 1
        weights = WEIGHTS[zones(self._segment, together)]
        frequencies = np.bincount(
            self._places(together >> ARTICLE_SHIFT), weights, minlength=len(self._numbers)
        )
        return frequencies.astype(np.float64, copy=False)

    def scores(self, words: WeightedWords) -> tuple[Scores, Scores]:
        """The value of the best window, and that of the words in title and lede, of each article."""
        if not self._segment.view.is_usable:
            merged = self.merge(words)
            return self.window_scores(merged, words), self.head_scores(merged, words)
        spots = [sort_runs(self._begins(word.match).copy()) for word, _ in words]
        worth = np.array(
            [
                [WINDOW_BOOST * word.boost * idf for word, idf in words],
                *([HEAD_BOOSTS[zone] * word.boost * idf for word, idf in words] for zone in _HEAD),
            ]
        )
        return best_windows(self._segment.view, spots, WINDOW, worth, self._numbers)

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
        scores = np.zeros(len(self._numbers))
        if len(merged.spots):
            articles = merged.articles
            opens = np.flatnonzero(np.diff(articles, prepend=-1))
            scores[self._places(articles[opens])] = np.maximum.reduceat(_values(merged, words), opens)
        return scores

    def head_scores(self, merged: MergedSpots, words: WeightedWords) -> Scores:
        """The value of the words in the title and the lede of each article."""
        scores = np.zeros(len(self._numbers))
        for (word, idf), boosts in zip(words, self.head_boosts(merged, words), strict=True):
            scores += boosts * word.boost * idf
        return scores

    def head_boosts(self, merged: MergedSpots, words: WeightedWords) -> Float64Array:
        """The boost of each word (N) for the title or lede of each article (M); 0 where it is in neither."""
        boosts = np.zeros((len(words), len(self._numbers)))
        starts, articles = self._segment.zone_starts, merged.articles
        positions = merged.spots & POSITION_MASK
        for zone in (Zone.LEDE, Zone.TITLE):
            here = np.flatnonzero(positions < starts[articles, zone])
            boosts[merged.owners[here], self._places(articles[here])] = HEAD_BOOSTS[zone]
        return boosts

    def _spots(self, typed: Typed) -> Spots:
        if typed not in self._read:
            term_set = self._segment.term_set(Field.TEXT, typed)
            spots = read_spots(self._segment, term_set, self._numbers).spots
            self._read[typed] = sort_runs(spots) if self._segment.view.is_usable else spots
        return self._read[typed]

    def _begins(self, match: Match) -> Spots:
        """The spots where a match, or an expansion of it, begins."""
        begins = [self._own_begins(form) for form in (match, *match.expansions)]
        return begins[0] if len(begins) == 1 else np.concatenate(begins)

    def _own_begins(self, match: Match) -> Spots:
        """The spots where a match itself begins."""
        if not (match.slop or match.as_word):
            return find_runs([self._spots(typed) for typed in match.typed])
        slots = [self._segment.term_set(Field.TEXT, typed) for typed in match.typed]
        is_possible = all(slot.postings for slot in slots)
        return find_spots(self._segment, match, slots, self._numbers) if is_possible else _NOWHERE

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
    values = np.zeros(len(merged.spots))
    for place, (word, idf) in enumerate(words):
        values += WINDOW_BOOST * word.boost * idf * merged.in_window(place)
    return values
