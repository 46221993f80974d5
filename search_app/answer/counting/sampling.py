"""Which hits are in a sample? Those with the smallest hash of seed, article, place: no import changes it.

The hash of a hit is made of the BLAKE2b digests, of 8 bytes, of the seed and of the article's id, and of the
positions at which the hit begins and ends, by steps of SplitMix64; docs/counting.md has the formula.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from indexer.counting import Int64Array, LocatedHits

MOST_SAMPLED = 100_000
"""Hits that one sample has at most."""

_BYTES = 8
_STOP_BITS = 32

Hashes = npt.NDArray[np.uint64]


def sample_hits(hits: LocatedHits, ids: Sequence[str], size: int, seed: str) -> Int64Array:
    """The ascending places of the hits of a sample; of all, where there are no more than its size.

    Args:
        ids: those of the articles of the hits.
    """
    if len(hits) <= size:
        return np.arange(len(hits))
    hashes = hit_hashes(hits, ids, seed)
    edge = np.partition(hashes, size - 1)[size - 1]
    inside, tied = np.flatnonzero(hashes < edge), np.flatnonzero(hashes == edge)
    return np.sort(np.concatenate([inside, tied[: size - len(inside)]]))


def hit_hashes(hits: LocatedHits, ids: Sequence[str], seed: str) -> Hashes:
    """The hash of each hit."""
    articles = np.array([_digest(one) for one in ids], np.uint64)
    edges = hits.starts.astype(np.uint64) | hits.stops.astype(np.uint64) << np.uint64(_STOP_BITS)
    return _mixed(_mixed(articles ^ np.uint64(_digest(seed)))[hits.rows] ^ _mixed(edges))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=_BYTES).digest(), "little")


def _mixed(values: Hashes) -> Hashes:
    """SplitMix64's output function: a bijection in which each bit depends on every bit."""
    with np.errstate(over="ignore"):
        values = values + np.uint64(0x9E3779B97F4A7C15)
        values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ values >> np.uint64(31)
    return mixed
