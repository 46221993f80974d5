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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, part
from indexer.arrays.small_numbers import escape, unescape, unescape_at
from indexer.engines.whoosh.postings import Postings, Term

_STRETCH = 1 << 21
"""Occurrences counted at a time, some 60 bytes each."""

_NOTHING = np.uint32(0xFFFF_FFFF)
_LOW = np.int64(0xFFFF_FFFF)
_NARROW = 1 << 16

Int64Array = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bigrams:
    """Bigrams with their counts.

    Attributes:
        keys: int64 (N,): number of the first term << 32 | number of the second, ascending.
        counts: int64 (N,): how often, at least once.
    """

    keys: Int64Array
    counts: Int64Array


def count_bigrams(postings: Postings, chosen: Mask | None = None) -> Bigrams:
    """The bigrams of a segment's articles, or of some of them."""
    counted = Bigrams(np.empty(0, np.int64), np.empty(0, np.int64))
    for keys in _stretches(postings, chosen):
        counted = _summed([counted, Bigrams(*np.unique(keys, return_counts=True))])
    return counted


def keep_bigrams(arrays: Mapping[str, AnyArray], postings: Postings, live: Mask) -> Bigrams:
    """The bigrams of a segment's file, without those of removed articles."""
    stored = _unpacked(arrays)
    if live.all():
        return stored
    dropped = count_bigrams(postings, ~live)
    return _summed([stored, Bigrams(dropped.keys, -dropped.counts)])


def merge_bigrams(terms: Sequence[Term], sources: Sequence[tuple[Sequence[Term], Bigrams]]) -> Bigrams:
    """The bigrams of several segments, each given with its terms, by the numbers of the merged terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    parts = []
    for theirs, bigrams in sources:
        # A term that the merged segment has not is in no bigram; its number is not used.
        ours = np.fromiter((numbers.get(term, 0) for term in theirs), np.int64, len(theirs))
        parts.append(Bigrams(ours[bigrams.keys >> 32] << 32 | ours[bigrams.keys & _LOW], bigrams.counts))
    return _summed(parts)


def pack_bigrams(bigrams: Bigrams) -> dict[str, AnyArray]:
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


def _unpacked(arrays: Mapping[str, AnyArray]) -> Bigrams:
    terms = arrays["pair_terms"].astype(np.int64)
    starts = arrays["pair_starts"].astype(np.int64)
    firsts = np.repeat(terms, starts[1:] - starts[:-1])
    count = len(arrays["pair_seconds"])
    counts = unescape(arrays, "pair_counts", 0, count, np.int64)
    return Bigrams(firsts << 32 | terms[arrays["pair_seconds"]], counts)


def _summed(parts: Sequence[Bigrams]) -> Bigrams:
    """The sum of several counts; bigrams whose counts sum to 0 are left out."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")  # sorted runs: a merge
    keys = keys[order]
    opens = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(opens):
        return Bigrams(keys, np.empty(0, np.int64))
    counts = np.add.reduceat(np.concatenate([part.counts for part in parts])[order], opens)
    stands = counts > 0
    return Bigrams(keys[opens][stands], counts[stands])


def _stretches(postings: Postings, chosen: Mask | None) -> Iterator[Int64Array]:
    """The keys of the bigrams, some articles at a time."""
    in_text = np.array([field == 0 for field, _, _ in postings.terms], np.bool_)
    terms = np.repeat(np.arange(len(in_text), dtype=np.uint32), np.diff(postings.starts))
    text_postings = int(postings.starts[np.count_nonzero(in_text)])  # the text's terms come first
    starts = np.cumsum(postings.counts, dtype=np.uint32) - postings.counts  # as stride_starts: 32 bits do
    order = np.argsort(postings.numbers[:text_postings], kind="stable").astype(np.uint32)
    if chosen is not None:
        order = order[chosen[postings.numbers[order]]]
    numbers = postings.numbers[order]
    ends = np.cumsum(postings.counts[order], dtype=np.uint32)
    for first, last in _cuts(numbers, ends):
        here = order[first:last]
        counts = postings.counts[here].astype(np.int64)
        shift = starts[here] - (np.cumsum(counts) - counts)
        places = np.repeat(shift, counts) + np.arange(int(counts.sum()))
        yield _adjacent(
            np.repeat(numbers[first:last], counts), postings.positions[places], np.repeat(terms[here], counts)
        )


def _cuts(numbers: npt.NDArray[np.uint16], ends: npt.NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Ranges of postings, ordered by article, that end with an article and have some _STRETCH occurrences."""
    first = 0
    while first < len(numbers):
        done = int(ends[first - 1]) if first else 0
        near = min(int(np.searchsorted(ends, done + _STRETCH)), len(numbers) - 1)
        last = int(np.searchsorted(numbers, numbers[near], side="right"))
        yield first, last
        first = last


def _adjacent(
    numbers: npt.NDArray[np.uint16], positions: npt.NDArray[np.uint32], terms: npt.NDArray[np.uint32]
) -> Int64Array:
    """The keys of the bigrams among occurrences, given article by article, in any order within one."""
    opens = np.flatnonzero(np.diff(numbers, prepend=-1))
    lengths = np.maximum.reduceat(positions, opens).astype(np.int64) + 2
    begins = np.repeat(np.cumsum(lengths) - lengths, np.diff(opens, append=len(numbers)))
    text = np.full(int(lengths.sum()), _NOTHING, np.uint32)
    text[begins + positions] = terms
    follows = np.flatnonzero((text[:-1] != _NOTHING) & (text[1:] != _NOTHING))
    keys: Int64Array = text[follows].astype(np.int64) << 32 | text[follows + 1]
    return keys


def bigram_counts(
    arrays: Mapping[str, AnyArray], firsts: Sequence[int], seconds: Sequence[int]
) -> Int64Array:
    """How often each second term (M) follows each first (N), by their numbers: int64 (N, M)."""
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
        counts[row, columns[is_inside]] = unescape_at(arrays, "pair_counts", begin + places[is_inside])
    return counts


def _ranks(terms: AnyArray, numbers: Sequence[int]) -> Int64Array:
    """The ranks of terms among those that are in bigrams; -1 for others, and for numbers below 0."""
    if not len(terms):
        return np.full(len(numbers), -1)
    wanted = np.array(numbers, np.int64)
    places = np.minimum(np.searchsorted(terms, wanted), len(terms) - 1)
    return np.where(terms[places] == wanted, places, -1)
