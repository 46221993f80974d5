"""Which segments are merged? A log-structured merge policy: few segments, and few rewrites of an article."""

from collections.abc import Sequence

from indexer.engines.whoosh.segment_file import MAX_ARTICLES

ALWAYS_MERGED_BELOW = 2_048
"""Smaller segments are always merged: rewriting them costs less than searching one segment more."""


def choose_segments(sizes: Sequence[int], new: int, budget: int = 0) -> list[int]:
    """The places of the segments, given by their sizes, that are merged with ``new`` articles.

    From the smallest up, a segment is taken while it is at most twice as large as what is rewritten anyway,
    and while the result fits into one segment. So the number of segments is logarithmic, and so is the number
    of times that an article is rewritten.

    Args:
        budget: a segment of up to so many articles is taken too. At the end of a build it is the number of
            articles that were added, so that a large build leaves few segments and a small one rewrites
            little.

    >>> choose_segments([60_000, 8_000, 100], new=50), choose_segments([8_000, 8_000], new=8_000)
    ([2], [1, 0])
    >>> [choose_segments([16_000, 4_000], new=2_000, budget=budget) for budget in (0, 22_000)]
    [[1], [1, 0]]
    """
    taken: list[int] = []
    total = new
    for size, place in sorted((size, -place) for place, size in enumerate(sizes)):
        if total + size > MAX_ARTICLES or size > max(ALWAYS_MERGED_BELOW - 1, 2 * total, budget):
            break
        taken.append(-place)
        total += size
    return taken
