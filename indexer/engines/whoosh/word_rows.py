"""Which words does the text of a segment have, and how often? The segment's word counts.

===============  ========  ====================================================================
array            dtype     one for each
===============  ========  ====================================================================
lone_counts      u1        term of the text: how often it is a word by itself
word_terms       u4        term that is in a word of several syllables, ascending; its index is its rank
word_lengths     u4        length of 2 to LONGEST_WORD syllables: how many words have it
word_firsts      u1        word, those of two syllables first: rank of its first term, less that of the word
                           before it of as many syllables
word_rests       u2 or u4  further syllable of a word: the rank of its term
word_counts      u1        word: how often
===============  ========  ====================================================================

``lone_counts``, ``word_firsts`` and ``word_counts`` have exceptions beside them (arrays/small_numbers.py).
A word is a run of syllables in one paragraph that was cut as one (places.py). All are stored, so that the
counts of merged segments are the sums of theirs, less those of deleted articles, as the bigrams' are.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray
from indexer.arrays.small_numbers import escape, unescape
from indexer.engines.whoosh.reading_order import GAP, Stretch
from indexer.places import BEGINS, ENDS
from indexer.row_order import Int64Array
from indexer.word_counts import LONGEST_WORD, WordRows, no_words

_NARROW = 1 << 16

SegmentWords = tuple[WordRows, ...]
"""The words of 1, 2, … LONGEST_WORD syllables, by the numbers of a segment's terms."""


def words_in(stretch: Stretch) -> SegmentWords:
    """The words of some articles, one row for each time that one stands there, in reading order."""
    is_gap = stretch.terms == GAP
    begins = np.flatnonzero(stretch.flags & BEGINS)
    stops = is_gap | (stretch.flags & ENDS > 0)
    ends = np.flatnonzero(stops)[(np.cumsum(stops) - stops)[begins]]  # a stretch ends with a gap
    lengths = np.where(is_gap[ends], 0, ends - begins + 1)
    return tuple(
        _rows_at(stretch, begins[lengths == length], length) for length in range(1, LONGEST_WORD + 1)
    )


def _rows_at(stretch: Stretch, begins: npt.NDArray[np.intp], length: int) -> WordRows:
    rows = stretch.terms[begins[:, None] + np.arange(length)].astype(np.int32)
    return WordRows(rows, np.ones(len(rows), np.int64))


def renumber_rows(words: WordRows, numbers: Int64Array) -> WordRows:
    """The words by other numbers of terms, not sorted; ``numbers`` has the new number of each term."""
    return WordRows(numbers[words.rows].astype(np.int32), words.counts)


def pack_words(words: SegmentWords, text_terms: int) -> dict[str, AnyArray]:
    """The arrays of a segment's file (see the module)."""
    alone = np.zeros(text_terms, np.uint32)
    alone[words[0].rows[:, 0]] = words[0].counts
    longer = words[1:]
    terms = np.unique(np.concatenate([one.rows.ravel() for one in longer]))
    ranks = [np.searchsorted(terms, one.rows) for one in longer]
    rests = np.concatenate([rank[:, 1:].ravel() for rank in ranks])
    firsts = np.concatenate([np.diff(rank[:, 0], prepend=0) for rank in ranks])
    counts = np.concatenate([one.counts for one in longer])
    return {
        **escape("lone_counts", alone),
        "word_terms": terms.astype(np.uint32),
        "word_lengths": np.array([len(one.rows) for one in longer], np.uint32),
        **escape("word_firsts", firsts.astype(np.uint32)),
        "word_rests": rests.astype(np.uint16 if len(terms) <= _NARROW else np.uint32),
        **escape("word_counts", counts.astype(np.uint32)),
    }


def holds_words(arrays: Mapping[str, AnyArray]) -> bool:
    """Whether a segment's file has word counts; in an index of format 6 none has."""
    return "word_terms" in arrays


def unpack_words(arrays: Mapping[str, AnyArray]) -> SegmentWords:
    """The words of a segment's file; none where it has no word counts."""
    if not holds_words(arrays):
        return tuple(map(no_words, range(1, LONGEST_WORD + 1)))
    alone = unescape(arrays, "lone_counts", 0, len(arrays["lone_counts"]), np.int64)
    terms = np.flatnonzero(alone)
    return (
        WordRows(terms.astype(np.int32)[:, None], alone[terms]),
        *_longer(arrays, arrays["word_lengths"].tolist()),
    )


def _longer(arrays: Mapping[str, AnyArray], how_many: Sequence[int]) -> Iterator[WordRows]:
    """The words of several syllables, length by length."""
    total = sum(how_many)
    terms = arrays["word_terms"].astype(np.int32)
    firsts = unescape(arrays, "word_firsts", 0, total, np.int64)
    counts = unescape(arrays, "word_counts", 0, total, np.int64)
    first = rest = 0
    for length, count in enumerate(how_many, 2):
        here = slice(first, first + count)
        first, begin = here.stop, rest
        rest += count * (length - 1)
        rows = np.empty((count, length), np.int32)
        rows[:, 0] = terms[np.cumsum(firsts[here])]
        rows[:, 1:] = terms[arrays["word_rests"][begin:rest]].reshape(count, length - 1)
        yield WordRows(rows, counts[here])
