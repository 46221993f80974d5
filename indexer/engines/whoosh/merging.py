"""Which segments become one? Few segments, each article rewritten a few times only."""

from collections.abc import Sequence

from indexer.engines.whoosh.segment_file import MAX_ARTICLES

ALWAYS_MERGED_BELOW = 2_048
"""Smaller segments are always merged: rewriting them costs less than asking one more segment."""


def choose_segments(sizes: Sequence[int], new: int, budget: int = 0) -> list[int]:
    """Which of the segments, given by their sizes, are merged with ``new`` articles.

    From the smallest up, a segment is taken while it is not twice as large as what is rewritten
    anyway, and while the result fits into one segment: a logarithmic number of segments stays, and
    an article is rewritten a logarithmic number of times.

    Args:
        budget: a segment of up to so many articles is taken too: at the end of a build, as many as it
            added, so that a large one leaves few segments and a small one rewrites little.

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
