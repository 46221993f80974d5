"""Where do two frequent syllables stand a fixed distance apart? Their places are sorted together, once.

Both lists of places are read in file order, the first is moved by the distance, and equal neighbours of the
sorted whole are pairs. Sorting is faster than looking one list up in the other as long as both are of one
magnitude: numpy sorts 32-bit numbers with the processor's vector instructions.
"""

import numpy as np

from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Spots, is_scanned, mask_of
from indexer.engines.whoosh.place_bits import are_inside, fits_in_bits, places_of, spots_of
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet

_MOST = 1 << 21  # places of both, past which the sort no longer fits into the processor's cache


def are_sorted_together(segment: Segment, pair: tuple[TermSet, TermSet], within: DocumentNumbers) -> bool:
    """Whether ``find_pairs`` is the fastest way to find a pair in some articles."""
    return (
        fits_in_bits(segment)
        and all(is_scanned(segment, term_set, within) for term_set in pair)
        and sum(_count_places(segment, term_set) for term_set in pair) <= _MOST
    )


def find_pairs(
    segment: Segment, pair: tuple[TermSet, TermSet], distance: int, within: DocumentNumbers
) -> Spots:
    """The spots, ascending, of a term of the first set that has one of the second ``distance`` syllables on.

    Args:
        distance: negative where the second stands before the first.
        within: the articles (ascending) that are asked about.
    """
    first, second = (places_of(segment, term_set) for term_set in pair)
    second -= np.uint32(distance % (1 << 32))  # those that would lie before the first place wrap around
    both = np.concatenate([first, second])
    both.sort()
    spots = spots_of(segment, both[1:][both[1:] == both[:-1]])
    kept = are_inside(segment, spots + distance) & mask_of(segment, within)[spots >> ARTICLE_SHIFT]
    pairs: Spots = spots[kept]
    return pairs


def _count_places(segment: Segment, term_set: TermSet) -> int:
    starts = segment.arrays["occurrence_starts"]
    return sum(int(starts[run.stop]) - int(starts[run.start]) for run in term_set.runs)
