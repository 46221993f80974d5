"""In which order do the syllables of an article stand? Postings lie by term; here they are laid out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.postings import Postings

GAP = np.uint32(0xFFFF_FFFF)
"""Stands between paragraphs in the place of a term."""

_STRETCH = 1 << 21
"""Occurrences laid out at a time, some 60 bytes each."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of some articles, in reading order, with a gap after each paragraph.

    Attributes:
        terms: uint32 (S,): numbers of terms, or GAP.
        flags: uint8 (S,): whether a word begins (2) and ends (1) there; 0 in gaps.
        articles: uint16 (A,), ascending: those that have text.
        begins: int64 (A,): where the text of each begins, which is position 0.
    """

    terms: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]
    articles: npt.NDArray[np.uint16]
    begins: npt.NDArray[np.int64]


def read_in_order(postings: Postings, chosen: Mask | None = None) -> Iterator[Stretch]:
    """The texts of a segment's articles, or of some of them, some articles at a time."""
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
        yield _laid_out(
            np.repeat(numbers[first:last], counts),
            postings.positions[places],
            np.repeat(terms[here], counts),
            postings.flags[places],
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


def _laid_out(
    numbers: npt.NDArray[np.uint16],
    positions: npt.NDArray[np.uint32],
    terms: npt.NDArray[np.uint32],
    flags: npt.NDArray[np.uint8],
) -> Stretch:
    """Occurrences in reading order; they are given article by article, in any order within one."""
    opens = np.flatnonzero(np.diff(numbers, prepend=-1))
    lengths = np.maximum.reduceat(positions, opens).astype(np.int64) + 2
    firsts = np.cumsum(lengths) - lengths
    begins = np.repeat(firsts, np.diff(opens, append=len(numbers)))
    size = int(lengths.sum())
    laid = Stretch(np.full(size, GAP, np.uint32), np.zeros(size, np.uint8), numbers[opens], firsts)
    laid.terms[begins + positions] = terms
    laid.flags[begins + positions] = flags
    return laid
