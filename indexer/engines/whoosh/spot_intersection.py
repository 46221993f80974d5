"""What do two lists of spots both hold? A sieve first leaves little of the longer one to sort."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Mask, PostingsBlock, Spots

_SIEVE = 1 << 23
_HOLES = 16  # places of the sieve for each spot that it keeps
_SPACING = 7_919  # a prime, wider than most articles
_NOWHERE: Spots = np.empty(0, np.int64)


def intersect(few: Spots, many: Spots) -> Spots:
    """What both hold, each once in each."""
    sieve = _sieve_of(few)
    return _held(few, many[sieve.take(_sieved(many, len(sieve)))])


def intersect_blocks(few: Spots, many: Iterable[PostingsBlock], shift: int) -> Spots:
    """What spots and pieces both hold when the spots of the pieces are moved by ``shift``.

    What falls through the sieve is never made a spot: of a frequent beginning of words ("t*") that is nearly
    all, and there are millions.
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
    """A place in the sieve: neighbours stand apart, articles are spread."""
    found: npt.NDArray[np.int64] = (spots + (spots >> ARTICLE_SHIFT) * _SPACING) & (size - 1)
    return found


def _held(few: Spots, left: Spots) -> Spots:
    """Those of the few that are among what the sieve has left."""
    if not len(left):
        return left
    left.sort()
    places = np.minimum(np.searchsorted(left, few), len(left) - 1)
    found: Spots = few[left[places] == few]
    return found
