"""Where does a match of several syllables occur in a segment? Phrases, windows and words, on arrays.

Positions are read only in articles that hold every syllable; the rarest syllable is read first.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from indexer.engines.whoosh.occurrences import (
    SEARCH_COST,
    IndexedSpots,
    Mask,
    Spots,
    flags,
    places_among,
    read_spots,
    stream_spots,
    zones,
)
from indexer.engines.whoosh.phrases import MANY_TERMS, Phrase, find_phrase
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.engines.whoosh.spot_intersection import intersect
from indexer.engines.whoosh.windows import SyllableClass, find_windows
from indexer.fields import Field
from indexer.kernels import spots as spots_in_c
from indexer.kernels.library import library
from indexer.kernels.spots import intersect_sorted, numbers_of, sort_runs
from indexer.places import BEGINS, ENDS, Zone
from indexer.query import Match
from indexer.text.readings import meaning_key

ONLY_ZONE = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}
_NOWHERE: Spots = np.empty(0, np.int64)
_NEARLY_ALL = 4  # postings per article, from which nearly every article holds some of the terms
_FEW = 4_096  # postings, below which sorting them is faster than a mask of all articles


def articles_of(segment: Segment, term_set: TermSet) -> DocumentNumbers:
    """The articles that hold any of the terms."""
    parts = [segment.numbers(postings) for postings in term_set.slices]
    if term_set.single:
        return parts[0]
    if term_set.postings < _FEW:
        return np.unique(np.concatenate([np.empty(0, np.uint16), *parts]))
    return numbers_of(articles_mask(segment, term_set))


def articles_mask(segment: Segment, term_set: TermSet) -> Mask:
    """The same as a mask."""
    if segment.view.is_usable:
        return spots_in_c.mask(segment.view, term_set, segment.count)
    mask = np.zeros(segment.count, np.bool_)
    for postings in term_set.slices:
        mask[segment.numbers(postings)] = True
    return mask


def articles_among(segment: Segment, term_set: TermSet, numbers: DocumentNumbers) -> DocumentNumbers:
    """Those of some articles (ascending) that hold any of the terms."""
    if not term_set.postings:
        return numbers[:0]
    if segment.view.is_usable and term_set.count <= MANY_TERMS:
        return spots_in_c.among(segment.view, term_set, numbers)
    if term_set.single and len(numbers) * SEARCH_COST < term_set.postings:
        present, _ = places_among(numbers, segment.numbers(term_set.slices[0]))
        return numbers[present]
    return numbers[articles_mask(segment, term_set)[numbers]]


def find_match_spots(segment: Segment, match: Match, within: DocumentNumbers) -> Spots:
    """The spots where a match of the text, without its expansions, begins in some articles (ascending)."""
    slots = [segment.term_set(Field.TEXT, typed) for typed in match.typed]
    if not len(within) or not all(term_set.postings for term_set in slots):
        return _NOWHERE
    return find_spots(segment, match, slots, within)


def find_spots(
    segment: Segment, match: Match, slots: Sequence[TermSet], within: DocumentNumbers | None = None
) -> Spots:
    """The spots where a match begins, in any order; in some articles (ascending), or in all."""
    numbers = _holding_all(segment, slots, within)
    zone = ONLY_ZONE.get(match.field)

    def in_zone(spots: Spots) -> Spots:
        return spots if zone is None else spots[zones(segment, spots) == zone]

    if match.as_word:
        return in_zone(_words(segment, slots, numbers))

    def read(term_set: TermSet, numbers: DocumentNumbers | None) -> Spots:
        return np.concatenate([_NOWHERE, *map(in_zone, stream_spots(segment, term_set, numbers))])

    if match.slop:
        return _windows(match, slots, lambda term_set: read(term_set, numbers))
    if numbers is None:  # a single syllable of a zone
        return read(slots[0], None)
    # A phrase begins and ends in one zone, for the gaps between zones are wide.
    phrase = Phrase(match, slots, zone)
    return find_phrase(segment, phrase, numbers, read, anywhere=within is None)


def _windows(match: Match, slots: Sequence[TermSet], read: Callable[[TermSet], Spots]) -> Spots:
    """The spots where an unordered window of the slots begins; syllables of one meaning are read once."""
    wholes = slots[:-1] if match.prefix else slots
    keys = [meaning_key(typed) for typed, _ in zip(match.typed, wholes, strict=False)]
    wanted, term_sets = Counter(keys), dict(zip(keys, wholes, strict=True))
    classes = [SyllableClass(read(term_sets[key]), count) for key, count in wanted.items()]
    return find_windows(classes, read(slots[-1]) if match.prefix else None, len(slots) + match.slop)


def _words(segment: Segment, slots: Sequence[TermSet], numbers: DocumentNumbers | None) -> Spots:
    """The spots where the slots' terms are adjacent, in order, and form one word."""
    spots = {term_set: read_spots(segment, term_set, numbers) for term_set in slots}
    last = len(slots) - 1
    return find_runs([_at(segment, spots[term_set], place, last) for place, term_set in enumerate(slots)])


def _holding_all(
    segment: Segment, slots: Sequence[TermSet], within: DocumentNumbers | None
) -> DocumentNumbers | None:
    """The articles, of some or of all, that may hold a term of every slot; None for all, of a single slot."""
    if len(slots) == 1 and within is None:
        return None
    rarest, *others = sorted(set(slots), key=lambda term_set: term_set.postings)
    numbers = articles_of(segment, rarest) if within is None else articles_among(segment, rarest, within)
    for term_set in others:
        if term_set.postings < _NEARLY_ALL * segment.count:
            numbers = articles_among(segment, term_set, numbers)
    return numbers


def _at(segment: Segment, indexed: IndexedSpots, place: int, last: int) -> Spots:
    """The spots that can be at a place of a word: it begins at its first syllable and ends at its last."""
    wanted = (BEGINS if place == 0 else 0) | (ENDS if place == last else 0)
    of = BEGINS | (ENDS if place == last else 0)
    spots: Spots = indexed.spots[flags(segment, indexed.indices) & of == wanted]
    return spots


def _runs_by_loops(slots: Sequence[Spots], rarest: int) -> Spots:
    starts = sort_runs(slots[rarest] - rarest)
    for step, following in enumerate(slots):
        if step != rarest and len(starts):
            starts = intersect_sorted(starts, sort_runs(following.copy()), step)
    return starts


def find_runs(slots: Sequence[Spots]) -> Spots:
    """The spots where the slots' spots are adjacent, in order; intersected from the rarest slot."""
    rarest = min(range(len(slots)), key=lambda place: len(slots[place]))
    if library() is not None:
        return _runs_by_loops(slots, rarest)
    starts = slots[rarest] - rarest
    for step, following in enumerate(slots):
        if step != rarest and len(starts):
            starts = intersect(starts + step, following) - step
    return starts
