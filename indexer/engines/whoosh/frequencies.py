"""How are a posting's frequency and weighted frequency stored? Both in one byte, with exceptions beside.

=================  =====  ========================================================================
array              dtype  one for each
=================  =====  ========================================================================
frequencies        u1     posting: more << 4 | count, where the weighted frequency is count + more; 255:
exception frequencies_at     u4     exception: the posting's number counts_past        u4     exception: its
count; weights_past (u4): its weighted frequency
=================  =====  ========================================================================
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, at, part, places_in

Number = TypeVar("Number", np.int64, np.uint32, np.float64)
_Places = npt.NDArray[np.int64]

_PAST = 255
_NARROW = 15


def pack_frequencies(weights: npt.NDArray[np.uint32], counts: npt.NDArray[np.uint32]) -> dict[str, AnyArray]:
    """The arrays for postings; a weighted frequency is never less than the count."""
    more = weights - counts
    past = (counts > _NARROW) | (more > _NARROW) | ((counts == _NARROW) & (more == _NARROW))
    codes = (more << 4 | counts & _NARROW).astype(np.uint8)
    codes[past] = _PAST
    wide = np.flatnonzero(past)
    return {
        "frequencies": codes,
        "frequencies_at": wide.astype(np.uint32),
        "counts_past": counts[wide],
        "weights_past": weights[wide],
    }


def counts(arrays: Mapping[str, AnyArray], postings: slice, dtype: type[Number]) -> npt.NDArray[Number]:
    """The counts (numbers of positions) of consecutive postings."""
    values: npt.NDArray[Number] = (part(arrays, "frequencies", postings) & _NARROW).astype(dtype)
    return _with_exceptions(arrays, "counts_past", postings, values)


def weights(arrays: Mapping[str, AnyArray], postings: slice, dtype: type[Number]) -> npt.NDArray[Number]:
    """The weighted frequencies of consecutive postings."""
    codes = part(arrays, "frequencies", postings)
    values: npt.NDArray[Number] = ((codes & _NARROW) + (codes >> 4)).astype(dtype)
    return _with_exceptions(arrays, "weights_past", postings, values)


def counts_at(arrays: Mapping[str, AnyArray], places: _Places) -> _Places:
    """The counts (numbers of positions) of postings, by their numbers."""
    codes = at(arrays, "frequencies", places)
    return _with_exceptions_at(arrays, "counts_past", places, codes, (codes & _NARROW).astype(np.int64))


def weights_at(arrays: Mapping[str, AnyArray], places: _Places) -> _Places:
    """The weighted frequencies of postings, by their numbers."""
    codes = at(arrays, "frequencies", places)
    return _with_exceptions_at(
        arrays, "weights_past", places, codes, ((codes & _NARROW) + (codes >> 4)).astype(np.int64)
    )


def narrow_counts(arrays: Mapping[str, AnyArray], places: _Places) -> npt.NDArray[np.uint8]:
    """Counts of postings by their numbers, 15 for each exception; ``excess_counts`` gives what is missing."""
    counts: npt.NDArray[np.uint8] = at(arrays, "frequencies", places) & np.uint8(_NARROW)
    return counts


def excess_counts(arrays: Mapping[str, AnyArray]) -> _Places:
    """What ``narrow_counts`` leaves out, as prefix sums over the exceptions: (exceptions + 1,), from 0."""
    excess = arrays["counts_past"].astype(np.int64) - _NARROW
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(excess)])


def _with_exceptions(
    arrays: Mapping[str, AnyArray], past: str, postings: slice, values: npt.NDArray[Number]
) -> npt.NDArray[Number]:
    wide = arrays["frequencies_at"]
    first, last = places_in(wide, (postings.start, postings.stop)).tolist()
    if first < last:
        values[wide[first:last].astype(np.int64) - postings.start] = arrays[past][first:last]
    return values


def _with_exceptions_at(
    arrays: Mapping[str, AnyArray],
    past: str,
    places: _Places,
    codes: npt.NDArray[np.uint8],
    values: _Places,
) -> _Places:
    wide = np.flatnonzero(codes == _PAST)
    if len(wide):
        values[wide] = arrays[past][places_in(arrays["frequencies_at"], places[wide])]
    return values
