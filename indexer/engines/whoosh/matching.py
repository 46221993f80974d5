"""Where does a match occur? Phrases and windows on arrays of occurrences.

An occurrence is ``article << 32 | place``; without its two word bits it is ``article << 30 | zone
<< 26 | position``, so that the next syllable's is the same number plus one. Paragraph gaps keep
sums from running into the next paragraph, zone or article.
"""

from collections import Counter

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.segments import DOCUMENT_SHIFT, Occurrences
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.places import BEGINS, ENDS, POSITION_SHIFT, ZONE_SHIFT, ZONE_WEIGHTS, Zone
from indexer.query import TEXT_FIELDS, Field, Match

Spots = npt.NDArray[np.int64]
"""Shape (n,): occurrences without their word bits; ascending, each once."""

_ARTICLE_SHIFT = DOCUMENT_SHIFT - POSITION_SHIFT
_ZONE_SHIFT = ZONE_SHIFT - POSITION_SHIFT
_WEIGHTS = np.array([ZONE_WEIGHTS[zone] for zone in Zone])
_ONLY_ZONE = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}


def frequencies(snapshot: Snapshot, leaf: Match) -> npt.NDArray[np.float64]:
    """Weighted count of a match in each article, shape (articles,); 0 where it does not occur."""
    spots = _spots(snapshot, leaf)
    articles = spots >> _ARTICLE_SHIFT
    weights = _WEIGHTS[spots >> _ZONE_SHIFT & (1 << (_ARTICLE_SHIFT - _ZONE_SHIFT)) - 1]
    return np.bincount(articles, weights, minlength=snapshot.count).astype(np.float64, copy=False)


def _spots(snapshot: Snapshot, leaf: Match) -> Spots:
    """Where a match begins."""
    slots = [_slot(snapshot, leaf, place) for place in range(len(leaf.syllables))]
    return _windows(leaf, slots) if leaf.slop else _runs(leaf, slots)


def _slot(snapshot: Snapshot, leaf: Match, place: int) -> Occurrences:
    field = Field.TEXT if leaf.field in TEXT_FIELDS else leaf.field
    prefix = leaf.prefix and place == len(leaf.syllables) - 1
    found = snapshot.occurrences(field, leaf.syllables[place], complete=leaf.complete, prefix=prefix)
    zone = _ONLY_ZONE.get(leaf.field)
    if zone is not None:
        zones = found >> ZONE_SHIFT & (1 << (DOCUMENT_SHIFT - ZONE_SHIFT)) - 1
        found = found[zones == zone]
    return found


def _runs(leaf: Match, slots: list[Occurrences]) -> Spots:
    """Where the slots stand next to each other, in order."""
    if leaf.as_word:
        slots = [_as_word(slot, place, len(slots)) for place, slot in enumerate(slots)]
    spots = [slot >> POSITION_SHIFT for slot in slots]
    starts: Spots = spots[0]
    for step, following in enumerate(spots[1:], 1):
        starts = starts[_among(starts + step, following)]
    found: Spots = starts
    return found


def _as_word(slot: Occurrences, place: int, length: int) -> Occurrences:
    """Only what begins a word at its first syllable and ends it at its last."""
    begins = slot & BEGINS != 0
    kept = begins if place == 0 else ~begins
    if place == length - 1:
        kept &= slot & ENDS != 0
    found: Occurrences = slot[kept]
    return found


def _windows(leaf: Match, slots: list[Occurrences]) -> Spots:
    """Spots that begin a window of len(syllables) + slop holding each syllable as often as typed."""
    last = len(slots) - 1
    names = [(syllable, leaf.prefix and place == last) for place, syllable in enumerate(leaf.syllables)]
    spots = {name: slot >> POSITION_SHIFT for name, slot in zip(names, slots, strict=True)}
    begins = np.unique(np.concatenate(list(spots.values())))
    ends = begins + len(slots) + leaf.slop
    kept = np.ones(len(begins), np.bool_)
    for name, count in Counter(names).items():
        held = np.searchsorted(spots[name], ends) - np.searchsorted(spots[name], begins)
        kept &= held >= count
    found: Spots = begins[kept]
    return found


def _among(values: Spots, sorted_values: Spots) -> npt.NDArray[np.bool_]:
    """Which values stand among the sorted ones."""
    if not len(sorted_values):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(sorted_values, values), len(sorted_values) - 1)
    found: npt.NDArray[np.bool_] = sorted_values[places] == values
    return found
