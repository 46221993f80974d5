"""What is counted of some articles: values of facets, and days of publication."""

import numpy as np
import numpy.typing as npt

from indexer.kernels.library import AnyArray, Loop, address, contiguous

Counts = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]
Uint32Array = npt.NDArray[np.uint32]

_codes = Loop("khobao_count_codes", "anananan")
_days = Loop("khobao_count_days", "aanannana")


def count_codes(codes: AnyArray, starts: AnyArray, numbers: DocumentNumbers, values: int) -> Counts:
    """How many of some articles have each value, by its code; those of an article lie between its starts."""
    codes, starts = contiguous(codes, np.uint32), contiguous(starts, np.uint32)
    numbers, counts = contiguous(numbers, np.uint16), np.zeros(values, np.int64)
    failed = _codes(
        address(codes), len(codes), address(starts), len(starts) - 1, address(numbers), len(numbers),
        address(counts), values,
    )  # fmt: skip
    if failed:
        raise ValueError("the codes of a facet lead outside its values")
    return counts


def count_days(
    first_days: AnyArray, last_days: AnyArray, numbers: DocumentNumbers, days: range
) -> tuple[Counts, DocumentNumbers]:
    """How many of some articles were published on each of some days; and those not known to one of these."""
    first_days, last_days = contiguous(first_days, np.uint32), contiguous(last_days, np.uint32)
    numbers, counts = contiguous(numbers, np.uint16), np.zeros(len(days), np.int64)
    others = np.empty(len(numbers), np.uint16)
    count = _days(
        address(first_days), address(last_days), len(first_days), address(numbers), len(numbers), days.start,
        address(counts), len(days), address(others),
    )  # fmt: skip
    return counts, others[:count]
