"""Where do some syllables stand next to each other, in order? The rarest is read first, others where it is.

One request asks of many phrases that are alike: with the same first syllable, with the same beginning at the
end ("của t*"), and of each without its marks ("cua t*"). What is large is read once for all of them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.common_spots import common, common_of_pieces
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Spots, is_read_whole, occurring, pieces
from indexer.engines.whoosh.place_bits import fits, followed
from indexer.engines.whoosh.segments import Meant, Numbers, Segment
from indexer.places import Zone
from indexer.query import TEXT_FIELDS, Field, Match
from indexer.sharing import once, once_often
from indexer.text.fold import fold

_RUNS = 8  # runs of terms that are compared one by one

Read = Callable[[Meant, Numbers | None], Spots]
"""The spots of terms, in some articles or in all."""


class Lead(NamedTuple):
    """The syllable of a phrase that is read first, in all articles.

    Attributes:
        place: in the phrase.
        zone: in which alone it is read.
    """

    meant: Meant
    place: int
    zone: Zone | None


class Phrase(NamedTuple):
    """Syllables that stand next to each other: the match, and the terms that each of its syllables means."""

    match: Match
    slots: Sequence[Meant]
    zone: Zone | None


def phrases(segment: Segment, phrase: Phrase, within: Numbers, read: Read, *, anywhere: bool) -> Spots:
    """Where a phrase begins, in any order.

    Args:
        within: the articles (ascending) that may hold it.
        anywhere: whether it is looked for in all articles.
    """
    slots = phrase.slots
    first, *others = sorted(range(len(slots)), key=lambda place: slots[place].postings)
    if anywhere and is_read_whole(segment, slots[first], within):
        lead = Lead(slots[first], first, phrase.zone)
        wide = _without_marks(segment, phrase.match, lead)
        starts = _starts(segment, lead, read)
        if others and _is_whole(segment, starts, slots[others[0]], first):
            starts = _after(segment, lead, wide, slots[others[0]], others[0], read)
            others = others[1:]
    else:
        starts = read(slots[first], within) - first
    for place in others:
        starts = _narrowed(segment, starts, slots[place], place, first)
    return starts


def _narrowed(segment: Segment, starts: Spots, meant: Meant, place: int, first: int) -> Spots:
    """Those that have any of the terms ``place`` places on."""
    if not len(starts):
        return starts
    if _is_whole(segment, starts, meant, first):
        return _followed(segment, starts, meant, place, None)
    here = _articles(segment, starts + first)
    return common(starts + place, occurring(segment, meant, here).spots) - place


def _is_whole(segment: Segment, starts: Spots, meant: Meant, first: int) -> bool:
    """Whether terms are rather read as they lie than looked up in the articles of the starts."""
    here = None if len(starts) > segment.count else _articles(segment, starts + first)
    return is_read_whole(segment, meant, here)


def _starts(segment: Segment, lead: Lead, read: Read) -> Spots:
    return once_often((segment, lead), lambda: read(lead.meant, None) - lead.place, _size)


def _after(segment: Segment, lead: Lead, wide: Lead, meant: Meant, step: int, read: Read) -> Spots:
    """The starts of a lead that have any of the terms ``step`` places on.

    The terms are read once for the lead as typed and without its marks, since both are asked for.
    """

    def make() -> Spots:
        return _followed(segment, _starts(segment, wide, read), meant, step, wide)

    met = once((segment, wide, meant, step), make, _size)
    return met if wide.meant is lead.meant else common(met, _starts(segment, lead, read))


def _without_marks(segment: Segment, match: Match, lead: Lead) -> Lead:
    """The lead as typed without marks, where that is asked for too and means more; else itself."""
    typed = match.typed[lead.place]
    if typed.complete or typed.exact:
        return lead
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    meant = segment.meant(field, typed._replace(syllable=fold(typed.syllable)))
    covered = len(meant.runs) <= _RUNS and all(
        any(one.start <= run.start and run.stop <= one.stop for one in meant.runs) for run in lead.meant.runs
    )
    return lead._replace(meant=meant) if covered and is_read_whole(segment, meant, None) else lead


def _followed(segment: Segment, starts: Spots, meant: Meant, step: int, known: Lead | None) -> Spots:
    """Those that have any of the terms ``step`` places on; the terms are read as they lie."""
    if fits(segment):
        return followed(segment, starts, meant, step, known)
    return common_of_pieces(starts, pieces(segment, meant), -step)


def _articles(segment: Segment, spots: Spots) -> Numbers:
    mask = np.zeros(segment.count, np.bool_)
    mask[spots >> ARTICLE_SHIFT] = True
    return np.flatnonzero(mask).astype(np.uint16)


def _size(spots: Spots) -> int:
    return spots.nbytes
