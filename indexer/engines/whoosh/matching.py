"""Where does a match of several syllables occur in a segment? Phrases and windows on arrays.

Positions are read only in articles that hold every syllable, the rarest first.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurring import (
    ARTICLE_SHIFT,
    SEARCH_COST,
    Mask,
    Occurring,
    Spots,
    flags,
    occurring,
    places_among,
    zones,
)
from indexer.engines.whoosh.segments import Meant, Numbers, Segment
from indexer.places import BEGINS, ENDS, Zone
from indexer.query import Field, Match

ONLY_ZONE = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}
_SIEVE = 1 << 20
_HOLES = 16  # places of the sieve for each spot that it keeps
_SPREAD = 7_919  # a prime, wider than most articles
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


def spots_of(segment: Segment, leaf: Match, slots: Sequence[Meant]) -> Spots:
    """Where a match begins, in any order."""
    numbers = _holding_all(segment, slots)
    found: dict[Meant, Occurring] = {}
    for meant in slots:
        if meant not in found:
            found[meant] = _in_zone(segment, leaf, occurring(segment, meant, numbers))
    if leaf.as_word:
        last = len(slots) - 1
        read = [_at(segment, found[meant], place, last) for place, meant in enumerate(slots)]
    else:
        read = [found[meant].spots for meant in slots]
    return _windows(leaf, read) if leaf.slop else runs(read)


def _in_zone(segment: Segment, leaf: Match, found: Occurring) -> Occurring:
    zone = ONLY_ZONE.get(leaf.field)
    return found if zone is None else found.only(zones(segment, found.spots) == zone)


def _holding_all(segment: Segment, slots: Sequence[Meant]) -> Numbers | None:
    """The articles that hold a term of every slot; None where there is one slot only."""
    if len(slots) == 1:
        return None
    rarest, *others = sorted(set(slots), key=lambda meant: meant.postings)
    numbers = articles_of(segment, rarest)
    for meant in others:
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


def common(few: Spots, many: Spots) -> Spots:
    """What both hold, each once in each: a sieve first leaves little to sort."""
    size = min(_SIEVE, 1 << (_HOLES * len(few)).bit_length())
    sieve = np.zeros(size, np.bool_)
    sieve[_sieved(few, size)] = True
    left = np.sort(many[sieve[_sieved(many, size)]])
    if not len(left):
        return left
    places = np.minimum(np.searchsorted(left, few), len(left) - 1)
    found: Spots = few[left[places] == few]
    return found


def _sieved(spots: Spots, size: int) -> npt.NDArray[np.int64]:
    """A place in the sieve: neighbours stand apart, articles are spread."""
    found: npt.NDArray[np.int64] = (spots + (spots >> ARTICLE_SHIFT) * _SPREAD) & (size - 1)
    return found


def _windows(leaf: Match, slots: Sequence[Spots]) -> Spots:
    """Spots that begin a window of len(syllables) + slop holding each syllable as often as typed."""
    spots = {typed: np.sort(found) for typed, found in zip(leaf.typed, slots, strict=True)}
    starts = np.unique(np.concatenate(list(spots.values())))
    ends = starts + len(slots) + leaf.slop
    kept = np.ones(len(starts), np.bool_)
    for typed, count in Counter(leaf.typed).items():
        held = np.searchsorted(spots[typed], ends) - np.searchsorted(spots[typed], starts)
        kept &= held >= count
    found: Spots = starts[kept]
    return found
