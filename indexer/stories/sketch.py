"""Which texts may be alike? Those that share a band of their MinHash sketches.

A sketch holds, for each of 192 hash functions, the least value over a text's runs: two texts have the same
least value with the probability of their Jaccard likeness. Three of these make a band, as one number:
texts of which two fifths of all runs are shared agree in one of the 64 bands in 98.5 of 100 cases, those
of which half are shared in 99.98; texts that share a hundredth in one of 15,000. So no text is compared
with all, and whether two are compared depends on them alone, whatever else the archive holds.
"""

import numpy as np
import numpy.typing as npt

from indexer.stories.shingles import Digests

BANDS = 64
BAND_ROWS = 3
"""Hash functions of a band."""

Sketch = npt.NDArray[np.uint32]

_AT_ONCE = 4_096
_random = np.random.default_rng(2013)
_FACTORS = _random.integers(0, 1 << 31, (BANDS * BAND_ROWS, 1), np.uint32) * np.uint32(2) + np.uint32(1)
_SHIFTS = _random.integers(0, 1 << 32, (BANDS * BAND_ROWS, 1), np.uint32)
_MIXERS = _random.integers(0, 1 << 62, BAND_ROWS, np.uint64) * np.uint64(2) + np.uint64(1)


def make_sketch(distinct: Digests) -> Sketch:
    """The bands of a text: (BANDS,); ``distinct`` as RunText has it, at least one run."""
    shingles = distinct.astype(np.uint32)
    least = np.full(BANDS * BAND_ROWS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(shingles), _AT_ONCE):
        hashed = shingles[start : start + _AT_ONCE] * _FACTORS + _SHIFTS
        np.minimum(least, hashed.min(axis=1), out=least)
    mixed = (least.reshape(BANDS, BAND_ROWS).astype(np.uint64) * _MIXERS).sum(axis=1, dtype=np.uint64)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed * _MIXERS[0]) >> np.uint64(32), np.uint32)
