"""Where do the typed syllables occur in the articles that are shown? As places, with the texts' spans."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.budget import Stage, charge
from indexer.engine import Occurrences
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, POSITION_MASK, flags, read_spots
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.engines.whoosh.span_columns import read_spans
from indexer.fields import Field
from indexer.places import POSITION_SHIFT, ZONE_SHIFT
from indexer.query import Typed

_NONE = np.empty(0, np.int64)


def read_occurrences(
    segment: Segment, numbers: DocumentNumbers, syllables: Sequence[Typed]
) -> dict[int, Occurrences]:
    """The occurrences of typed syllables in the text of some articles (ascending), by document number."""
    rows, places = _read(segment, numbers, syllables)
    ends = np.cumsum(np.bincount(rows, minlength=len(numbers) * len(syllables))).tolist()
    cut = [tuple(places[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    width = len(syllables)
    changes = segment.arrays["change"][numbers].tolist()
    return {
        number: Occurrences(
            change,
            dict(zip(syllables, cut[place * width : (place + 1) * width], strict=True)),
            read_spans(segment.arrays, number),
        )
        for place, (number, change) in enumerate(zip(numbers.tolist(), changes, strict=True))
    }


def _read(
    segment: Segment, numbers: DocumentNumbers, syllables: Sequence[Typed]
) -> tuple[npt.NDArray[np.int64], list[int]]:
    """All occurrences, sorted: the row (article × syllable) and the packed place of each."""
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
    rows = np.searchsorted(numbers, owners.astype(np.uint16)) * len(syllables) + which
    order = np.lexsort((places, rows))
    return rows[order], places[order].tolist()


def _packed(
    segment: Segment, owners: npt.NDArray[np.int64], positions: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Flat positions as packed places, without the bits for word edges."""
    starts = segment.zone_starts[owners].astype(np.int64)
    zones = (starts <= positions[:, None]).sum(axis=1)
    begins = np.where(zones > 0, starts[np.arange(len(zones)), np.maximum(zones - 1, 0)], 0)
    packed: npt.NDArray[np.int64] = zones << ZONE_SHIFT | (positions - begins) << POSITION_SHIFT
    return packed
