"""Where do terms occur, and where at once? Loops over spots; each function says what it is in numpy.

A spot is ``article << 32 | flat position``.
"""

import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError
from indexer.kernels.library import AnyArray, address, contiguous, function, library
from indexer.kernels.segment_view import SegmentView, TermRuns

Spots = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]
Float64Array = npt.NDArray[np.float64]

_ROOM = 1 << 12
_DAMAGED = -1
_SOMEWHERE = Path("segment")

_read = function("khobao_read_spots", "aananaan")
_sort = function("khobao_sort_runs", "an")
_intersect = function("khobao_intersect", "ananna")
_weigh = function("khobao_weigh", "aananaa")
_among = function("khobao_among", "aananaa")
_frequencies = function("khobao_frequencies", "aanana")
_row = function("khobao_row", "aanaaaa")
_mask = function("khobao_mask", "aana")
_impacts = function("khobao_impacts", "aanda")
_count_terms = function("khobao_count_terms", "annaa")
_numbers = function("khobao_numbers", "ana")
_articles = function("khobao_articles", "anna")
_note_stories = function("khobao_note_stories", "anannaa")
_windows = function("khobao_windows", "aaannaaaanaaaa")


class _Scratch(threading.local):
    """Two arrays of a thread, into which loops write before it is known how much there is."""

    def __init__(self) -> None:
        self.make(_ROOM)

    def make(self, room: int) -> None:
        """Makes them anew, with so much room."""
        self.room = room
        self.first, self.second = np.empty(room, np.int64), np.empty(room, np.int64)
        self.addresses = address(self.first), address(self.second)


_scratch = _Scratch()


def _checked(count: int) -> int:
    if count >= 0:
        return count
    if count == _DAMAGED:
        raise DamagedFileError(_SOMEWHERE, "a number in it leads outside its arrays")
    raise MemoryError


def read_spots(view: SegmentView, term_set: TermRuns, numbers: DocumentNumbers) -> tuple[Spots, Spots]:
    """The occurrences of terms in some articles (ascending): their spots and indices, term by term."""
    view.prove(term_set)
    numbers = contiguous(numbers, np.uint16)
    terms, where = term_set.terms, address(numbers)
    while True:
        count = _checked(
            _read(
                view.address,
                address(terms),
                len(terms) >> 1,
                where,
                len(numbers),
                *_scratch.addresses,
                _scratch.room,
            )
        )
        if count <= _scratch.room:
            return _scratch.first[:count].copy(), _scratch.second[:count].copy()
        _scratch.make(count)


def among(view: SegmentView, term_set: TermRuns, numbers: DocumentNumbers) -> DocumentNumbers:
    """Those of some articles (ascending) that hold any of the terms."""
    view.prove(term_set, positions=False)
    numbers = contiguous(numbers, np.uint16)
    held, found = np.zeros(len(numbers), np.uint8), np.empty(len(numbers), np.uint16)
    terms = term_set.terms
    count = _checked(
        _among(
            view.address,
            address(terms),
            len(terms) >> 1,
            address(numbers),
            len(numbers),
            address(held),
            address(found),
        )
    )
    return found[:count]


def frequencies(view: SegmentView, term_set: TermRuns, numbers: DocumentNumbers) -> Float64Array:
    """The weighted frequencies of terms together in some articles (ascending)."""
    view.prove(term_set, positions=False)
    numbers = contiguous(numbers, np.uint16)
    sums, terms = np.zeros(len(numbers)), term_set.terms
    _checked(
        _frequencies(
            view.address, address(terms), len(terms) >> 1, address(numbers), len(numbers), address(sums)
        )
    )
    return sums


def row(
    view: SegmentView, term_set: TermRuns, articles: int
) -> tuple[npt.NDArray[np.uint8], DocumentNumbers, Float64Array]:
    """The weighted frequencies of terms together in every article of the segment.

    Returns:
        capped: at most 255 of each; and of those of 255 or more the articles and the frequencies.
    """
    view.prove(term_set, positions=False)
    sums, terms = np.zeros(articles, np.uint32), term_set.terms
    capped, past_at, past = np.empty(articles, np.uint8), np.empty(articles, np.uint16), np.empty(articles)
    filled: tuple[AnyArray, ...] = (sums, capped, past_at, past)
    count = _checked(_row(view.address, address(terms), len(terms) >> 1, *map(address, filled)))
    return capped, past_at[:count].copy(), past[:count].copy()


def mask(view: SegmentView, term_set: TermRuns, articles: int) -> npt.NDArray[np.bool_]:
    """Which articles of the segment hold any of the terms."""
    view.prove(term_set, positions=False)
    held, terms = np.zeros(articles, np.bool_), term_set.terms
    _checked(_mask(view.address, address(terms), len(terms) >> 1, address(held)))
    return held


def impacts(values: npt.NDArray[np.uint8], norms: Float64Array, steps: int) -> npt.NDArray[np.uint8]:
    """The share frequency / (frequency + norm) in steps, rounded up; 0 where the frequency is 0.

    Args:
        values: the frequencies, all below 255.
    """
    found = np.empty(len(values), np.uint8)
    norms = contiguous(norms, np.float64)
    _impacts(address(values), address(norms), len(values), float(steps), address(found))
    return found


def count_terms(
    view: SegmentView, term_set: TermRuns, terms: range, matching: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """How many articles of a mask hold each of consecutive terms, which are among those of a set."""
    view.prove(term_set, positions=False)
    counts, matching = np.zeros(len(terms), np.int64), contiguous(matching, np.bool_)
    _checked(_count_terms(view.address, terms.start, terms.stop, address(matching), address(counts)))
    return counts


def numbers_of(held: npt.NDArray[np.bool_]) -> DocumentNumbers:
    """The articles of a mask, ascending."""
    if _numbers is None or library() is None:
        return np.flatnonzero(held).astype(np.uint16)
    held, numbers = contiguous(held, np.bool_), np.empty(len(held) + 1, np.uint16)
    count = _numbers(address(held), len(held), address(numbers))
    return numbers[:count].copy()


def articles_of(spots: Spots, shift: int) -> DocumentNumbers:
    """The articles of ascending spots once they are moved by ``shift``, each once."""
    numbers = np.empty(len(spots), np.uint16)
    count = _articles(address(spots), len(spots), shift, address(numbers))
    return numbers[:count]


def note_stories(
    column: npt.NDArray[np.int32], numbers: DocumentNumbers, seen: npt.NDArray[np.bool_]
) -> tuple[int, int]:
    """Notes the stories of some articles; how many were not noted before, and how many articles are in none.

    Args:
        column: the story of each article of the segment; negative for none.
        seen: whether each story was noted.
    """
    if _note_stories is None or library() is None:
        stories = column[numbers]
        stories, before = stories[stories >= 0], int(np.count_nonzero(seen))
        seen[stories] = True
        return int(np.count_nonzero(seen)) - before, len(numbers) - len(stories)
    column, numbers = contiguous(column, np.int32), contiguous(numbers, np.uint16)
    fresh = np.zeros(1, np.int64)
    lengths = len(column), address(numbers), len(numbers), len(seen)
    alone = _checked(_note_stories(address(column), *lengths, address(seen), address(fresh)))
    return int(fresh[0]), alone


def sort_runs(spots: Spots) -> Spots:
    """The spots in ascending order, in place: they are a few ascending runs one after the other."""
    _checked(_sort(address(spots), len(spots)))
    return spots


def intersect(few: Spots, many: Spots, shift: int) -> Spots:
    """Those of ``few`` that, moved by ``shift``, are in ``many``; both ascending."""
    common = np.empty(len(few), np.int64)
    count = _intersect(address(few), len(few), address(many), len(many), shift, address(common))
    return common[:count]


def weigh(view: SegmentView, spots: Spots, numbers: DocumentNumbers, weights: Float64Array) -> Float64Array:
    """The sum of the weights of the zones of spots in each of some articles (ascending)."""
    sums = np.zeros(len(numbers))
    numbers = contiguous(numbers, np.uint16)
    _checked(
        _weigh(
            view.address,
            address(spots),
            len(spots),
            address(numbers),
            len(numbers),
            address(weights),
            address(sums),
        )
    )
    return sums


def best_windows(
    view: SegmentView,
    spots: list[Spots],
    width: int,
    worth: Float64Array,
    numbers: DocumentNumbers,
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
    arrays: list[AnyArray] = [*worth, numbers]
    _checked(
        _windows(
            view.address, address(every), address(ends), words, width, *map(address, arrays), len(numbers),
            *map(address, (cursors, of_heads, windows, heads)),
        )
    )  # fmt: skip
    return windows, heads
