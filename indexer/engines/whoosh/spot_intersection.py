"""Which spots are in both of two lists? A hashed sieve leaves few of the longer list to sort."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Mask, PostingsBlock, Spots

_SIEVE = 1 << 23
_HOLES = 16  # bits of the sieve for each spot of the shorter list: some 6 % of the others pass
_SPACING = 7_919  # a prime, larger than most articles have positions
_NOWHERE: Spots = np.empty(0, np.int64)


def intersect(few: Spots, many: Spots) -> Spots:
    """The spots that are in both; each list holds a spot once. The order is that of ``few``."""
    sieve = _sieve_of(few)
    return _held(few, many[sieve.take(_sieved(many, len(sieve)))])


def intersect_blocks(few: Spots, many: Iterable[PostingsBlock], shift: int) -> Spots:
    """The spots of ``few`` that are also in the blocks, once the blocks' spots are moved by ``shift``.

    Only occurrences that pass the sieve are made spots: of a frequent prefix ("t*") there are millions, of
    which few pass.
    """
    few = few - shift
    sieve = _sieve_of(few)
    return _held(few, np.concatenate([_NOWHERE, *_caught(many, sieve)])) + shift


def _caught(many: Iterable[PostingsBlock], sieve: Mask) -> Iterator[Spots]:
    for articles, counts, positions in many:
        owners = np.repeat(articles.astype(np.uint32), counts)
        hashed = owners * np.uint32(_SPACING)
        hashed += positions
        hashed &= np.uint32(len(sieve) - 1)
        at = np.flatnonzero(sieve.take(hashed))  # by indices it takes twice as long
        yield owners.take(at).astype(np.int64) << ARTICLE_SHIFT | positions[at]


def _sieve_of(few: Spots) -> Mask:
    sieve = np.zeros(min(_SIEVE, 1 << (_HOLES * len(few)).bit_length()), np.bool_)
    sieve[_sieved(few, len(sieve))] = True
    return sieve


def _sieved(spots: Spots, size: int) -> npt.NDArray[np.int64]:
    """The hash of spots: neighbours differ, and articles are spread over the sieve."""
    found: npt.NDArray[np.int64] = (spots + (spots >> ARTICLE_SHIFT) * _SPACING) & (size - 1)
    return found


def _held(few: Spots, left: Spots) -> Spots:
    """The spots of ``few`` that are among those that passed the sieve."""
    if not len(left):
        return left
    left.sort()
    places = np.minimum(np.searchsorted(left, few), len(left) - 1)
    found: Spots = few[left[places] == few]
    return found
