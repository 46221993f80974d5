"""What is counted of some articles: values of facets, and days of publication.

Each takes the path of the segment's file, which is told as damaged where a number in it leads outside.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError
from indexer.kernels.library import OUTSIDE, AnyArray, Loop, address, contiguous

Counts = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]
Uint32Array = npt.NDArray[np.uint32]

_codes = Loop("khobao_count_codes", "anananan")
_days = Loop("khobao_count_days", "aanannana")


def count_codes(
    path: Path, codes: AnyArray, starts: AnyArray, numbers: DocumentNumbers, values: int
) -> Counts:
    """How many of some articles have each value, by its code; those of an article lie between its starts."""
    codes, starts = contiguous(codes, np.uint32), contiguous(starts, np.uint32)
    numbers, counts = contiguous(numbers, np.uint16), np.zeros(values, np.int64)
    failed = _codes(
        address(codes), len(codes), address(starts), len(starts) - 1, address(numbers), len(numbers),
        address(counts), values,
    )  # fmt: skip
    if failed:
        raise DamagedFileError(path, OUTSIDE)
    return counts


def count_days(
    path: Path, first_days: AnyArray, last_days: AnyArray, numbers: DocumentNumbers, days: range
) -> tuple[Counts, DocumentNumbers]:
    """How many of some articles were published on each of some days; and those not known to one of these."""
    first_days, last_days = contiguous(first_days, np.uint32), contiguous(last_days, np.uint32)
    numbers, counts = contiguous(numbers, np.uint16), np.zeros(len(days), np.int64)
    others = np.empty(len(numbers), np.uint16)
    articles = min(len(first_days), len(last_days))
    count = _days(
        address(first_days), address(last_days), articles, address(numbers), len(numbers), days.start,
        address(counts), len(days), address(others),
    )  # fmt: skip
    if count < 0:
        raise DamagedFileError(path, OUTSIDE)
    return counts, others[:count]
