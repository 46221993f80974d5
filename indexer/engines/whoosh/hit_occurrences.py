"""Where do the typed syllables occur in the articles that are shown? As places, with the texts' spans."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.budget import Stage, charge
from indexer.engine import KEY_BITS, Occurrences
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, POSITION_MASK, flags, read_spots
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.engines.whoosh.span_columns import read_spans
from indexer.fields import Field
from indexer.kernels.places import places_of_slots, spans_of_article
from indexer.places import POSITION_SHIFT, ZONE_SHIFT
from indexer.query import Typed
from indexer.spans import Spans

_NONE = np.empty(0, np.int64)


def read_occurrences(
    segment: Segment, numbers: DocumentNumbers, syllables: tuple[Typed, ...]
) -> dict[int, Occurrences]:
    """The occurrences of typed syllables in the text of some articles (ascending), by document number."""
    if segment.view.is_usable:
        slots = [segment.term_set(Field.TEXT, typed) for typed in syllables]
        keys = places_of_slots(segment.view, slots, numbers)
        charge(Stage.HIGHLIGHTING)
    else:
        keys = _read_keys(segment, numbers, syllables)
    changes = segment.arrays["change"][numbers].tolist()
    return {
        number: Occurrences(change, syllables, own, _spans(segment, number))
        for number, change, own in zip(numbers.tolist(), changes, keys, strict=True)
    }


def _spans(segment: Segment, number: int) -> Spans:
    if segment.view.is_usable:
        return spans_of_article(segment.view, number)
    return read_spans(segment.arrays, number)


def _read_keys(
    segment: Segment, numbers: DocumentNumbers, syllables: Sequence[Typed]
) -> list[npt.NDArray[np.int64]]:
    """The keys of the occurrences in each article, ascending."""
    by_syllable = []
    for typed in syllables:
        by_syllable.append(read_spots(segment, segment.term_set(Field.TEXT, typed), numbers))
        charge(Stage.HIGHLIGHTING)
    spots = np.concatenate([_NONE, *(read.spots for read in by_syllable)])
    indices = np.concatenate([_NONE, *(read.indices for read in by_syllable)])
    owners = spots >> ARTICLE_SHIFT
    places = _packed(segment, owners, spots & POSITION_MASK)
    places |= flags(segment, indices)
    which = np.repeat(np.arange(len(by_syllable)), [len(read.spots) for read in by_syllable])
    keys = places << KEY_BITS | which
    order = np.lexsort((keys, owners))
    ends = np.searchsorted(owners[order], numbers, side="right")
    return np.split(keys[order], ends[:-1])


def _packed(
    segment: Segment, owners: npt.NDArray[np.int64], positions: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Flat positions as packed places, without the bits for word edges."""
    starts = segment.zone_starts[owners].astype(np.int64)
    zones = (starts <= positions[:, None]).sum(axis=1)
    begins = np.where(zones > 0, starts[np.arange(len(zones)), np.maximum(zones - 1, 0)], 0)
    packed: npt.NDArray[np.int64] = zones << ZONE_SHIFT | (positions - begins) << POSITION_SHIFT
    return packed
