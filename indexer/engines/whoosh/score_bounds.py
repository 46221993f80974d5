"""Which articles can be among the top k? All scores are bounded; few are then computed.

A match adds at most ``weight · impact`` steps to an article (weights and impacts are rounded up), so the sum
is an upper bound of the score in the same unit. The articles with the highest bounds are scored first; the
k-th best of their scores is a threshold, and an article whose bound is below it is skipped. The top k is
exact (as in MaxScore).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.arrays.file import AnyArray
from indexer.budget import Stage, charge
from indexer.engines.whoosh.common_terms import STEPS, impacts
from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.segment_matches import SegmentMatch
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.top_k import Scores
from indexer.kernels.spots import numbers_of
from indexer.scoring import K1

_HEIGHT = 16  # articles in a column, of which only the highest bound counts for the first threshold
_NARROW = 32  # up to so many matches, weights are exact enough in two bytes
_SLACK = 1e-9  # more than the rounding errors of the float sums

Bounds = AnyArray
"""Unsigned integers of two or four bytes: (articles,)."""


@dataclass(frozen=True, slots=True)
class BoundedMatch:
    """A match, and the most that it can add to a score, without the factor K1 + 1."""

    match: SegmentMatch
    weight: float


def select_candidates(
    matches: Sequence[BoundedMatch],
    members: Mask,
    count: int,
    norms: Scores,
    score: Callable[[DocumentNumbers], Scores],
) -> tuple[DocumentNumbers, Scores]:
    """Articles that include the top ``count`` members and all that tie with the last; and their scores.

    Args:
        matches: the matches that are scored.
        score: computes the exact scores of some articles (ascending).
    """
    bounds, unit = _bounds(matches, len(members), norms)
    bounds += 1  # so that the bounds of members are above 0
    bounds *= members
    least = _least(bounds, count)
    first = numbers_of(bounds >= least)
    scores = score(first)
    if len(first) < count:
        return first, scores
    cut = float(np.partition(scores, len(scores) - count)[len(scores) - count])
    limit = max(1, int(cut * unit * (1 - _SLACK)) + 1)
    if limit >= least:
        return first, scores
    rest = numbers_of((bounds >= limit) & (bounds < least))
    return np.concatenate([first, rest]), np.concatenate([scores, score(rest)])


def _bounds(matches: Sequence[BoundedMatch], articles: int, norms: Scores) -> tuple[Bounds, float]:
    """The upper bounds (articles,), and how many steps of a bound a score of 1 is."""
    kind: type[Any] = np.uint16 if len(matches) <= _NARROW else np.uint32
    steps = np.iinfo(kind).max // STEPS - 1 - len(matches)
    unit = steps / (sum(bounded.weight for bounded in matches) or 1.0)
    bounds: Bounds = np.zeros(articles, kind)
    for bounded in matches:
        weight = kind(int(bounded.weight * unit) + 1)
        row = bounded.match.row
        if row is not None:
            bounds += np.multiply(row.impacts(norms), weight, dtype=kind)
        else:
            numbers = bounded.match.numbers
            own = impacts(bounded.match.frequencies(numbers), norms.take(numbers))
            bounds[numbers] += weight * own.astype(kind)
        charge(Stage.RANKING)
    return bounds, unit * STEPS / (K1 + 1)


def _least(bounds: Bounds, count: int) -> int:
    """A bound that at least ``count`` articles reach; 1 where none is known."""
    width = len(bounds) // _HEIGHT
    if width <= count:
        return 1
    highest = bounds[: width * _HEIGHT].reshape(_HEIGHT, width).max(axis=0)
    return max(1, int(np.partition(highest, width - count)[width - count]))
