"""Where do syllables occur next to each other, in order? The rarest is read first.

The questions of one request have many similar phrases: with the same first syllable, with the same prefix at
the end ("của t*"), and each without its marks too ("cua t*"). What is large is read once for all of them
(request_cache).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    Spots,
    is_scanned,
    read_blocks,
    read_spots,
)
from indexer.engines.whoosh.place_bits import fits_in_bits, keep_followed
from indexer.engines.whoosh.place_pairs import are_sorted_together, find_pairs
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.engines.whoosh.spot_intersection import intersect, intersect_blocks
from indexer.fields import TEXT_FIELDS, Field
from indexer.kernels.spots import numbers_of, phrase_spots
from indexer.places import Zone
from indexer.query import Match
from indexer.request_cache import cached, cached_if_frequent
from indexer.text.fold import fold

MANY_TERMS = 256  # terms; the postings of more are scanned, and not searched one by one
_RUNS = 8  # at most so many runs of terms are compared one by one

Read = Callable[[TermSet, DocumentNumbers | None], Spots]
"""Reads the spots of terms, in some articles or in all."""


class Lead(NamedTuple):
    """The syllable of a phrase that is read first, in all articles.

    Attributes:
        place: its index in the phrase.
        zone: the only zone in which it is read; None: in all.
    """

    term_set: TermSet
    place: int
    zone: Zone | None


class Phrase(NamedTuple):
    """A phrase: the match, and the terms that each of its syllables means."""

    match: Match
    slots: Sequence[TermSet]
    zone: Zone | None


def find_phrase(
    segment: Segment, phrase: Phrase, within: DocumentNumbers, read: Read, *, anywhere: bool
) -> Spots:
    """The spots where a phrase begins, in any order.

    Args:
        within: the articles (ascending) that may hold it.
        anywhere: whether the question is about all articles, so that what is read can be shared.
    """
    slots = phrase.slots
    if segment.view.is_usable and all(term_set.count <= MANY_TERMS for term_set in slots):
        order = sorted(range(len(slots)), key=lambda place: slots[place].postings)
        zone = -1 if phrase.zone is None else phrase.zone
        return phrase_spots(segment.view, slots, order, zone, within)
    first, *others = sorted(range(len(slots)), key=lambda place: slots[place].postings)
    if anywhere and is_scanned(segment, slots[first], within):
        lead = Lead(slots[first], first, phrase.zone)
        wide = _without_marks(segment, phrase.match, lead)
        starts = _starts(segment, lead, read)
        if others and _is_scanned(segment, starts, slots[others[0]], first):
            starts = _after(segment, lead, wide, slots[others[0]], others[0], read)
            others = others[1:]
    elif others and _are_sorted(segment, phrase, (first, others[0]), within):
        pair = slots[first], slots[others[0]]
        starts = find_pairs(segment, pair, others[0] - first, within) - first
        others = others[1:]
    else:
        starts = read(slots[first], within) - first
    for place in others:
        starts = _narrowed(segment, starts, slots[place], place, first)
    return starts


def _are_sorted(segment: Segment, phrase: Phrase, places: tuple[int, int], within: DocumentNumbers) -> bool:
    """Whether the syllables at two places are looked for at once; of a zone, fewer places are read."""
    first, second = (phrase.slots[place] for place in places)
    return phrase.zone is None and are_sorted_together(segment, (first, second), within)


def _narrowed(segment: Segment, starts: Spots, term_set: TermSet, place: int, first: int) -> Spots:
    """Those starts that have any of the terms ``place`` syllables on."""
    if not len(starts):
        return starts
    if _is_scanned(segment, starts, term_set, first):
        return _followed(segment, starts, term_set, place, None)
    here = _articles(segment, starts + first)
    return intersect(starts + place, read_spots(segment, term_set, here).spots) - place


def _is_scanned(segment: Segment, starts: Spots, term_set: TermSet, first: int) -> bool:
    """Whether scanning the terms' postings is cheaper than searching them for the articles of the starts."""
    here = None if len(starts) > segment.count else _articles(segment, starts + first)
    return is_scanned(segment, term_set, here)


def _starts(segment: Segment, lead: Lead, read: Read) -> Spots:
    return cached_if_frequent((segment, lead), lambda: read(lead.term_set, None) - lead.place, _size)


def _after(segment: Segment, lead: Lead, wide: Lead, term_set: TermSet, step: int, read: Read) -> Spots:
    """The starts of a lead that have any of the terms ``step`` syllables on.

    The terms are read once for the lead as typed and without its marks, since a request asks for both.
    """

    def make() -> Spots:
        return _followed(segment, _starts(segment, wide, read), term_set, step, wide)

    met = cached((segment, wide, term_set, step), make, _size)
    return met if wide.term_set is lead.term_set else intersect(met, _starts(segment, lead, read))


def _without_marks(segment: Segment, match: Match, lead: Lead) -> Lead:
    """The lead as if typed without marks, where the request asks for that too; else the lead itself."""
    typed = match.typed[lead.place]
    if typed.complete or typed.exact:
        return lead
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    term_set = segment.term_set(field, typed._replace(syllable=fold(typed.syllable)))
    covered = len(term_set.runs) <= _RUNS and all(
        any(other.start <= run.start and run.stop <= other.stop for other in term_set.runs)
        for run in lead.term_set.runs
    )
    return lead._replace(term_set=term_set) if covered and is_scanned(segment, term_set, None) else lead


def _followed(segment: Segment, starts: Spots, term_set: TermSet, step: int, known: Lead | None) -> Spots:
    """Those starts that have any of the terms ``step`` syllables on; the terms' postings are scanned."""
    if fits_in_bits(segment):
        return keep_followed(segment, starts, term_set, step, known)
    return intersect_blocks(starts, read_blocks(segment, term_set), -step)


def _articles(segment: Segment, spots: Spots) -> DocumentNumbers:
    mask = np.zeros(segment.count, np.bool_)
    mask[spots >> ARTICLE_SHIFT] = True
    return numbers_of(mask)


def _size(spots: Spots) -> int:
    return spots.nbytes
