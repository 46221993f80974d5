"""At which of some spots does a frequent prefix ("t*") occur? A bitmap with one bit per place of a segment.

Places number the positions of all articles consecutively: an article's first place follows the last one of
the article before. A place takes four bytes where a spot takes eight, and a membership test reads one bit.

For the first phrases of a request the spots become a bitmap, and the terms' postings are scanned against it.
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
        there, places = _places(segment, starts + step)
        bits = cached((segment, term_set, "bits"), lambda: _all_bits(segment, term_set), _size)
        return starts[there][are_set(bits, places)]

    def make() -> _Sieve:
        return _Sieve.of(_places(segment, starts + step)[1], int(segment.place_starts[-1]))

    own = make() if known is None else cached_if_frequent((segment, known, step), make, _Sieve.size)
    met = [_NONE, *(own.caught(_lying(segment, block)) for block in read_blocks(segment, term_set))]
    return _spots(segment, np.concatenate(met)) - step


class _Sieve(NamedTuple):
    """A bitmap of places, and a coarse one by their low bits alone, which fits into the processor's cache."""

    coarse: Bits
    exact: Bits

    @classmethod
    def of(cls, places: FlatPlaces, count: int) -> "_Sieve":
        """The sieve of places that are below ``count``."""
        return cls(set_bits(places & _COARSE, int(_COARSE) + 1), set_bits(places, count))

    def caught(self, places: FlatPlaces) -> FlatPlaces:
        """Those of some places that are in the sieve."""
        left = places[np.flatnonzero(are_set(self.coarse, places & _COARSE))]
        return left[are_set(self.exact, left)]

    def size(self) -> int:
        """In bytes."""
        return self.coarse.nbytes + self.exact.nbytes


def set_bits(places: FlatPlaces, count: int) -> Bits:
    """The bitmap of places.

    Args:
        places: each below ``count``, in any order.
    """
    found = np.zeros((count >> 3) + 1, np.uint8)
    for start in range(0, len(places), _PIECE):
        left = places[start : start + _PIECE]
        while len(left):
            at, bits = left >> np.uint32(3), _EIGHT.take(left & np.uint32(7))
            found[at] |= bits  # of several places in one byte only one is written; the loop sets the rest
            left = left[found[at] & bits == 0]
    return found


def are_set(bits: Bits, places: FlatPlaces) -> Mask:
    """Whether each place's bit is set."""
    found = bits.take(places >> np.uint32(3))
    found >>= places.astype(np.uint8) & np.uint8(7)
    found &= np.uint8(1)
    return found.view(np.bool_)


def _are_bits(segment: Segment, term_set: TermSet) -> bool:
    """Whether the terms get a bitmap: they were asked for often enough, and the request cache has room."""
    size = (int(segment.place_starts[-1]) >> 3) + 1
    return is_frequent((segment, term_set, "asked")) and can_cache((segment, term_set, "bits"), size)


def _size(bits: Bits) -> int:
    return bits.nbytes


def _all_bits(segment: Segment, term_set: TermSet) -> Bits:
    lying = [_lying(segment, block) for block in read_blocks(segment, term_set)]
    return set_bits(np.concatenate([_NONE, *lying]), int(segment.place_starts[-1]))


def _lying(segment: Segment, block: PostingsBlock) -> FlatPlaces:
    """The places of a block's occurrences, in their order."""
    found: FlatPlaces = np.repeat(segment.place_starts.take(block.articles), block.counts)
    found += block.positions
    return found


def _places(segment: Segment, spots: Spots) -> tuple[Mask, FlatPlaces]:
    """Which spots lie inside their articles, and the places of those."""
    starts = segment.place_starts
    articles, positions = spots >> ARTICLE_SHIFT, spots & POSITION_MASK
    there: Mask = positions < np.diff(starts).take(articles, mode="clip")
    there &= articles >= 0
    return there, starts.take(articles[there]) + positions[there].astype(np.uint32)


def _spots(segment: Segment, places: FlatPlaces) -> Spots:
    """The spots of places."""
    starts = segment.place_starts
    articles = np.searchsorted(starts, places, side="right") - 1
    found: Spots = articles << ARTICLE_SHIFT | (places - starts[articles])
    return found
