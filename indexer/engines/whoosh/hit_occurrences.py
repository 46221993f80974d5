"""Where do the typed syllables occur in the articles that are shown? As places, with the texts' spans."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.budget import Stage, charge
from indexer.engine import Occurrences
from indexer.engines.whoosh.occurrences import flags, postings_in
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.engines.whoosh.span_columns import read_spans
from indexer.fields import Field
from indexer.places import POSITION_SHIFT, ZONE_SHIFT
from indexer.query import Typed


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
        by_syllable.append(_postings(segment, numbers, typed))
        charge(Stage.HIGHLIGHTING)
    postings = np.concatenate([np.empty(0, np.int64), *by_syllable])
    counts = segment.counts_at(postings)
    ends = np.cumsum(counts)
    starts = segment.first_occurrences(postings) - (ends - counts)
    indices = np.repeat(starts, counts) + np.arange(ends[-1] if len(ends) else 0)
    owners = np.repeat(segment.numbers_at(postings).astype(np.intp), counts)
    places = _packed(segment, owners, segment.arrays.at("positions", indices).astype(np.int64))
    places |= flags(segment, indices)
    which = np.repeat(
        np.repeat(np.arange(len(by_syllable)), [len(numbers) for numbers in by_syllable]), counts
    )
    rows = np.searchsorted(numbers, owners.astype(np.uint16)) * len(syllables) + which
    order = np.lexsort((places, rows))
    return rows[order], places[order].tolist()


def _postings(segment: Segment, numbers: DocumentNumbers, typed: Typed) -> npt.NDArray[np.int64]:
    term_set = segment.term_set(Field.TEXT, typed)
    return postings_in(segment, term_set, numbers) if term_set.postings else np.empty(0, np.int64)


def _packed(
    segment: Segment, owners: npt.NDArray[np.intp], positions: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Flat positions as packed places, without the bits for word edges."""
    starts = segment.zone_starts[owners].astype(np.int64)
    zones = (starts <= positions[:, None]).sum(axis=1)
    begins = np.where(zones > 0, starts[np.arange(len(zones)), np.maximum(zones - 1, 0)], 0)
    packed: npt.NDArray[np.int64] = zones << ZONE_SHIFT | (positions - begins) << POSITION_SHIFT
    return packed
