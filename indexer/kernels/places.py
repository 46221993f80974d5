"""Where do syllables stand in the articles that are shown, and which characters match a query?"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.kernels.library import Loop, address, contiguous
from indexer.kernels.segment_view import RunsOfTerms, SegmentView
from indexer.kernels.spots import runs_of_all

Int64Array = npt.NDArray[np.int64]
DocumentNumbers = npt.NDArray[np.uint16]

MOST_SLOTS = 64
"""``marks_of`` takes keys of fewer slots."""

_FIRST_SIZE = 1 << 10

_places = Loop("khobao_places", "aaananaan")
_spans = Loop("khobao_spans", "anna")
_marks = Loop("khobao_marks", "ananaannanan")


def places_of_slots(
    view: SegmentView, slots: Sequence[RunsOfTerms], numbers: DocumentNumbers
) -> list[Int64Array]:
    """The keys of the places of slots in each of some articles (ascending); see engine.Occurrences."""
    if not len(numbers):
        return []
    for term_set in slots:
        view.prove(term_set)
    numbers = contiguous(numbers, np.uint16)
    runs, slot_ends = runs_of_all(slots)
    ends, size = np.zeros(len(numbers), np.int64), _FIRST_SIZE
    while True:
        keys = np.empty(size, np.int64)
        count = view.run(
            _places, address(runs), address(slot_ends), len(slots), address(numbers), len(numbers),
            address(ends), address(keys), size,
        )  # fmt: skip
        if count <= size:
            return np.split(keys[:count], ends[:-1])
        size = count


def spans_of_article(view: SegmentView, article: int) -> Int64Array:
    """The start and the end of each syllable of an article: (n, 2)."""
    first, last = view.spans_of(article)
    pairs = np.empty((last - first, 2), np.int64)
    view.run(_spans, first, last, address(pairs))
    return pairs


def marks_of(
    keys: Int64Array, spans: Int64Array, texts: tuple[Int64Array, Int64Array], gap: int, matches: Int64Array
) -> list[list[int]] | None:
    """The marks of matches in an article: text, start and end in it, leaf; in order. There must be a library.

    None where the places are not those of the texts and the spans.

    Args:
        keys: of fewer than MOST_SLOTS slots.
        texts: the start of each text, and of one more, as they lie end to end; and the zone of each.
        gap: places between two texts of a zone.
        matches: one after the other: the leaf, the zone in which alone it counts (negative: any), whether it
            is to be a word, how many slots it has, and these.
    """
    starts, zones = texts
    keys, spans = contiguous(keys, np.int64), contiguous(spans, np.int64)
    count, at = 0, 0
    while at < len(matches):
        count, at = count + 1, at + 4 + int(matches[at + 3])
    marks = np.empty((len(keys) * count, 4), np.int64)
    found = _marks(
        address(keys), len(keys), address(spans), len(spans), address(starts), address(zones), len(zones),
        gap, address(matches), count, address(marks), len(marks),
    )  # fmt: skip
    if found < 0:
        return None
    rows: list[list[int]] = marks[:found].tolist()
    return rows
