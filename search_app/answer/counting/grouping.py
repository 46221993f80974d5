"""What stands beside the hits, and how often? The hits grouped by the unit before them or after them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.counting import EDGE, CountReader, Int64Array, LocatedHits, TextsOf, TokenUnit
from indexer.text.normalise import normalise
from search_app.answer.counting.ordering import code_keys, select_window, text_ranks

EDGE_TEXT = "¶"
"""In place of a neighbour: the paragraph ends there."""


class Side(StrEnum):
    """Before a hit or after it."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def step(self) -> int:
        """The distance of the nearest neighbour."""
        return -1 if self is Side.LEFT else 1


@dataclass(frozen=True, slots=True)
class NeighbourCount:
    """The hits that have one neighbour.

    Attributes:
        text: the neighbour: normalised syllables, or EDGE_TEXT.
        hits: how many hits have it.
        articles: in how many articles.
    """

    text: str
    hits: int
    articles: int


@dataclass(frozen=True, slots=True)
class NeighbourGroups:
    """Hits, grouped by the nearest unit on one side; only those that are asked for become texts."""

    keys: Int64Array
    hits: Int64Array
    articles: Int64Array
    texts_of: TextsOf

    def __len__(self) -> int:
        return len(self.keys)

    def groups(self, first: int, last: int) -> tuple[NeighbourCount, ...]:
        """Some of the groups: the most hits first, then as a dictionary sorts, after the paragraph's end."""
        most = int(self.hits.max(initial=0))
        window = select_window(len(self), [lambda some: most - self.hits[some], self._ranks], (first, last))
        return tuple(
            NeighbourCount(text, int(self.hits[place]), int(self.articles[place]))
            for place, text in zip(window.tolist(), self._texts(window), strict=True)
        )

    def _texts(self, places: Int64Array) -> list[str]:
        keys = self.keys[places]
        texts = iter(self.texts_of(keys[keys != EDGE]))
        return [EDGE_TEXT if key == EDGE else next(texts) for key in keys.tolist()]

    def _ranks(self, places: Int64Array) -> Int64Array:
        is_text = self.keys[places] != EDGE
        ranks = np.zeros(len(places), np.int64)
        ranks[is_text] = text_ranks(self._texts(places[is_text])) + 1
        return ranks


def group_hits(counts: CountReader, hits: LocatedHits, side: Side, unit: TokenUnit) -> NeighbourGroups:
    """The hits, grouped by what stands beside them."""
    beside = counts.neighbours(hits, [side.step], unit)
    keys, places = code_keys(beside.keys[:, 0])
    pairs = np.sort(places * (len(hits.articles) + 1) + hits.rows)  # numpy.unique takes ten times as long
    each = pairs[np.diff(pairs, prepend=-1) > 0] // (len(hits.articles) + 1)
    in_hits, in_articles = (np.bincount(some, minlength=len(keys)) for some in (places, each))
    return NeighbourGroups(keys, in_hits, in_articles, beside.texts_of)


def hits_beside(counts: CountReader, hits: LocatedHits, side: Side, unit: TokenUnit, text: str) -> Int64Array:
    """The ascending places of the hits that have one neighbour."""
    beside = counts.neighbours(hits, [side.step], unit)
    keys = beside.keys[:, 0]
    if text.strip() == EDGE_TEXT:
        return np.flatnonzero(keys == EDGE)
    known = code_keys(keys[keys != EDGE])[0]
    wanted = " ".join(map(normalise, text.split()))
    found = [key for key, one in zip(known.tolist(), beside.texts_of(known), strict=True) if one == wanted]
    return np.flatnonzero(np.isin(keys, found))
