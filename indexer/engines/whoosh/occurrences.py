"""Where do the terms of a typed syllable occur? Positions are read only in the articles that are asked for.

A spot is ``article << 32 | flat position``. The spot of the next syllable is that number plus one; the gaps
between paragraphs, zones and articles are wider than any slop, so that nothing reaches across them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.kernels import spots as spots_in_c

Mask = npt.NDArray[np.bool_]
Spots = npt.NDArray[np.int64]
"""Shape (n,): article << 32 | flat position."""

ARTICLE_SHIFT = 32
POSITION_MASK = (1 << ARTICLE_SHIFT) - 1
SEARCH_COST = 64  # a binary search for one article costs about as much as scanning so many
_FEWER = 4  # if at most one article in so many is asked for, its postings are searched, not scanned
_RUN_COST = 512  # the cost of scanning one more run of terms, in postings that are searched
_PIECE = 1 << 15  # postings scanned at a time, so that intermediate arrays stay in the processor's cache
_STRIDE_COST = 8  # finding where one posting's positions begin costs as much as summing so many counts


@dataclass(frozen=True, slots=True)
class IndexedSpots:
    """The spots of occurrences, and their indices in the segment's arrays; each of shape (n,)."""

    spots: Spots
    indices: npt.NDArray[np.int64]

    def only(self, mask: Mask) -> "IndexedSpots":
        """The occurrences where the mask is set."""
        return IndexedSpots(self.spots[mask], self.indices[mask])


def mask_of(segment: Segment, numbers: DocumentNumbers) -> Mask:
    """Articles as a mask."""
    mask = np.zeros(segment.count, np.bool_)
    mask[numbers] = True
    return mask


def places_among(few: DocumentNumbers, many: DocumentNumbers) -> tuple[Mask, npt.NDArray[np.intp]]:
    """Which of ``few`` are in ``many``, and at which index; both ascending, ``many`` not empty."""
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    present: Mask = many[places] == few
    return present, places


def postings_in(segment: Segment, term_set: TermSet, numbers: DocumentNumbers) -> npt.NDArray[np.int64]:
    """The numbers of the terms' postings in some articles (ascending); term by term, ascending in each."""
    if term_set.single and len(numbers) * SEARCH_COST < term_set.postings:
        (only,) = term_set.slices
        present, places = places_among(numbers, segment.numbers(only))
        found_at: npt.NDArray[np.int64] = places[present] + only.start
        return found_at
    mask = mask_of(segment, numbers)
    parts = [np.flatnonzero(mask[segment.numbers(postings)]) + postings.start for postings in term_set.slices]
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.int64), *parts])


def read_spots(segment: Segment, term_set: TermSet, numbers: DocumentNumbers | None) -> IndexedSpots:
    """Every occurrence of the terms in some articles (ascending), or in all (None); term by term."""
    if numbers is not None and segment.view.is_usable:
        return IndexedSpots(*spots_in_c.spots_of_terms(segment.view, term_set, numbers))
    if numbers is None:
        postings = np.concatenate([np.arange(part.start, part.stop) for part in term_set.slices])
    else:
        postings = postings_in(segment, term_set, numbers)
    counts = segment.counts_at(postings)
    if len(postings) * _STRIDE_COST < term_set.postings:
        starts = segment.first_occurrences(postings)
    else:
        starts = _starts(segment, term_set, postings)
    ends = np.cumsum(counts)
    indices = np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
    spots: Spots = np.repeat(segment.numbers_at(postings).astype(np.int64) << ARTICLE_SHIFT, counts)
    spots |= segment.arrays.at("positions", indices)
    return IndexedSpots(spots, indices)


class PostingsBlock(NamedTuple):
    """Consecutive postings of one or more terms, as they lie in the file."""

    articles: DocumentNumbers
    counts: npt.NDArray[np.int64]
    positions: npt.NDArray[np.uint32]

    def spots(self, mask: Mask | None) -> Spots:
        """Their spots, in the articles of a mask or in all."""
        spots: Spots = np.repeat(self.articles.astype(np.int64) << ARTICLE_SHIFT, self.counts)
        spots |= self.positions
        return spots if mask is None else spots[np.repeat(mask[self.articles], self.counts)]


def is_scanned(segment: Segment, term_set: TermSet, numbers: DocumentNumbers | None) -> bool:
    """Whether scanning the terms' postings is cheaper than searching them for the articles."""
    few = numbers is not None and len(numbers) * _FEWER < segment.count
    return not few and len(term_set.slices) * _RUN_COST <= max(term_set.postings, _RUN_COST)


def read_blocks(segment: Segment, term_set: TermSet) -> Iterator[PostingsBlock]:
    """All postings of the terms with their positions: term by term, ascending within each."""
    for run, postings in zip(term_set.runs, term_set.slices, strict=True):
        begin = int(segment.arrays["occurrence_starts"][run.start])
        for start in range(postings.start, postings.stop, _PIECE):
            here = slice(start, min(start + _PIECE, postings.stop))
            counts = segment.counts(here)
            end = begin + int(counts.sum())
            positions = segment.arrays.part("positions", slice(begin, end))
            yield PostingsBlock(segment.numbers(here), counts, positions)
            begin = end


def stream_spots(segment: Segment, term_set: TermSet, numbers: DocumentNumbers | None) -> Iterator[Spots]:
    """The spots of the terms in some articles (ascending) or in all, in parts; term by term."""
    if not is_scanned(segment, term_set, numbers):
        yield read_spots(segment, term_set, numbers).spots
        return
    mask = None if numbers is None or len(numbers) == segment.count else mask_of(segment, numbers)
    for block in read_blocks(segment, term_set):
        yield block.spots(mask)


def _starts(segment: Segment, term_set: TermSet, postings: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where the positions of postings begin, found by summing the counts of all postings of the terms."""
    parts = []
    for run, part in zip(term_set.runs, term_set.slices, strict=True):
        counts = segment.counts(part)
        starts = np.cumsum(counts) - counts + int(segment.arrays["occurrence_starts"][run.start])
        here = slice(*np.searchsorted(postings, (part.start, part.stop)).tolist())
        parts.append(starts[postings[here] - part.start])
    return np.concatenate([np.empty(0, np.int64), *parts])


def zones(segment: Segment, spots: Spots) -> npt.NDArray[np.intp]:
    """The zone of each spot."""
    articles, positions = spots >> ARTICLE_SHIFT, spots & POSITION_MASK
    numbers = np.zeros(len(spots), np.intp)
    for starts in segment.zone_columns:
        numbers += starts[articles] <= positions
    return numbers


def flags(segment: Segment, indices: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """The bits BEGINS and ENDS of each occurrence: whether a word begins, and ends, there."""
    pairs: npt.NDArray[np.uint8] = segment.arrays.at("flags", indices >> 2) >> (indices & 3) * 2 & 3
    return pairs
