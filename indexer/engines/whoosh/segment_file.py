"""Which arrays does a segment's file hold?

===============  ===========  ===================================================================
array            dtype        one for each
===============  ===========  ===================================================================
term_bytes       u1           byte of the terms, end to end, sorted by field, reading key and bytes
term_ends        u4           term
key_bytes, _ends u1, u4       reading key, sorted, field by field
field_keys       u4           field, and one more: where its keys begin
key_terms        u4           key, and one more: where its terms begin
key_articles     u4           key: articles that hold any of its terms
posting_starts   u4           term, and one more
occurrence_starts u8          term, and one more
numbers          u2           posting: the article (a segment holds at most 65,536)
frequencies, …   u1           posting: count and weight, see frequencies.py
stride_starts    u4           every STRIDE-th posting: where its positions begin
positions        u2 or u4     occurrence: flat position
flags            u1           four occurrences: two bits each, a word begins, a word ends
zone_starts      as positions article, for each zone but the first
===============  ===========  ===================================================================

and the columns of articles (:mod:`columns`, :mod:`span_columns`), the bigrams (:mod:`bigrams`) and the words
(:mod:`word_rows`).
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, string_arrays
from indexer.engines.whoosh.frequencies import counts, pack_frequencies, weights
from indexer.engines.whoosh.postings import FIELDS, ZONES, Postings, Term

SUFFIX = ".kho"
MAX_ARTICLES = 1 << 16
STRIDE = 16


def pack_postings(postings: Postings) -> dict[str, AnyArray]:
    """The arrays of a segment's file."""
    wide = np.uint32 if len(postings.positions) and postings.positions.max() >= 1 << 16 else np.uint16
    occurrences = np.concatenate([np.zeros(1, np.int64), np.cumsum(postings.counts, dtype=np.int64)])
    return {
        **_dictionary(postings),
        "posting_starts": postings.starts.astype(np.uint32),
        "occurrence_starts": occurrences[postings.starts].astype(np.uint64),
        "stride_starts": occurrences[:-1:STRIDE].astype(np.uint32),
        "numbers": postings.numbers.astype(np.uint16),
        **pack_frequencies(postings.weights, postings.counts),
        "positions": postings.positions.astype(wide),
        "flags": _pack_flags(postings.flags),
        "zone_starts": postings.zone_starts[:, 1:].astype(wide).ravel(),
    }


def unpack_postings(arrays: Mapping[str, AnyArray], articles: int, terms: list[Term]) -> Postings:
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
        weights(arrays, slice(0, total), np.uint32),
        counts(arrays, slice(0, total), np.uint32),
        arrays["positions"].astype(np.uint32),
        _unpack_flags(arrays["flags"], count),
        zone_starts,
    )


def _unpack_flags(flags: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.uint8]:
    """The two bits of the first ``count`` occurrences."""
    quads = flags[:, None] >> np.array([0, 2, 4, 6], np.uint8) & np.uint8(3)
    pairs: npt.NDArray[np.uint8] = quads.ravel()[:count]
    return pairs


def _pack_flags(flags: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    padded = np.zeros(-(-len(flags) // 4) * 4, np.uint8)
    padded[: len(flags)] = flags
    quads = padded.reshape(-1, 4) << np.array([0, 2, 4, 6], np.uint8)
    packed: npt.NDArray[np.uint8] = np.bitwise_or.reduce(quads, axis=1)
    return packed


def _dictionary(postings: Postings) -> dict[str, AnyArray]:
    """The term dictionary: terms in their order, and the reading keys that they share."""
    terms = postings.terms
    keys: list[tuple[int, bytes]] = []
    firsts: list[int] = []
    for number, (field, key, _) in enumerate(terms):
        if not keys or keys[-1] != (field, key):
            keys.append((field, key))
            firsts.append(number)
    key_terms = np.array([*firsts, len(terms)], np.uint32)
    return {
        **string_arrays("term", [term for _, _, term in terms]),
        **string_arrays("key", [key for _, key in keys]),
        "field_keys": _field_starts([field for field, _ in keys]),
        "key_terms": key_terms,
        "key_articles": _key_articles(postings, key_terms),
    }


def _key_articles(postings: Postings, key_terms: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """How many articles hold any term of each key: (keys,)."""
    starts = postings.starts[key_terms]
    counts = np.diff(starts).astype(np.uint32)
    for key in np.flatnonzero(np.diff(key_terms) > 1).tolist():
        counts[key] = distinct(postings.numbers[starts[key] : starts[key + 1]], postings.articles)
    return counts


def distinct(numbers: npt.NDArray[np.uint16], articles: int) -> int:
    """How many different articles there are among the numbers."""
    seen = np.zeros(articles, np.bool_)
    seen[numbers] = True
    return int(np.count_nonzero(seen))


def _field_starts(fields: list[int]) -> npt.NDArray[np.uint32]:
    counts = np.bincount(np.array(fields, np.int64), minlength=len(FIELDS))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
