"""Where does a match of several syllables occur in a segment? Phrases and windows on arrays.

Positions are read only in articles that hold every syllable, the rarest first.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.engines.whoosh.common_spots import common
from indexer.engines.whoosh.occurrences import (
    SEARCH_COST,
    Mask,
    Occurring,
    Spots,
    flags,
    occurring,
    places_among,
    spots_in,
    zones,
)
from indexer.engines.whoosh.phrases import Phrase, phrases
from indexer.engines.whoosh.segments import Meant, Numbers, Segment
from indexer.engines.whoosh.windows import windows
from indexer.places import BEGINS, ENDS, Zone
from indexer.query import Field, Match

ONLY_ZONE = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}
_NOWHERE: Spots = np.empty(0, np.int64)
_NEARLY_ALL = 4  # postings an article: hardly one does not hold any of the terms
_FEW = 4_096  # postings below which sorting them beats an array for every article


def articles_of(segment: Segment, meant: Meant) -> Numbers:
    """The articles that hold any of the terms."""
    parts = [segment.numbers(one) for one in meant.slices]
    if meant.single:
        return parts[0]
    if meant.postings < _FEW:
        return np.unique(np.concatenate([np.empty(0, np.uint16), *parts]))
    return np.flatnonzero(articles_mask(segment, meant)).astype(np.uint16)


def articles_mask(segment: Segment, meant: Meant) -> Mask:
    """The same as a mask."""
    mask = np.zeros(segment.count, np.bool_)
    for one in meant.slices:
        mask[segment.numbers(one)] = True
    return mask


def articles_among(segment: Segment, meant: Meant, numbers: Numbers) -> Numbers:
    """Those of some articles that hold any of the terms."""
    if not meant.postings:
        return numbers[:0]
    if meant.single and len(numbers) * SEARCH_COST < meant.postings:
        held, _ = places_among(numbers, segment.numbers(meant.slices[0]))
        return numbers[held]
    return numbers[articles_mask(segment, meant)[numbers]]


def spots_of(segment: Segment, leaf: Match, slots: Sequence[Meant], within: Numbers | None = None) -> Spots:
    """Where a match begins, in any order; in some articles (ascending), or in all."""
    numbers = _holding_all(segment, slots, within)
    zone = ONLY_ZONE.get(leaf.field)

    def in_zone(spots: Spots) -> Spots:
        return spots if zone is None else spots[zones(segment, spots) == zone]

    if leaf.as_word:
        return in_zone(_words(segment, slots, numbers))

    def read(meant: Meant, numbers: Numbers | None) -> Iterator[Spots]:
        return map(in_zone, spots_in(segment, meant, numbers))

    if leaf.slop:
        spots = {
            typed: _together(read(meant, numbers)) for typed, meant in zip(leaf.typed, slots, strict=True)
        }
        return windows(spots, Counter(leaf.typed), len(slots) + leaf.slop)
    if numbers is None:  # a single syllable of a zone
        return _together(read(slots[0], None))

    def read_whole(meant: Meant, numbers: Numbers | None) -> Spots:
        return _together(read(meant, numbers))

    phrase = Phrase(leaf, slots, zone)  # in one zone: its first syllable is, and gaps are wide
    return phrases(segment, phrase, numbers, read_whole, anywhere=within is None)


def _words(segment: Segment, slots: Sequence[Meant], numbers: Numbers | None) -> Spots:
    """Where the slots stand next to each other and are one word."""
    found = {meant: occurring(segment, meant, numbers) for meant in slots}
    last = len(slots) - 1
    return runs([_at(segment, found[meant], place, last) for place, meant in enumerate(slots)])


def _together(pieces: Iterator[Spots]) -> Spots:
    return np.concatenate([_NOWHERE, *pieces])


def _holding_all(segment: Segment, slots: Sequence[Meant], within: Numbers | None) -> Numbers | None:
    """The articles, of some or of all, that may hold a term of every slot; None: of one slot, and all."""
    if len(slots) == 1 and within is None:
        return None
    rarest, *others = sorted(set(slots), key=lambda meant: meant.postings)
    numbers = articles_of(segment, rarest) if within is None else articles_among(segment, rarest, within)
    for meant in others:
        if meant.postings < _NEARLY_ALL * segment.count:
            numbers = articles_among(segment, meant, numbers)
    return numbers


def _at(segment: Segment, found: Occurring, place: int, last: int) -> Spots:
    """The spots that can stand at a place of a word: it begins at the first, and ends at the last alone."""
    wanted = (BEGINS if place == 0 else 0) | (ENDS if place == last else 0)
    of = BEGINS | (ENDS if place == last else 0)
    spots: Spots = found.spots[flags(segment, found.indices) & of == wanted]
    return spots


def runs(slots: Sequence[Spots]) -> Spots:
    """Where the slots stand next to each other, in order; looked for from the rarest."""
    rarest = min(range(len(slots)), key=lambda place: len(slots[place]))
    starts = slots[rarest] - rarest
    for step, following in enumerate(slots):
        if step != rarest and len(starts):
            starts = common(starts + step, following) - step
    return starts
