"""At which of some spots does a frequent prefix ("t*") occur? A bitmap with one bit per place of a segment.

Places number the positions of all articles consecutively: an article's first place follows the last one of
the article before. A place takes four bytes where a spot takes eight, and a membership test reads one bit.

For the first phrases of a request the spots become a sieve, through which the terms' postings are scanned.
For terms that are asked for again and again, as forty phrases that end in "t*" do, the terms become a bitmap,
once a request.
"""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    POSITION_MASK,
    Mask,
    PostingsBlock,
    Spots,
    read_blocks,
)
from indexer.engines.whoosh.segments import Segment, TermSet
from indexer.request_cache import cached, cached_if_frequent, can_cache, is_frequent

FlatPlaces = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint8]

MAX_PLACES = 1 << 28
"""A segment of more places gets no bitmap: it would take more than 32 MB."""

_PIECE = 1 << 16  # places set at a time, so that intermediate arrays stay in the processor's cache
_COARSE = np.uint32((1 << 22) - 1)
_EIGHT = np.left_shift(np.uint8(1), np.arange(8, dtype=np.uint8))
_NONE: FlatPlaces = np.empty(0, np.uint32)


def fits_in_bits(segment: Segment) -> bool:
    """Whether a bitmap of the segment's places is small enough."""
    return segment.count > 0 and int(segment.place_starts[-1]) <= MAX_PLACES


def keep_followed(
    segment: Segment, starts: Spots, term_set: TermSet, step: int, known: Hashable = None
) -> Spots:
    """Those of some spots that have any of the terms ``step`` syllables on; in any order.

    Args:
        starts: distinct spots; each, or the spot ``step`` on, may lie outside its article.
        known: a key of the starts in the request cache, where other phrases of the request have the same.
    """
    if _are_bits(segment, term_set):
        inside, places = _places(segment, starts + step)
        bits = cached((segment, term_set, "bits"), lambda: _all_bits(segment, term_set), _size)
        return starts[inside][are_set(bits, places)]

    def make() -> _Sieve:
        return _Sieve.of(_places(segment, starts + step)[1])

    own = make() if known is None else cached_if_frequent((segment, known, step), make, _Sieve.size)
    met = [_NONE, *(own.caught(_block_places(segment, block)) for block in read_blocks(segment, term_set))]
    return spots_of(segment, np.concatenate(met)) - step


class _Sieve(NamedTuple):
    """Places, and which low bits they have: a row of flags that fits into the processor's cache.

    Few of the places that are asked about pass the flags; these are searched among the sorted ones. A bitmap
    of all places of the segment in place of the sorted ones takes longer to set than is saved.
    """

    low_bits: Mask
    ordered: FlatPlaces

    @classmethod
    def of(cls, places: FlatPlaces) -> "_Sieve":
        """The sieve of some places."""
        low_bits = np.zeros(int(_COARSE) + 1, np.bool_)
        low_bits[places & _COARSE] = True
        return cls(low_bits, np.sort(places))

    def caught(self, places: FlatPlaces) -> FlatPlaces:
        """Those of some places that are in the sieve."""
        left = places[self.low_bits.take(places & _COARSE)]
        if not len(left):
            return left
        at = np.minimum(np.searchsorted(self.ordered, left), len(self.ordered) - 1)
        held: FlatPlaces = left[self.ordered[at] == left]
        return held

    def size(self) -> int:
        """In bytes."""
        return self.low_bits.nbytes + self.ordered.nbytes


def set_bits(places: FlatPlaces, count: int) -> Bits:
    """The bitmap of places.

    Args:
        places: each below ``count``, in any order.
    """
    bitmap = np.zeros((count >> 3) + 1, np.uint8)
    for start in range(0, len(places), _PIECE):
        left = places[start : start + _PIECE]
        while len(left):
            at, bits = left >> np.uint32(3), _EIGHT.take(left & np.uint32(7))
            bitmap[at] |= bits  # of several places in one byte only one is written; the loop sets the rest
            left = left[bitmap[at] & bits == 0]
    return bitmap


def are_set(bits: Bits, places: FlatPlaces) -> Mask:
    """Whether each place's bit is set."""
    flags = bits.take(places >> np.uint32(3))
    flags >>= places.astype(np.uint8) & np.uint8(7)
    flags &= np.uint8(1)
    return flags.view(np.bool_)


def _are_bits(segment: Segment, term_set: TermSet) -> bool:
    """Whether the terms get a bitmap: they were asked for often enough, and the request cache has room."""
    size = (int(segment.place_starts[-1]) >> 3) + 1
    return is_frequent((segment, term_set, "asked")) and can_cache((segment, term_set, "bits"), size)


def _size(bits: Bits) -> int:
    return bits.nbytes


def _all_bits(segment: Segment, term_set: TermSet) -> Bits:
    return set_bits(places_of(segment, term_set), int(segment.place_starts[-1]))


def places_of(segment: Segment, term_set: TermSet) -> FlatPlaces:
    """All places of the terms: term by term, ascending within each."""
    return np.concatenate(
        [_NONE, *(_block_places(segment, block) for block in read_blocks(segment, term_set))]
    )


def _block_places(segment: Segment, block: PostingsBlock) -> FlatPlaces:
    """The places of a block's occurrences, in their order."""
    places: FlatPlaces = np.repeat(segment.place_starts.take(block.articles), block.counts)
    places += block.positions
    return places


def _places(segment: Segment, spots: Spots) -> tuple[Mask, FlatPlaces]:
    """Which spots lie inside their articles, and the places of those."""
    inside = are_inside(segment, spots)
    spots = spots[inside]
    starts = segment.place_starts.take(spots >> ARTICLE_SHIFT)
    return inside, starts + (spots & POSITION_MASK).astype(np.uint32)


def are_inside(segment: Segment, spots: Spots) -> Mask:
    """Whether each spot lies inside an article: one that was moved may not."""
    articles, positions = spots >> ARTICLE_SHIFT, spots & POSITION_MASK
    inside: Mask = positions < np.diff(segment.place_starts).take(articles, mode="clip")
    inside &= articles >= 0
    return inside


def spots_of(segment: Segment, places: FlatPlaces) -> Spots:
    """The spots of places."""
    starts = segment.place_starts
    articles = np.searchsorted(starts, places, side="right") - 1
    spots: Spots = articles << ARTICLE_SHIFT | (places - starts[articles])
    return spots
