"""What are the exact counts of a state of the index? Its segments', less those of deleted articles."""

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.postings import ZONES, Postings
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.snapshot import SegmentReader
from indexer.engines.whoosh.text_counts import (
    TextCounts,
    keep_text_counts,
    merge_text_counts,
    stored_text_counts,
)
from indexer.row_order import Int64Array
from indexer.word_counts import WordCounts


def count_corpus(readers: Sequence[SegmentReader]) -> WordCounts:
    """The counts of the live articles; the same for the same articles, however they lie in segments."""
    terms = [reader.segment.text_terms() for reader in readers]
    counts, held = [], set[bytes]()
    for reader, theirs in zip(readers, terms, strict=True):
        counted, occurrences = _live_counts(reader, theirs)
        counts.append(counted)
        held.update(theirs[number] for number in np.flatnonzero(occurrences).tolist())
    ordered = sorted(held)
    total = merge_text_counts(ordered, list(zip(terms, counts, strict=True)))
    words = dict(enumerate(total.words, 1))
    return WordCounts(tuple(term.decode() for term in ordered), words, total.bigrams)


def _live_counts(reader: SegmentReader, terms: Sequence[bytes]) -> tuple[TextCounts, Int64Array]:
    """The counts of the live articles of a segment, and how often each of its text's terms stands in them."""
    segment = reader.segment
    starts = segment.arrays["occurrence_starts"][: len(terms) + 1].astype(np.int64)
    occurrences: Int64Array = starts[1:] - starts[:-1]
    if reader.live is None:
        return stored_text_counts(segment.arrays), occurrences
    gone = _text_postings(segment, ~reader.live, terms)
    owners = np.repeat(np.arange(len(terms)), np.diff(gone.starts))
    less = np.bincount(owners, gone.counts, len(terms)).astype(np.int64)
    return keep_text_counts(segment.arrays, gone), occurrences - less


def _text_postings(segment: Segment, chosen: Mask, terms: Sequence[bytes]) -> Postings:
    """The postings of some articles, in the text alone; no reading keys, weights or zones are read."""
    bounds = segment.arrays["posting_starts"][: len(terms) + 1].astype(np.int64)
    places = np.flatnonzero(chosen[segment.numbers(slice(0, int(bounds[-1])))])
    counts = segment.counts_at(places)
    ends = np.cumsum(counts)
    occurrences = np.repeat(segment.first_occurrences(places) - (ends - counts), counts)
    occurrences += np.arange(len(occurrences))
    quads = segment.arrays.at("flags", occurrences >> 2)
    return Postings(
        segment.count,
        [(0, b"", term) for term in terms],
        np.searchsorted(places, bounds),
        segment.numbers_at(places),
        np.zeros(len(places), np.uint32),
        counts.astype(np.uint32),
        segment.arrays.at("positions", occurrences).astype(np.uint32),
        (quads >> (occurrences & 3) * 2 & 3).astype(np.uint8),
        np.zeros((segment.count, ZONES), np.int64),
    )
