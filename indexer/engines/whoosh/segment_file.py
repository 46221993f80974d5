"""What does a segment's file hold, in as few bytes as are exact?

===============  ===========  ===================================================================
array            dtype        one for each
===============  ===========  ===================================================================
term_bytes       u1           byte of the terms, end to end, sorted by field, reading key and bytes
term_ends        u4           term
key_bytes, _ends u1, u4       reading key, sorted, field by field; field_keys: as field_terms
key_terms        u4           key, and one more: where its terms begin
posting_starts   u4           term, and one more
occurrence_starts u8          term, and one more
numbers          u2           posting: the article (a segment holds at most 65,536)
weights          u1           posting: weighted frequency; 255: see weights_past, weights_at
counts           u1           posting: positions; 255: see counts_past, counts_at
positions        u2 or u4     occurrence: flat position
flags            u1           four occurrences: two bits each, a word begins, a word ends
zone_starts      as positions article, for each zone but the first
===============  ===========  ===================================================================

and the columns of facts, see :mod:`indexer.engines.whoosh.columns`.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.layout import AnyArray, string_arrays
from indexer.engines.whoosh.postings import FIELDS, ZONES, Postings, Term

SUFFIX = ".kho"
MAX_ARTICLES = 1 << 16
ESCAPE = 255


def packed(postings: Postings) -> dict[str, AnyArray]:
    """The arrays of a segment's file."""
    wide = np.uint32 if len(postings.positions) and postings.positions.max() >= 1 << 16 else np.uint16
    occurrences = np.concatenate([np.zeros(1, np.int64), np.cumsum(postings.counts, dtype=np.int64)])
    return {
        **_dictionary(postings.terms),
        "posting_starts": postings.starts.astype(np.uint32),
        "occurrence_starts": occurrences[postings.starts].astype(np.uint64),
        "numbers": postings.numbers.astype(np.uint16),
        **_escaped("weights", postings.weights),
        **_escaped("counts", postings.counts),
        "positions": postings.positions.astype(wide),
        "flags": _pack_flags(postings.flags),
        "zone_starts": postings.zone_starts[:, 1:].astype(wide).ravel(),
    }


def unpacked(arrays: Mapping[str, AnyArray], articles: int, terms: list[Term]) -> Postings:
    """The postings of a file's arrays."""
    starts = arrays["posting_starts"].astype(np.int64)
    count = len(arrays["positions"])
    zone_starts = np.zeros((articles, ZONES), np.int64)
    zone_starts[:, 1:] = arrays["zone_starts"].reshape(articles, ZONES - 1)
    total = int(starts[-1])
    return Postings(
        articles,
        terms,
        starts,
        arrays["numbers"],
        unescape(arrays, "weights", 0, total).astype(np.uint32),
        unescape(arrays, "counts", 0, total).astype(np.uint32),
        arrays["positions"].astype(np.uint32),
        _unpack_flags(arrays["flags"], count),
        zone_starts,
    )


def unescape(arrays: Mapping[str, AnyArray], name: str, start: int, stop: int) -> npt.NDArray[np.int64]:
    """Values start to stop of an array of bytes, those past 254 put in."""
    values = arrays[name][start:stop].astype(np.int64)
    at = arrays[f"{name}_at"]
    if len(at):
        first, last = np.searchsorted(at, (start, stop))
        values[at[first:last].astype(np.int64) - start] = arrays[f"{name}_past"][first:last]
    return values


def _unpack_flags(flags: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.uint8]:
    """The two bits of the first ``count`` occurrences."""
    quads = flags[:, None] >> np.array([0, 2, 4, 6], np.uint8) & np.uint8(3)
    found: npt.NDArray[np.uint8] = quads.ravel()[:count]
    return found


def _escaped(name: str, values: npt.NDArray[np.uint32]) -> dict[str, AnyArray]:
    at = np.flatnonzero(values >= ESCAPE)
    return {
        name: np.minimum(values, ESCAPE).astype(np.uint8),
        f"{name}_at": at.astype(np.uint32),
        f"{name}_past": values[at].astype(np.uint32),
    }


def _pack_flags(flags: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    padded = np.zeros(-(-len(flags) // 4) * 4, np.uint8)
    padded[: len(flags)] = flags
    quads = padded.reshape(-1, 4) << np.array([0, 2, 4, 6], np.uint8)
    found: npt.NDArray[np.uint8] = np.bitwise_or.reduce(quads, axis=1)
    return found


def _dictionary(terms: list[Term]) -> dict[str, AnyArray]:
    """Terms in their order, and the keys that their readings share."""
    keys: list[tuple[int, bytes]] = []
    firsts: list[int] = []
    for number, (field, key, _) in enumerate(terms):
        if not keys or keys[-1] != (field, key):
            keys.append((field, key))
            firsts.append(number)
    return {
        **string_arrays("term", [term for _, _, term in terms]),
        **string_arrays("key", [key for _, key in keys]),
        "field_keys": _field_starts([field for field, _ in keys]),
        "key_terms": np.array([*firsts, len(terms)], np.uint32),
    }


def _field_starts(fields: list[int]) -> npt.NDArray[np.uint32]:
    counts = np.bincount(np.array(fields, np.int64), minlength=len(FIELDS))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
