"""Where do syllables occur near each other? Unordered windows, in linear time once sorted."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import Mask, Spots
from indexer.query import Typed

_OWNER_BITS = 8  # a query has at most 200 syllables
_OWNERS = (1 << _OWNER_BITS) - 1
_PAIR = 2
_BEYOND = np.int64(1 << 62)


def find_windows(spots: Mapping[Typed, Spots], wanted: Mapping[Typed, int], width: int) -> Spots:
    """The spots that begin a window of ``width`` syllables with each syllable as often as is wanted.

    Args:
        spots: the spots of each syllable, distinct, in any order.
    """
    keys = np.concatenate([found << _OWNER_BITS | owner for owner, found in enumerate(spots.values())])
    keys.sort(kind="stable")  # sorted runs, a term each: a merge
    merged = keys >> _OWNER_BITS
    owners = (keys & _OWNERS).astype(np.uint8)
    opens = np.ones(len(merged), np.bool_)
    np.not_equal(merged[1:], merged[:-1], out=opens[1:])
    distinct = bool(opens.all())  # otherwise some spot belongs to several of the syllables
    if distinct and len(spots) == _PAIR and set(wanted.values()) == {1}:
        return _beside(merged, owners, width)
    starts = merged if distinct else merged[opens]
    places = np.cumsum(opens, dtype=np.int32) - 1 if not distinct else None
    ends = starts + width
    kept = np.ones(len(starts), np.bool_)
    for owner, typed in enumerate(spots):
        held = owners == owner
        own = merged[held]
        if places is not None:
            held, mine = np.zeros(len(starts), np.bool_), places[held]
            held[mine] = True
        kept &= _nth(own, held, wanted[typed]) < ends
    found: Spots = starts[kept]
    return found


def _beside(merged: Spots, owners: npt.NDArray[np.uint8], width: int) -> Spots:
    """The spots of two syllables that begin a window with the other one in it; for two the way is shorter."""
    others = np.flatnonzero(owners[1:] != owners[:-1]) + 1  # the first of each run of one syllable
    if not len(others):
        return merged[:0]
    end = int(others[-1])
    following = np.repeat(merged[others], np.diff(others, prepend=0))
    found: Spots = merged[:end][following - merged[:end] < width]
    return found


def _nth(own: Spots, held: Mask, nth: int) -> Spots:
    """For each start the nth spot of a syllable from there on, or _BEYOND.

    Args:
        own: the syllable's spots, ascending.
        held: whether each start is one of them.
    """
    places = np.cumsum(held, dtype=np.int32)
    places -= held
    if nth > 1:
        places += nth - 1
    found: Spots = np.append(own, np.full(nth, _BEYOND))[places]
    return found
