"""Where do terms occur, and where at once? Loops over the postings and the spots of a segment.

A spot is ``article << 32 | flat position``. Numpy does the same where there is no library: its ways stand
with those that call these (indexer.engines.whoosh), but for the shortest, which stand here.
"""

import threading
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from indexer.kernels.library import AnyArray, Loop, address, contiguous, library
from indexer.kernels.segment_view import RunsOfTerms, SegmentView

Spots = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]
Float64Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_NO_TERMS = np.empty(0, np.int64)
_FIRST_SIZE = 1 << 12
_MOST_KEPT = 1 << 18  # spots for which a thread keeps size: 4 MB

_read = Loop("khobao_read_spots", "aananaan")
_among = Loop("khobao_among", "aananaa")
_frequencies = Loop("khobao_frequencies", "aanana")
_row = Loop("khobao_row", "aanaaaa")
_mask = Loop("khobao_mask", "aana")
_count_terms = Loop("khobao_count_terms", "annaa")
_weigh = Loop("khobao_weigh", "aananaa")
_windows = Loop("khobao_windows", "aaannaaaanaaaa")
_impacts = Loop("khobao_impacts", "aana")
_numbers = Loop("khobao_numbers", "ana")
_note_stories = Loop("khobao_note_stories", "anannaa")
_sort = Loop("khobao_sort_runs", "an")
_terms_at = Loop("khobao_terms_at", "aanana")
_phrase = Loop("khobao_phrase", "aaaannanan")
_intersect = Loop("khobao_intersect", "ananna")


class _Scratch(threading.local):
    """Two arrays of a thread, into which loops write before it is known how much there is."""

    def __init__(self) -> None:
        self.make(_FIRST_SIZE)

    def make(self, size: int) -> None:
        """Makes them anew, with so much size."""
        self.size = size
        self.first, self.second = np.empty(size, np.int64), np.empty(size, np.int64)
        self.addresses = address(self.first), address(self.second)


_scratch = _Scratch()


def _runs(term_set: RunsOfTerms) -> tuple[int, int]:
    """The address and the number of the runs of a set of terms."""
    return address(term_set.terms), len(term_set.terms) >> 1


def spots_of_terms(view: SegmentView, term_set: RunsOfTerms, numbers: DocumentNumbers) -> tuple[Spots, Spots]:
    """The occurrences of terms in some articles (ascending): their spots and indices, term by term."""
    view.prove(term_set)
    numbers = contiguous(numbers, np.uint16)
    asked = (*_runs(term_set), address(numbers), len(numbers))
    count = view.run(_read, *asked, *_scratch.addresses, _scratch.size)
    if count <= _scratch.size:
        return _scratch.first[:count].copy(), _scratch.second[:count].copy()
    spots, indices = np.empty(count, np.int64), np.empty(count, np.int64)
    view.run(_read, *asked, address(spots), address(indices), count)
    if count <= _MOST_KEPT:
        _scratch.make(count)
    return spots, indices


def runs_of_all(term_sets: Sequence[RunsOfTerms]) -> tuple[AnyArray, AnyArray]:
    """The runs of several sets of terms, one set after the other, and where those of each end, in runs."""
    terms = [term_set.terms for term_set in term_sets]
    ends = np.array(list(accumulate(len(own) >> 1 for own in terms)), np.int64)
    return np.concatenate([_NO_TERMS, *terms]), ends


def phrase_spots(
    view: SegmentView, slots: Sequence[RunsOfTerms], order: Sequence[int], zone: int, numbers: DocumentNumbers
) -> Spots:
    """The spots, ascending, where terms of the slots stand in a row in some articles (ascending).

    Args:
        order: the slots, the rarest first.
        zone: in which alone they may stand; negative: in any.
    """
    for term_set in slots:
        view.prove(term_set)
    numbers = contiguous(numbers, np.uint16)
    (runs, ends), places = runs_of_all(slots), np.array(order, np.int64)
    asked = (address(runs), address(ends), address(places), len(places), zone, address(numbers), len(numbers))
    count = view.run(_phrase, *asked, _scratch.addresses[0], _scratch.size)
    if count <= _scratch.size:
        return _scratch.first[:count].copy()
    found = np.empty(count, np.int64)
    view.run(_phrase, *asked, address(found), count)
    if count <= _MOST_KEPT:
        _scratch.make(count)
    return found


def note_terms_at(
    view: SegmentView, term_set: RunsOfTerms, spots: Spots, terms: npt.NDArray[np.int64]
) -> None:
    """Writes which of some terms stands at each of some spots (ascending), where one does."""
    view.prove(term_set)
    spots = contiguous(spots, np.int64)
    view.run(_terms_at, *_runs(term_set), address(spots), len(spots), address(terms))


def among(view: SegmentView, term_set: RunsOfTerms, numbers: DocumentNumbers) -> DocumentNumbers:
    """Those of some articles (ascending) that hold any of the terms."""
    view.prove(term_set, positions=False)
    numbers = contiguous(numbers, np.uint16)
    held, found = np.zeros(len(numbers), np.uint8), np.empty(len(numbers), np.uint16)
    count = view.run(_among, *_runs(term_set), address(numbers), len(numbers), address(held), address(found))
    return found[:count]


def frequencies(view: SegmentView, term_set: RunsOfTerms, numbers: DocumentNumbers) -> Float64Array:
    """The weighted frequencies of terms together in some articles (ascending)."""
    view.prove(term_set, positions=False)
    numbers, sums = contiguous(numbers, np.uint16), np.zeros(len(numbers))
    view.run(_frequencies, *_runs(term_set), address(numbers), len(numbers), address(sums))
    return sums


def row(
    view: SegmentView, term_set: RunsOfTerms, articles: int
) -> tuple[npt.NDArray[np.uint8], DocumentNumbers, Float64Array]:
    """The weighted frequencies of terms together in every article of the segment.

    Returns:
        capped: at most 255 of each; and of those of 255 or more the articles and the frequencies.
    """
    view.prove(term_set, positions=False)
    sums, capped = np.zeros(articles, np.uint32), np.empty(articles, np.uint8)
    past_at, past = np.empty(articles, np.uint16), np.empty(articles)
    filled: tuple[AnyArray, ...] = (sums, capped, past_at, past)
    count = view.run(_row, *_runs(term_set), *map(address, filled))
    return capped, past_at[:count].copy(), past[:count].copy()


def mask(view: SegmentView, term_set: RunsOfTerms, articles: int) -> Mask:
    """Which articles of the segment hold any of the terms."""
    view.prove(term_set, positions=False)
    held = np.zeros(articles, np.bool_)
    view.run(_mask, *_runs(term_set), address(held))
    return held


def count_terms(
    view: SegmentView, term_set: RunsOfTerms, terms: range, matching: Mask
) -> npt.NDArray[np.int64]:
    """How many articles of a mask hold each of consecutive terms, which are among those of a set."""
    view.prove(term_set, positions=False)
    counts, matching = np.zeros(len(terms), np.int64), contiguous(matching, np.bool_)
    view.run(_count_terms, terms.start, terms.stop, address(matching), address(counts))
    return counts


def weigh(view: SegmentView, spots: Spots, numbers: DocumentNumbers, weights: Float64Array) -> Float64Array:
    """The sum of the weights of the zones of spots in each of some articles (ascending).

    Args:
        weights: of the four zones.
    """
    numbers, sums = contiguous(numbers, np.uint16), np.zeros(len(numbers))
    spots = contiguous(spots, np.int64)
    view.run(
        _weigh, address(spots), len(spots), address(numbers), len(numbers), address(weights), address(sums)
    )
    return sums


def best_windows(
    view: SegmentView, spots: list[Spots], width: int, worth: Float64Array, numbers: DocumentNumbers
) -> tuple[Float64Array, Float64Array]:
    """The value of the best window, and of the words in title and lede, of each of some articles (ascending).

    Args:
        spots: of each word, ascending.
        worth: shape (3, words): what each adds in a window, in the lede, in the title.
    """
    words, numbers = len(spots), contiguous(numbers, np.uint16)
    every, ends = np.concatenate(spots), np.cumsum([len(own) for own in spots])
    cursors, of_heads = np.empty(2 * words, np.int64), np.empty(words)
    windows, heads = np.zeros(len(numbers)), np.zeros(len(numbers))
    given: list[AnyArray] = [*worth, numbers]
    filled: list[AnyArray] = [cursors, of_heads, windows, heads]
    view.run(
        _windows, address(every), address(ends), words, width, *map(address, given), len(numbers),
        *map(address, filled),
    )  # fmt: skip
    return windows, heads


def impacts_of_row(values: npt.NDArray[np.uint8], norms: Float64Array) -> npt.NDArray[np.uint8]:
    """The share frequency / (frequency + norm) in 255 steps, rounded up, or one more; 0 where there is none.

    Args:
        values: the frequencies; for 255 or more, their impact is not right.
    """
    found, norms = np.empty(len(values), np.uint8), contiguous(norms, np.float64)
    _impacts(address(values), address(norms), len(values), address(found))
    return found


def numbers_of(held: Mask) -> DocumentNumbers:
    """The articles of a mask, ascending."""
    if library() is None:
        return np.flatnonzero(held).astype(np.uint16)
    held, numbers = contiguous(held, np.bool_), np.empty(len(held) + 1, np.uint16)
    count = _numbers(address(held), len(held), address(numbers))
    return numbers[:count].copy()


def note_stories(column: npt.NDArray[np.int32], numbers: DocumentNumbers, seen: Mask) -> tuple[int, int]:
    """Notes the stories of some articles; how many were not noted before, and how many articles are in none.

    Args:
        column: the story of each article of the segment; negative for none.
        seen: whether each story was noted.
    """
    if library() is None:
        stories = column[numbers]
        stories, before = stories[stories >= 0], int(np.count_nonzero(seen))
        seen[stories] = True
        return int(np.count_nonzero(seen)) - before, len(numbers) - len(stories)
    column, numbers = contiguous(column, np.int32), contiguous(numbers, np.uint16)
    fresh = np.zeros(1, np.int64)
    lengths = len(column), address(numbers), len(numbers), len(seen)
    alone = _note_stories(address(column), *lengths, address(seen), address(fresh))
    if alone < 0:
        raise AssertionError("unreachable: stories are numbered below their count")
    return int(fresh[0]), alone


def sort_runs(spots: Spots) -> Spots:
    """The spots in ascending order, in place where they can be written: a few ascending runs."""
    spots = contiguous(spots, np.int64)
    spots = spots if spots.flags.writeable else spots.copy()
    if _sort(address(spots), len(spots)) < 0:
        raise MemoryError
    return spots


def intersect_sorted(few: Spots, many: Spots, shift: int) -> Spots:
    """Those of ``few`` that, moved by ``shift``, are in ``many``; both ascending."""
    few, many, common = contiguous(few, np.int64), contiguous(many, np.int64), np.empty(len(few), np.int64)
    return common[: _intersect(address(few), len(few), address(many), len(many), shift, address(common))]
