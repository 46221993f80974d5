"""Where does a match occur in a segment? Unions, phrases and windows on arrays.

A spot is ``article << 32 | flat position``: the next syllable's is that number plus one, and gaps keep
sums from running into the next paragraph, zone or article. Positions are read only in articles that
hold every syllable.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.postings import WEIGHTS
from indexer.engines.whoosh.segments import Numbers, Runs, Segment
from indexer.places import BEGINS, ENDS, Zone
from indexer.query import TEXT_FIELDS, Field, Match

Mask = npt.NDArray[np.bool_]
Spots = npt.NDArray[np.int64]
"""Shape (n,): article << 32 | flat position, ascending, each once."""

_ARTICLE_SHIFT = 32
_POSITION_MASK = (1 << _ARTICLE_SHIFT) - 1
_FEW = 4_096  # postings below which sorting them beats an array for every article
_ONLY_ZONE = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a segment where a match occurs, ascending, and its weighted frequency in each."""

    numbers: Numbers
    weights: npt.NDArray[np.float64]


def find(segment: Segment, leaf: Match) -> Found:
    """The articles where a match occurs."""
    field = Field.TEXT if leaf.field in TEXT_FIELDS else leaf.field
    last = len(leaf.syllables) - 1
    slots = [
        segment.terms_meant(field, syllable, complete=leaf.complete, prefix=leaf.prefix and place == last)
        for place, syllable in enumerate(leaf.syllables)
    ]
    if not all(slots):  # a syllable that means no term
        return Found(np.empty(0, np.intp), np.empty(0))
    if last == 0 and not leaf.slop and not leaf.as_word and leaf.field not in _ONLY_ZONE:
        return _union(segment, slots[0])
    return _weighed(segment, leaf, _spots(segment, leaf, slots))


def _union(segment: Segment, terms: Runs) -> Found:
    """The articles of any of the terms; frequencies add up."""
    slices = [segment.postings_of(run) for run in terms]
    numbers = np.concatenate([segment.numbers(one) for one in slices])
    weights = np.concatenate([segment.weights(one) for one in slices])
    if len(terms) == 1 and len(terms[0]) == 1:
        return Found(numbers.astype(np.intp), weights.astype(np.float64))
    return _summed(segment, numbers, weights)


def _weighed(segment: Segment, leaf: Match, spots: Spots) -> Found:
    """Spots as articles with their weighted frequencies."""
    numbers = spots >> _ARTICLE_SHIFT
    if leaf.field in TEXT_FIELDS:
        weights = WEIGHTS[_zones(segment, spots)]
    else:
        weights = np.full(len(spots), WEIGHTS[0])
    return _summed(segment, numbers, weights)


def _summed(segment: Segment, numbers: npt.NDArray[np.integer], weights: npt.NDArray[np.int64]) -> Found:
    """Each article once, its weights added up; the numbers come in any order."""
    if len(numbers) < _FEW:
        held, places = np.unique(numbers, return_inverse=True)
        return Found(held.astype(np.intp), np.bincount(places, weights).astype(np.float64, copy=False))
    sums = np.bincount(numbers, weights, minlength=segment.count)
    held = np.flatnonzero(sums > 0)
    return Found(held, sums[held].astype(np.float64, copy=False))


def _zones(segment: Segment, spots: Spots) -> npt.NDArray[np.intp]:
    starts = segment.zone_starts[spots >> _ARTICLE_SHIFT]
    found: npt.NDArray[np.intp] = (starts <= (spots & _POSITION_MASK)[:, None]).sum(axis=1)
    return found


def _spots(segment: Segment, leaf: Match, slots: list[Runs]) -> Spots:
    """Where a match begins."""
    candidates = _holding_all(segment, slots)
    if leaf.as_word:
        read = [
            _occurrences(segment, terms, candidates, _word_bits(place, len(slots)))
            for place, terms in enumerate(slots)
        ]
    else:
        read = [_occurrences(segment, terms, candidates, None) for terms in slots]
    zone = _ONLY_ZONE.get(leaf.field)
    if zone is not None:
        read = [spots[_zones(segment, spots) == zone] for spots in read]
    return _windows(leaf, read) if leaf.slop else _runs(read)


def _holding_all(segment: Segment, slots: list[Runs]) -> Mask | None:
    """Which articles hold a term of every slot; None where there is one slot only."""
    if len(slots) == 1:
        return None
    mask = np.ones(segment.count, np.bool_)
    for terms in set(slots):
        here = np.zeros(segment.count, np.bool_)
        for run in terms:
            here[segment.numbers(segment.postings_of(run))] = True
        mask &= here
    return mask


def _word_bits(place: int, length: int) -> tuple[int, int]:
    """Which bits an occurrence must have at a place of a word, and which it must not: wanted, of these."""
    wanted = (BEGINS if place == 0 else 0) | (ENDS if place == length - 1 else 0)
    return wanted, BEGINS | (ENDS if place == length - 1 else 0)


def _occurrences(
    segment: Segment, terms: Runs, candidates: Mask | None, bits: tuple[int, int] | None
) -> Spots:
    """The spots of any of the terms, in candidate articles, with the word bits asked for."""
    parts = [_of_run(segment, run, candidates, bits) for run in terms]
    if len(parts) == 1 and len(terms[0]) == 1:
        return parts[0]
    return np.sort(np.concatenate(parts))


def _of_run(segment: Segment, run: range, candidates: Mask | None, bits: tuple[int, int] | None) -> Spots:
    """The spots of a run of terms: ascending term by term."""
    postings = segment.postings_of(run)
    numbers = segment.numbers(postings)
    counts = segment.counts(postings)
    starts = np.cumsum(counts) - counts + segment.first_occurrence(run.start)
    if candidates is not None:
        kept = candidates[numbers]
        numbers, counts, starts = numbers[kept], counts[kept], starts[kept]
    total = int(counts.sum())
    indices = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(total)
    spots: Spots = np.repeat(numbers.astype(np.int64) << _ARTICLE_SHIFT, counts)
    spots |= segment.arrays["positions"][indices]
    if bits is None:
        return spots
    wanted, of = bits
    flags = segment.arrays["flags"][indices >> 2] >> (indices & 3) * 2
    as_wanted: Spots = spots[flags & of == wanted]
    return as_wanted


def _runs(slots: list[Spots]) -> Spots:
    """Where the slots stand next to each other, in order."""
    starts = slots[0]
    for step, following in enumerate(slots[1:], 1):
        starts = starts[_among(starts + step, following)]
    return starts


def _windows(leaf: Match, slots: list[Spots]) -> Spots:
    """Spots that begin a window of len(syllables) + slop holding each syllable as often as typed."""
    last = len(slots) - 1
    names = [(syllable, leaf.prefix and place == last) for place, syllable in enumerate(leaf.syllables)]
    spots = dict(zip(names, slots, strict=True))
    starts = np.unique(np.concatenate(list(spots.values())))
    ends = starts + len(slots) + leaf.slop
    kept = np.ones(len(starts), np.bool_)
    for name, count in Counter(names).items():
        held = np.searchsorted(spots[name], ends) - np.searchsorted(spots[name], starts)
        kept &= held >= count
    found: Spots = starts[kept]
    return found


def _among(values: Spots, sorted_values: Spots) -> Mask:
    """Which values stand among the sorted ones."""
    if not len(sorted_values):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(sorted_values, values), len(sorted_values) - 1)
    found: Mask = sorted_values[places] == values
    return found
