"""Which syllables has an article, in their order? The segment's forward list.

===================  =====  =============================================================================
array                dtype  one for each
===================  =====  =============================================================================
forward_forms        u4     form, the most frequent first: its term << 1 | whether its word goes on; GAP
forward_starts       u4     article, and one more: where its codes begin
forward_codes        u1     syllable and gap, in reading order: the rank of its form, or the first part of it
forward_low_starts   u4     article, and one more: where its second parts begin
forward_lows         u1     code of FIRST_PAIRED to _FAR - 1: the second part
forward_far_starts   u4     article, and one more: where its far ranks begin
forward_far          u4     code of _FAR: the rank of its form
===================  =====  =============================================================================

A *form* is a term of the text together with whether its word goes on with the next syllable, or a gap of
PARAGRAPH_GAP positions. So one sequence tells the terms, the words, the paragraphs and the flat positions of
an article: each syllable takes one position. On real news a syllable takes 1.65 bytes, .3 of the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, part
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.reading_order import GAP as NO_TERM
from indexer.engines.whoosh.reading_order import read_in_order
from indexer.kernels.forward import FIRST_PAIRED, GAP
from indexer.places import ENDS, PARAGRAPH_GAP
from indexer.row_order import Int64Array

_FAR = 255
_NEAR_RANKS = FIRST_PAIRED + (_FAR - FIRST_PAIRED) * 256
_AT_A_TIME = 4_096  # articles: some 20 MB for each array of 64 bits

Forms = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class ForwardText:
    """The texts of N articles as forms.

    Attributes:
        forms: uint32 (S,): article by article.
        starts: int64 (N + 1,): where each article begins.
    """

    forms: Forms
    starts: Int64Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def chunks(self) -> Iterator[tuple[range, "ForwardText"]]:
        """Some articles at a time, so that what is made of them is never large."""
        for first in range(0, len(self), _AT_A_TIME):
            starts = self.starts[first : first + _AT_A_TIME + 1]
            chunk = ForwardText(self.forms[starts[0] : starts[-1]], starts - starts[0])
            yield range(first, first + len(chunk)), chunk

    def positions(self) -> Int64Array:
        """The flat position of each form within its article; of a gap the first one: (S,)."""
        steps = np.where(self.forms == GAP, PARAGRAPH_GAP, 1)
        ends = np.concatenate([[0], np.cumsum(steps)])
        before: Int64Array = ends[:-1] - np.repeat(ends[self.starts[:-1]], np.diff(self.starts))
        return before


def read_forward(postings: Postings) -> ForwardText:
    """The texts of a segment's articles, laid out from its postings."""
    pieces: list[Forms] = []
    counts = np.zeros(postings.articles, np.int64)
    for stretch in read_in_order(postings):
        at = np.flatnonzero(stretch.terms != NO_TERM)
        owners = np.searchsorted(stretch.begins, at, side="right") - 1
        forms = stretch.terms[at] << 1 | ((stretch.flags[at] & ENDS) == 0)
        positions = at - stretch.begins[owners]
        is_first = np.diff(owners, prepend=-1) > 0
        skipped = positions - np.where(is_first, 0, np.concatenate([[0], positions[:-1]]) + 1)
        gaps = skipped // PARAGRAPH_GAP
        laid = np.full(len(at) + int(gaps.sum()), GAP, np.uint32)
        laid[np.cumsum(gaps + 1) - 1] = forms
        pieces.append(laid)
        counts[stretch.articles] = np.bincount(owners, gaps + 1, len(stretch.articles)).astype(np.int64)
    forms = np.concatenate([np.empty(0, np.uint32), *pieces])
    return ForwardText(forms, np.concatenate([[0], np.cumsum(counts)]))


def pack_forward(text: ForwardText) -> dict[str, AnyArray]:
    """The arrays of a segment's file."""
    known, rank_of = _ranked(text)
    codes, lows, far = [], [], []
    low_counts, far_counts = np.zeros(len(text), np.int64), np.zeros(len(text), np.int64)
    for articles, chunk in text.chunks():
        ranks = rank_of[np.minimum(chunk.forms, len(rank_of) - 1)]
        is_far = ranks >= _NEAR_RANKS
        is_pair = (ranks >= FIRST_PAIRED) & ~is_far
        own = np.where(is_pair, FIRST_PAIRED + (ranks - FIRST_PAIRED) // 256, np.where(is_far, _FAR, ranks))
        codes.append(own.astype(np.uint8))
        lows.append(((ranks[is_pair] - FIRST_PAIRED) % 256).astype(np.uint8))
        far.append(ranks[is_far].astype(np.uint32))
        here = slice(articles.start, articles.stop)
        low_counts[here], far_counts[here] = _set_in(is_pair, chunk.starts), _set_in(is_far, chunk.starts)
    return {
        "forward_forms": known,
        "forward_starts": text.starts.astype(np.uint32),
        "forward_codes": np.concatenate([np.empty(0, np.uint8), *codes]),
        "forward_low_starts": _ends(low_counts),
        "forward_lows": np.concatenate([np.empty(0, np.uint8), *lows]),
        "forward_far_starts": _ends(far_counts),
        "forward_far": np.concatenate([np.empty(0, np.uint32), *far]),
    }


def _ranked(text: ForwardText) -> tuple[Forms, Int64Array]:
    """The forms of a text, the most frequent first; and the rank of each possible one, that of GAP last."""
    size = max((int(chunk.forms[chunk.forms != GAP].max(initial=0)) for _, chunk in text.chunks()), default=0)
    counts = np.zeros(size + 2, np.int64)
    for _, chunk in text.chunks():
        counts += np.bincount(np.minimum(chunk.forms, size + 1), minlength=size + 2)
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    ranks = np.zeros(size + 2, np.int64)
    ranks[order] = np.arange(len(order))
    return np.where(order == size + 1, GAP, order).astype(np.uint32), ranks


def _set_in(mask: npt.NDArray[np.bool_], starts: Int64Array) -> Int64Array:
    """How many of a mask are set from each start to the next."""
    before: Int64Array = np.concatenate([[0], np.cumsum(mask)])[starts]
    return np.diff(before)


def _ends(counts: Int64Array) -> npt.NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)


def has_forward(arrays: Mapping[str, AnyArray]) -> bool:
    """Whether a segment's file has a forward list; in an index before format 8 none has."""
    return "forward_codes" in arrays


def unpack_forward(
    arrays: Mapping[str, AnyArray], numbers: npt.NDArray[np.integer] | None = None
) -> ForwardText:
    """The texts of some articles (ascending), or of all."""
    starts = arrays["forward_starts"].astype(np.int64)
    if numbers is None:
        numbers = np.arange(len(starts) - 1)
    codes, own_starts = _of(arrays, "forward_codes", starts, numbers)
    lows, _ = _of(arrays, "forward_lows", arrays["forward_low_starts"].astype(np.int64), numbers)
    far, _ = _of(arrays, "forward_far", arrays["forward_far_starts"].astype(np.int64), numbers)
    ranks = codes.astype(np.int64)
    is_far = codes == _FAR
    paired = np.flatnonzero((codes >= FIRST_PAIRED) & ~is_far)
    ranks[paired] = FIRST_PAIRED + (ranks[paired] - FIRST_PAIRED) * 256 + lows
    ranks[is_far] = far
    return ForwardText(arrays["forward_forms"][ranks], own_starts)


def _of(
    arrays: Mapping[str, AnyArray], name: str, starts: Int64Array, numbers: npt.NDArray[np.integer]
) -> tuple[AnyArray, Int64Array]:
    """The values of an array that belong to some articles, end to end, and where those of each begin."""
    firsts, lengths = starts[numbers], starts[numbers.astype(np.int64) + 1] - starts[numbers]
    own = np.concatenate([[0], np.cumsum(lengths)])
    runs = _runs(numbers)
    pieces = [part(arrays, name, slice(int(starts[first]), int(starts[last]))) for first, last in runs]
    return np.concatenate([arrays[name][:0], *pieces]) if len(firsts) else arrays[name][:0], own


def _runs(numbers: npt.NDArray[np.integer]) -> list[tuple[int, int]]:
    """Ascending numbers as runs: the first of each, and the one after its last."""
    if not len(numbers):
        return []
    cuts = np.flatnonzero(np.diff(numbers.astype(np.int64)) != 1) + 1
    firsts, lasts = numbers[np.concatenate([[0], cuts])], numbers[np.concatenate([cuts - 1, [-1]])]
    return list(zip(firsts.tolist(), (lasts.astype(np.int64) + 1).tolist(), strict=True))


def merge_forward(
    sources: Sequence[tuple[Iterator[ForwardText], npt.NDArray[np.bool_], Int64Array]],
) -> ForwardText:
    """The texts of several segments merged, without removed articles.

    Args:
        sources: of each segment its texts, some articles at a time; which articles stay; and the new number
            of each of its terms.
    """
    pieces: list[Forms] = []
    counts: list[Int64Array] = []
    for chunks, live, terms in sources:
        first = 0
        for chunk in chunks:
            stays = live[first : first + len(chunk)]
            lengths = np.diff(chunk.starts)
            pieces.append(_renumbered(chunk.forms[np.repeat(stays, lengths)], terms))
            counts.append(lengths[stays])
            first += len(chunk)
    starts = np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts]))
    return ForwardText(np.concatenate([np.empty(0, np.uint32), *pieces]), starts)


def _renumbered(forms: Forms, terms: Int64Array) -> Forms:
    is_gap = forms == GAP
    if not len(terms):
        return forms
    numbers = terms[np.where(is_gap, 0, forms >> 1)].astype(np.uint32)
    return np.where(is_gap, np.uint32(GAP), numbers << 1 | (forms & 1)).astype(np.uint32)


def stored_chunks(arrays: Mapping[str, AnyArray]) -> Iterator[ForwardText]:
    """The texts of a segment's file, some articles at a time."""
    count = len(arrays["forward_starts"]) - 1
    for first in range(0, count, _AT_A_TIME):
        yield unpack_forward(arrays, np.arange(first, min(first + _AT_A_TIME, count)))


def is_other_text(arrays: Mapping[str, AnyArray], text: ForwardText) -> bool:
    """Whether the forward list of a segment's file is not that of its articles."""
    if len(arrays["forward_starts"]) != len(text) + 1:
        return True
    pairs = zip(stored_chunks(arrays), text.chunks(), strict=True)
    return not all(
        np.array_equal(theirs.forms, ours.forms) and np.array_equal(theirs.starts, ours.starts)
        for theirs, (_, ours) in pairs
    )
