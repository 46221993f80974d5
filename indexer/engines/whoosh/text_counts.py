"""What is counted in the text of a segment, in one pass? Its bigrams and its words.

Counts of merged segments are the sums of theirs, less those of deleted articles: no text is read again.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from indexer.arrays.file import AnyArray
from indexer.engines.whoosh.bigrams import bigrams_in, pack_bigrams, unpack_bigrams
from indexer.engines.whoosh.postings import Postings, Term
from indexer.engines.whoosh.reading_order import Mask, read_in_order
from indexer.engines.whoosh.word_rows import (
    SegmentWords,
    holds_words,
    pack_words,
    renumber_rows,
    unpack_words,
    words_in,
)
from indexer.row_order import Int64Array
from indexer.word_counts import (
    LONGEST_WORD,
    PairCounts,
    WordRows,
    no_words,
    sum_pair_counts,
    sum_word_rows,
)

_LOW = np.int64(0xFFFF_FFFF)


@dataclass(frozen=True, slots=True)
class TextCounts:
    """The counts of a segment, or of some of its articles, by the numbers of its terms."""

    bigrams: PairCounts
    words: SegmentWords

    @classmethod
    def none(cls) -> "TextCounts":
        """No bigrams and no words."""
        return cls(
            PairCounts(np.empty(0, np.int64), np.empty(0, np.int64)),
            tuple(map(no_words, range(1, LONGEST_WORD + 1))),
        )

    def negative(self) -> "TextCounts":
        """The same with every count below 0, to be subtracted."""
        return TextCounts(
            PairCounts(self.bigrams.keys, -self.bigrams.counts),
            tuple(WordRows(one.rows, -one.counts) for one in self.words),
        )

    def renumbered(self, numbers: Int64Array) -> "TextCounts":
        """By other numbers of terms, not sorted; ``numbers`` has the new number of each term."""
        keys = self.bigrams.keys
        return TextCounts(
            PairCounts(numbers[keys >> 32] << 32 | numbers[keys & _LOW], self.bigrams.counts),
            tuple(renumber_rows(one, numbers) for one in self.words),
        )


def count_text(postings: Postings, chosen: Mask | None = None) -> TextCounts:
    """The counts of a segment's articles, or of some of them."""
    counted = TextCounts.none()
    for stretch in read_in_order(postings, chosen):
        counted = sum_text_counts([counted, TextCounts(bigrams_in(stretch), words_in(stretch))])
    return counted


def keep_text_counts(
    arrays: Mapping[str, AnyArray], postings: Postings, removed: Mask | None = None
) -> TextCounts:
    """The counts of a segment's file, without those of removed articles.

    Args:
        postings: of the segment, or of the removed articles alone.
        removed: which articles they are; None: all that have postings.
    """
    stored = stored_text_counts(arrays)
    if removed is not None and not removed.any():
        return stored
    return sum_text_counts([stored, count_text(postings, removed).negative()])


def stored_text_counts(arrays: Mapping[str, AnyArray]) -> TextCounts:
    """The counts of a segment's file, which may count removed articles."""
    return TextCounts(unpack_bigrams(arrays), unpack_words(arrays))


def is_miscounted(arrays: Mapping[str, AnyArray], postings: Postings) -> bool:
    """Whether the counts of a segment's file are not those of its postings."""
    stored, right = stored_text_counts(arrays), count_text(postings)
    pairs: list[tuple[AnyArray, AnyArray]] = [
        (stored.bigrams.keys, right.bigrams.keys),
        (stored.bigrams.counts, right.bigrams.counts),
    ]
    if holds_words(arrays):
        for theirs, ours in zip(stored.words, right.words, strict=True):
            pairs += [(theirs.rows, ours.rows), (theirs.counts, ours.counts)]
    return not all(np.array_equal(theirs, ours) for theirs, ours in pairs)


AnyTerm = TypeVar("AnyTerm", bound=Hashable)
"""A term as a source has it: with its field, or of the text alone."""


def merge_text_counts(
    terms: Sequence[AnyTerm], sources: Sequence[tuple[Sequence[AnyTerm], TextCounts]]
) -> TextCounts:
    """The counts of several segments, each given with its terms, by the numbers of the merged terms."""
    numbers = {term: number for number, term in enumerate(terms)}
    # A term that the merged segment has not is in no bigram and no word; its number is not used.
    return sum_text_counts(
        [
            TextCounts.none(),
            *(
                counts.renumbered(
                    np.fromiter((numbers.get(term, 0) for term in theirs), np.int64, len(theirs))
                )
                for theirs, counts in sources
            ),
        ]
    )


def pack_text_counts(counts: TextCounts, terms: Sequence[Term], *, words: bool) -> dict[str, AnyArray]:
    """The arrays of a segment's file; an index of format 6 has no ``words``."""
    bigrams = pack_bigrams(counts.bigrams)
    if not words:
        return bigrams
    return bigrams | pack_words(counts.words, sum(1 for field, _, _ in terms if field == 0))


def sum_text_counts(parts: Sequence[TextCounts]) -> TextCounts:
    """The sum of several counts, in any order; what sums to 0 is left out."""
    return TextCounts(sum_pair_counts([part.bigrams for part in parts]), tuple(_summed_words(parts)))


def _summed_words(parts: Sequence[TextCounts]) -> Iterator[WordRows]:
    for of_length in zip(*(part.words for part in parts), strict=True):
        yield sum_word_rows(of_length)
