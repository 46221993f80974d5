"""What stands beside the hits, and how often? The hits grouped by the unit before them or after them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from indexer.counting import EDGE, CountReader, Int64Array, LocatedHits, TokenUnit
from indexer.text.normalise import normalise
from search_app.answer.counting.ordering import code_keys, text_ranks

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
    """Hits, grouped by the nearest unit on one side."""

    keys: Int64Array
    texts: tuple[str, ...]
    hits: Int64Array
    articles: Int64Array

    def __len__(self) -> int:
        return len(self.keys)

    def groups(self, first: int, last: int) -> tuple[NeighbourCount, ...]:
        """Some of the groups: the most hits first, then as a dictionary sorts, after the paragraph's end."""
        order = np.lexsort((self._ranks(), -self.hits))[first:last].tolist()
        return tuple(
            NeighbourCount(self.texts[one], int(self.hits[one]), int(self.articles[one])) for one in order
        )

    def _ranks(self) -> Int64Array:
        is_edge = self.keys == EDGE
        return np.where(is_edge, -1, text_ranks(self.texts))


def group_hits(counts: CountReader, hits: LocatedHits, side: Side, unit: TokenUnit) -> NeighbourGroups:
    """The hits, grouped by what stands beside them."""
    beside = counts.neighbours(hits, [side.step], unit)
    keys, places = code_keys(beside.keys[:, 0])
    pairs = np.sort(places * (len(hits.articles) + 1) + hits.rows)  # numpy.unique takes ten times as long
    each = pairs[np.diff(pairs, prepend=-1) > 0] // (len(hits.articles) + 1)
    texts = iter(beside.texts_of(keys[keys != EDGE]))
    return NeighbourGroups(
        keys,
        tuple(EDGE_TEXT if key == EDGE else next(texts) for key in keys.tolist()),
        np.bincount(places, minlength=len(keys)),
        np.bincount(each, minlength=len(keys)),
    )


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
