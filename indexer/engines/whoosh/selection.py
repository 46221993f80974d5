"""Which articles come first? The best of a segment, in the total order, without sorting the rest."""

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import Numbers, Segment
from indexer.query import Sort

Scores = npt.NDArray[np.float64]


def best(segment: Segment, numbers: Numbers, scores: Scores | None, sort: Sort, count: int) -> Numbers:
    """Places in ``numbers`` of the first ``count``, in order.

    Args:
        scores: of each of the numbers; None: the order is by date.
    """
    newest, oldest = segment.order_keys
    keys = (oldest if sort is Sort.OLDEST else newest)[numbers]
    if scores is None or sort is not Sort.RELEVANCE:
        return _by_key(np.arange(len(numbers)), keys, count)
    places = np.arange(len(numbers))
    if len(numbers) > count:
        cut = np.partition(scores, len(scores) - count)[len(scores) - count]
        above = np.flatnonzero(scores > cut)
        tied = _by_key(np.flatnonzero(scores == cut), keys, count - len(above))
        places = np.concatenate([above, tied])
    found: Numbers = places[np.lexsort((keys[places], -scores[places]))]
    return found


def _by_key(places: Numbers, keys: npt.NDArray[np.int64], count: int) -> Numbers:
    own = keys[places]
    if len(places) > count:
        kept = np.argpartition(own, count - 1)[:count] if count else np.empty(0, np.intp)
        places, own = places[kept], own[kept]
    found: Numbers = places[np.argsort(own)]
    return found
