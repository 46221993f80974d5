"""What do words side by side, near each other and in heads add to the scores of articles? In one call."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.kernels.library import Loop, address, contiguous
from indexer.kernels.segment_view import RunsOfTerms, SegmentView
from indexer.kernels.spots import runs_of_all

DocumentNumbers = npt.NDArray[np.uint16]
Float64Array = npt.NDArray[np.float64]
Slots = Sequence[int]
"""Numbers of slots that stand in a row."""

_bonuses = Loop("khobao_bonuses", "aaanaanaanannaanaaa")


class Asked(NamedTuple):
    """What is looked for, as numbers of slots: of distinct sets of terms.

    Attributes:
        pairs: two slots that stand side by side, with a boost and an idf.
        forms: what counts once: its only zone (negative: any), the slots of each form of it, its value.
        words: the slots of each form of each word.
        worth: shape (3, words): what each word adds in a window, in the lede, in the title.
        width: of a window, in syllables.
        zone_weights: of the four zones.
        saturation: the factor of a weight that does not depend on the article.
    """

    slots: Sequence[RunsOfTerms]
    pairs: Sequence[tuple[int, int, float, float]]
    forms: Sequence[tuple[int, Sequence[Slots], float]]
    words: Sequence[Sequence[Slots]]
    worth: Float64Array
    width: int
    zone_weights: Float64Array
    saturation: float


def bonuses(view: SegmentView, asked: Asked, numbers: DocumentNumbers, norms: Float64Array) -> Float64Array:
    """The sum of all that proximity adds to each of some articles (ascending).

    Args:
        norms: the length norm of every article of the segment.
    """
    for term_set in asked.slots:
        view.prove(term_set)
    numbers, norms = contiguous(numbers, np.uint16), contiguous(norms, np.float64)
    runs, ends = runs_of_all(asked.slots)
    pairs = np.array([pair[:2] for pair in asked.pairs], np.int64)
    values = np.array([pair[2:] for pair in asked.pairs], np.float64)
    forms = np.array([value for zone, own, _ in asked.forms for value in (zone, *_flat(own))], np.int64)
    form_values = np.array([value for _, _, value in asked.forms])
    words = np.array([value for word in asked.words for value in _flat(word)], np.int64)
    constants = np.array([*asked.zone_weights, asked.saturation])
    worth, total = contiguous(asked.worth, np.float64), np.zeros(len(numbers))
    view.run(
        _bonuses, address(runs), address(ends), len(asked.slots), address(pairs), address(values), len(pairs),
        address(forms), address(form_values), len(asked.forms), address(words), len(asked.words), asked.width,
        address(worth), address(numbers), len(numbers), address(norms), address(constants), address(total),
    )  # fmt: skip
    return total


def _flat(word: Sequence[Slots]) -> list[int]:
    """A word as numbers: how many forms it has, and of each how many slots and which."""
    return [len(word), *(value for slots in word for value in (len(slots), *slots))]
