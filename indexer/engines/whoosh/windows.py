"""Where do syllables occur near each other? Unordered windows, in linear time once sorted.

A syllable of the article fills one typed syllable only. Typed syllables that mean the same terms are one
*class* that needs as many places as it was typed; classes have no place in common, so that each can be
counted by itself. Only the last syllable, where it is a prefix, may share places with classes. Then each
class takes the places that the prefix cannot use, and the places of the prefix must suffice for what the
classes still need and for the prefix itself (Hall's theorem).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import Mask, Spots

_OWNER_BITS = 8  # a query has at most 200 syllables
_OWNERS = (1 << _OWNER_BITS) - 1
_PAIR = 2
_BEYOND = np.int64(1 << 62)


class SyllableClass(NamedTuple):
    """Typed syllables of one meaning.

    Attributes:
        spots: of all its terms, distinct, in any order.
        wanted: how often it was typed.
    """

    spots: Spots
    wanted: int


def find_windows(classes: Sequence[SyllableClass], prefix: Spots | None, width: int) -> Spots:
    """The spots that begin a window of ``width`` syllables with a place of its own for each typed syllable.

    Args:
        classes: without spots in common.
        prefix: the spots of a syllable that was typed as a prefix, which may also be of one class each.
    """
    every = [*classes] if prefix is None else [*classes, SyllableClass(prefix, 1)]
    keys = np.concatenate([one.spots << _OWNER_BITS | owner for owner, one in enumerate(every)])
    keys.sort(kind="stable")  # sorted runs, a term each: a merge
    merged = keys >> _OWNER_BITS
    owners = (keys & _OWNERS).astype(np.uint8)
    opens = np.ones(len(merged), np.bool_)
    np.not_equal(merged[1:], merged[:-1], out=opens[1:])
    if opens.all():
        if [one.wanted for one in every] == [1] * _PAIR:
            return _beside(merged, owners, width)
        return _apart(merged, owners, [one.wanted for one in every], width)
    return _overlapping(merged, owners, opens, [one.wanted for one in classes], width)


def _beside(merged: Spots, owners: npt.NDArray[np.uint8], width: int) -> Spots:
    """The spots of two syllables that begin a window with the other one in it; for two the way is shorter."""
    others = np.flatnonzero(owners[1:] != owners[:-1]) + 1  # the first of each run of one syllable
    if not len(others):
        return merged[:0]
    end = int(others[-1])
    following = np.repeat(merged[others], np.diff(others, prepend=0))
    begins: Spots = merged[:end][following - merged[:end] < width]
    return begins


def _apart(merged: Spots, owners: npt.NDArray[np.uint8], wanted: Sequence[int], width: int) -> Spots:
    """The spots that begin a window with as many spots of each owner as are wanted; all are distinct."""
    ends = merged + width
    kept = np.ones(len(merged), np.bool_)
    for owner, count in enumerate(wanted):
        is_own = owners == owner
        kept &= _nth(merged[is_own], is_own, count) < ends
    begins: Spots = merged[kept]
    return begins


def _overlapping(
    merged: Spots, owners: npt.NDArray[np.uint8], opens: Mask, wanted: Sequence[int], width: int
) -> Spots:
    """The same where the last owner is a prefix that shares spots with other owners, the classes.

    Args:
        opens: whether each of the merged spots differs from the one before.
        wanted: of each class.
    """
    starts = merged[opens]
    ends = starts + width
    places = np.cumsum(opens, dtype=np.int32) - 1

    def is_at_start(mask: Mask) -> Mask:
        at_start = np.zeros(len(starts), np.bool_)
        at_start[places[mask]] = True
        return at_start

    of_prefix = is_at_start(owners == len(wanted))
    kept = np.ones(len(starts), np.bool_)
    needed = np.ones(len(starts), np.int32)  # places of the prefix: one for itself, and those of the classes
    for owner, count in enumerate(wanted):
        is_own = is_at_start(owners == owner)
        kept &= _nth(starts[is_own], is_own, count) < ends
        alone = is_own & ~of_prefix
        if np.count_nonzero(alone) < np.count_nonzero(is_own):
            spots = starts[alone]
            for nth in range(1, count + 1):
                needed += _nth(spots, alone, nth) >= ends
    begins: Spots = starts[kept & (_nth(starts[of_prefix], of_prefix, needed) < ends)]
    return begins


def _nth(own: Spots, is_own: Mask, nth: int | npt.NDArray[np.int32]) -> Spots:
    """For each start the nth spot of a syllable from there on, or _BEYOND.

    Args:
        own: the syllable's spots, ascending.
        is_own: whether each start is one of them.
        nth: from 1, one number for all starts or one for each.
    """
    places = np.cumsum(is_own, dtype=np.int32)
    places -= is_own
    places += np.asarray(nth, np.int32) - 1
    spots: Spots = np.append(own, np.full(int(np.max(nth, initial=1)), _BEYOND))[places]
    return spots
