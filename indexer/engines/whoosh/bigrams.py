"""Which syllables follow each other in a segment, and how often? The segment's bigram counts.

===============  ========  ====================================================================
array            dtype     one for each
===============  ========  ====================================================================
pair_terms       u4        term of the text that is in a bigram, ascending; its index is its rank
pair_starts      u4        rank, and one more: where the bigrams that begin with it lie
pair_seconds     u2 or u4  bigram: rank of the second term, ascending for each first
pair_counts      u1        bigram: how often; 255: see pair_counts_past, pair_counts_at
===============  ========  ====================================================================

A bigram is two adjacent syllables of one paragraph of the text. All are stored, in some 4 % of the text's
bytes, so that the counts of merged segments are the sums of theirs, less those of deleted articles, without
reading the texts again.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.arrays.file import AnyArray, part, places_in
from indexer.arrays.small_numbers import escape, unescape, unescape_at
from indexer.engines.whoosh.reading_order import GAP, Stretch
from indexer.row_order import Int64Array
from indexer.word_counts import PairCounts

_LOW = np.int64(0xFFFF_FFFF)
_NARROW = 1 << 16


def bigrams_in(stretch: Stretch) -> PairCounts:
    """The bigrams of some articles."""
    text = stretch.terms
    follows = np.flatnonzero((text[:-1] != GAP) & (text[1:] != GAP))
    keys = text[follows].astype(np.int64) << 32 | text[follows + 1]
    return PairCounts(*np.unique(keys, return_counts=True))


def pack_bigrams(bigrams: PairCounts) -> dict[str, AnyArray]:
    """The arrays of a segment's file (see the module)."""
    firsts, seconds = bigrams.keys >> 32, bigrams.keys & _LOW
    terms = np.union1d(firsts, seconds)
    ranks = np.searchsorted(terms, seconds)
    return {
        "pair_terms": terms.astype(np.uint32),
        "pair_starts": np.searchsorted(firsts, np.append(terms, _LOW)).astype(np.uint32),
        "pair_seconds": ranks.astype(np.uint16 if len(terms) <= _NARROW else np.uint32),
        **escape("pair_counts", bigrams.counts.astype(np.uint32)),
    }


def unpack_bigrams(arrays: Mapping[str, AnyArray]) -> PairCounts:
    """The bigrams of a segment's file."""
    terms = arrays["pair_terms"].astype(np.int64)
    starts = arrays["pair_starts"].astype(np.int64)
    firsts = np.repeat(terms, starts[1:] - starts[:-1])
    count = len(arrays["pair_seconds"])
    counts = unescape(arrays, "pair_counts", 0, count, np.int64)
    return PairCounts(firsts << 32 | terms[arrays["pair_seconds"]], counts)


def bigram_counts(
    arrays: Mapping[str, AnyArray], firsts: Sequence[int], seconds: Sequence[int]
) -> Int64Array:
    """How often each second term (M) follows each first (N), by their numbers: int64 (N, M)."""
    if len(firsts) == len(seconds) == 1:
        return np.array([[_count_one(arrays, firsts[0], seconds[0])]])
    counts = np.zeros((len(firsts), len(seconds)), np.int64)
    terms, starts = arrays["pair_terms"], arrays["pair_starts"]
    first_ranks, second_ranks = _ranks(terms, firsts), _ranks(terms, seconds)
    columns = np.flatnonzero(second_ranks >= 0)
    wanted = second_ranks[columns]
    for row, rank in enumerate(first_ranks.tolist()):
        if rank < 0 or not len(wanted):
            continue
        begin, end = int(starts[rank]), int(starts[rank + 1])
        followers = part(arrays, "pair_seconds", slice(begin, end))
        places = np.searchsorted(followers, wanted.astype(followers.dtype))
        is_inside = places < len(followers)
        is_inside[is_inside] = followers[places[is_inside]] == wanted[is_inside]
        if is_inside.any():
            counts[row, columns[is_inside]] = unescape_at(arrays, "pair_counts", begin + places[is_inside])
    return counts


def _count_one(arrays: Mapping[str, AnyArray], first: int, second: int) -> int:
    """How often one term follows another: a search by itself, ten times as fast as that of arrays."""
    terms, starts = arrays["pair_terms"], arrays["pair_starts"]
    rank, wanted = _rank(terms, first), _rank(terms, second)
    if rank is None or wanted is None:
        return 0
    begin = int(starts[rank])
    followers = part(arrays, "pair_seconds", slice(begin, int(starts[rank + 1])))
    place = _rank(followers, wanted)
    return 0 if place is None else int(unescape_at(arrays, "pair_counts", np.array([begin + place]))[0])


def _rank(ascending: AnyArray, wanted: int) -> int | None:
    """The index of a number in ascending ones; None where it is not among them."""
    place = bisect_left(ascending.data, wanted)
    return place if place < len(ascending) and ascending[place] == wanted else None


def _ranks(terms: AnyArray, numbers: Sequence[int]) -> Int64Array:
    """The ranks of terms among those that are in bigrams; -1 for others, and for numbers below 0."""
    if not len(terms):
        return np.full(len(numbers), -1)
    wanted = np.array(numbers, np.int64)
    places = np.minimum(places_in(terms, np.maximum(wanted, 0)), len(terms) - 1)
    return np.where(terms[places] == wanted, places, -1)
