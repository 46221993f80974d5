"""Which articles come first? The best of a segment, in the total order, without sorting the rest."""

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import Numbers, Segment
from indexer.query import Sort


def best(
    segment: Segment, numbers: Numbers, scores: npt.NDArray[np.float64] | None, sort: Sort, count: int
) -> Numbers:
    """The first ``count`` of ``numbers``, in order.

    Args:
        scores: of every article of the segment, shape (articles,); None: the order is by date.
    """
    newest, oldest = segment.order_keys
    keys = oldest if sort is Sort.OLDEST else newest
    if scores is None or sort is not Sort.RELEVANCE:
        return _by_key(numbers, keys, count)
    own = scores[numbers]
    if len(numbers) > count:
        cut = np.partition(own, len(own) - count)[len(own) - count]
        above = numbers[own > cut]
        tied = _by_key(numbers[own == cut], keys, count - len(above))
        numbers = np.concatenate([above, tied])
        own = scores[numbers]
    order = np.lexsort((keys[numbers], -own))
    found: Numbers = numbers[order]
    return found


def _by_key(numbers: Numbers, keys: npt.NDArray[np.int64], count: int) -> Numbers:
    own = keys[numbers]
    if len(numbers) > count:
        kept = np.argpartition(own, count - 1)[:count] if count else np.empty(0, np.intp)
        numbers, own = numbers[kept], own[kept]
    found: Numbers = numbers[np.argsort(own)]
    return found
