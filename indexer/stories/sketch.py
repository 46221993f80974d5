"""Which texts are candidates for comparison? Those that share a band of their MinHash sketches (LSH).

A sketch holds, for each of 192 hash functions, the minimum over a text's shingles: two texts have the same
minimum with the probability of their Jaccard coefficient. Three minima make a band, hashed to one number.
Texts that share two fifths of all shingles agree in at least one of the 64 bands in 98.5 of 100 cases, texts
that share half in 99.98, and texts that share a hundredth in one of 15,000. So no text is compared with all
others, and whether two texts are compared depends on them alone, whatever else the archive holds.
"""

import numpy as np
import numpy.typing as npt

from indexer.stories.shingles import Digests

BANDS = 64
BAND_ROWS = 3
"""Hash functions of a band: the rows of banded LSH."""

Sketch = npt.NDArray[np.uint32]

_AT_ONCE = 4_096
_random = np.random.default_rng(2013)
_FACTORS = _random.integers(0, 1 << 31, (BANDS * BAND_ROWS, 1), np.uint32) * np.uint32(2) + np.uint32(1)
_SHIFTS = _random.integers(0, 1 << 32, (BANDS * BAND_ROWS, 1), np.uint32)
_MIXERS = _random.integers(0, 1 << 62, BAND_ROWS, np.uint64) * np.uint64(2) + np.uint64(1)


def make_sketch(distinct: Digests) -> Sketch:
    """The bands of a text: (BANDS,); ``distinct`` are its distinct shingles, at least one."""
    shingles = distinct.astype(np.uint32)
    least = np.full(BANDS * BAND_ROWS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(shingles), _AT_ONCE):
        hashed = shingles[start : start + _AT_ONCE] * _FACTORS + _SHIFTS
        np.minimum(least, hashed.min(axis=1), out=least)
    mixed = (least.reshape(BANDS, BAND_ROWS).astype(np.uint64) * _MIXERS).sum(axis=1, dtype=np.uint64)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed * _MIXERS[0]) >> np.uint64(32), np.uint32)
