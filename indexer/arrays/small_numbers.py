"""How are small numbers stored in one byte each, and the few large ones exactly?

``NAME`` holds one byte per value; 255 marks an exception, whose value is in ``NAME_past`` and whose index is
in ``NAME_at``, ascending.
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, at, part, places_in

ESCAPE = 255

Number = TypeVar("Number", np.int64, np.uint32, np.float64)


def escape(name: str, values: npt.NDArray[np.uint32]) -> dict[str, AnyArray]:
    """The three arrays for some values."""
    large = np.flatnonzero(values >= ESCAPE)
    return {
        name: np.minimum(values, ESCAPE).astype(np.uint8),
        f"{name}_at": large.astype(np.uint32),
        f"{name}_past": values[large].astype(np.uint32),
    }


def unescape(
    arrays: Mapping[str, AnyArray], name: str, start: int, stop: int, dtype: type[Number]
) -> npt.NDArray[Number]:
    """The values from start to stop (exclusive)."""
    values = part(arrays, name, slice(start, stop)).astype(dtype)
    large = arrays[f"{name}_at"]
    if len(large):
        first, last = places_in(large, (start, stop))
        values[large[first:last].astype(np.int64) - start] = arrays[f"{name}_past"][first:last]
    return values


def unescape_at(
    arrays: Mapping[str, AnyArray], name: str, places: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The values at some indices."""
    values = at(arrays, name, places).astype(np.int64)
    large = arrays[f"{name}_at"]
    if len(large):
        past = np.flatnonzero(values == ESCAPE)
        values[past] = arrays[f"{name}_past"][places_in(large, places[past])]
    return values
