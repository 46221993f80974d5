"""Which articles of a segment have the best scores? Bounds, scores and order in one call."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError
from indexer.kernels.library import DAMAGED, OUTSIDE, Loop, address, contiguous

DocumentNumbers = npt.NDArray[np.uint16]
Bytes = npt.NDArray[np.uint8]
Float64Array = npt.NDArray[np.float64]

_best = Loop("khobao_best", "aandaanannaa")


class ScoredMatch(NamedTuple):
    """A match that is scored, with its frequencies in a segment.

    Attributes:
        row: for every article the frequency, 255 for 255 or more, and its impact; None: it has no row.
        numbers, values: the articles (ascending) that hold it, and the frequency in each; where it has a row,
            those of 255 or more alone.
        boost, idf: its score is ``boost`` times the weight of its frequency (indexer.scoring).
    """

    row: tuple[Bytes, Bytes] | None
    numbers: DocumentNumbers
    values: Float64Array
    boost: float
    idf: float


class RankedBy(NamedTuple):
    """What orders the articles of a segment.

    Attributes:
        saturation: the factor of a weight that does not depend on the article.
        norms: the length norm of every article.
        keys: the order among equal scores, ascending: a distinct number for every article.
        path: the segment's file, which is told where a number leads outside.
    """

    path: Path
    saturation: float
    norms: Float64Array
    keys: npt.NDArray[np.int64]


def best_articles(
    matches: Sequence[ScoredMatch], order: RankedBy, members: DocumentNumbers, wanted: int
) -> tuple[DocumentNumbers, Float64Array]:
    """The best ``wanted`` of some articles (ascending), in order, with their scores; by a library."""
    members = contiguous(members, np.uint16)
    size = min(wanted, len(members))
    found, scores = np.empty(size, np.uint16), np.empty(size)
    held = [_arrays(match) for match in matches]
    places = np.array([[*map(_address, arrays), len(arrays[2])] for arrays in held], np.int64)
    weights = np.array([(match.boost, match.idf) for match in matches], np.float64)
    norms, keys = contiguous(order.norms, np.float64), contiguous(order.keys, np.int64)
    count = _best(
        address(places), address(weights), len(matches), order.saturation, address(norms), address(keys),
        len(norms), address(members), len(members), wanted, address(found), address(scores),
    )  # fmt: skip
    if count < 0:
        raise DamagedFileError(order.path, OUTSIDE) if count == DAMAGED else MemoryError
    return found[:count], scores[:count]


_Arrays = tuple[Bytes | None, Bytes | None, DocumentNumbers, Float64Array]


def _arrays(match: ScoredMatch) -> _Arrays:
    capped, impacts = match.row or (None, None)
    return capped, impacts, contiguous(match.numbers, np.uint16), contiguous(match.values, np.float64)


def _address(array: npt.NDArray[np.generic] | None) -> int:
    return 0 if array is None else address(array)
