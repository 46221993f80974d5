"""Which articles of a segment are the top k? The rest is not sorted."""

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.query import Sort

Indices = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float64]


_BLOCK = 64
_MANY = 4_096  # values, from which the smallest of each block are compared first


def top_k(
    segment: Segment, numbers: DocumentNumbers, scores: Scores | None, sort: Sort, count: int
) -> Indices:
    """The indices in ``numbers`` of the first ``count``, in order.

    Args:
        scores: the score of each of the numbers; None: the order is by date.
    """
    newest, oldest = segment.order_keys
    keys = oldest if sort is Sort.OLDEST else newest
    if scores is None or sort is not Sort.RELEVANCE:
        return _by_key(np.arange(len(numbers)), keys[numbers], count)
    places = _smallest(-scores, count)
    cut = np.partition(scores[places], len(places) - count)[len(places) - count] if len(places) > count else 0
    if len(places) > count:
        above, tied = places[scores[places] > cut], places[scores[places] == cut]
        places = np.concatenate([above, _by_key(tied, keys[numbers[tied]], count - len(above))])
    found: Indices = places[np.lexsort((keys[numbers[places]], -scores[places]))]
    return found


def _by_key(places: Indices, keys: npt.NDArray[np.int64], count: int) -> Indices:
    """The places of the ``count`` smallest keys, in order; all keys are distinct."""
    first = _smallest(keys, count)
    found: Indices = places[first[np.argsort(keys[first])[:count]]]
    return found


def _smallest(values: npt.NDArray[np.generic], count: int) -> Indices:
    """The indices of the ``count`` smallest values and of some more: of all up to a threshold.

    The threshold is the count-th smallest of the blocks' minima: at least ``count`` values are not above it.
    """
    blocks = len(values) // _BLOCK
    if len(values) < _MANY or blocks <= count:
        return np.arange(len(values))
    lowest = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).min(axis=1)
    return np.flatnonzero(values <= np.partition(lowest, count - 1)[count - 1])
