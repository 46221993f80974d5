"""Where does a source's coverage begin, end or break within a series? A fall of the figures may be only that.

Told are the sources that have at least _SHARE of the articles held in the periods, _MOST of them at most. A
break is a run of periods in which such a source has no article, at least as long as _LEAST_BREAK says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from indexer.counting import Int64Array
from search_app.answer.counting.dated import DatedCounts, Periods, add_up
from search_app.answer.periods import TimeUnit

_SHARE = 0.05
_MOST = 6
_LEAST_BREAK = {
    TimeUnit.DAY: 7,
    TimeUnit.WEEK: 3,
    TimeUnit.MONTH: 2,
    TimeUnit.QUARTER: 1,
    TimeUnit.YEAR: 1,
    TimeUnit.DECADE: 1,
}
"""Periods without an article that are a break."""


class CoverageEvent(StrEnum):
    """What becomes of a source."""

    BEGINS = "begins"
    ENDS = "ends"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A place of a series where the coverage of a source begins, ends or breaks.

    Attributes:
        row: the period: its first, its last, or the first without an article.
        first, last: the days of that period; of a break, of all its periods.
    """

    source: str
    event: CoverageEvent
    row: int
    first: date
    last: date


def source_notes(periods: Periods, held: DatedCounts, sources: tuple[str, ...]) -> tuple[SourceNote, ...]:
    """What is to be said of the sources of what is held, in the order of time.

    Args:
        held: its codes are those of ``sources``.
    """
    if not len(periods):
        return ()
    places, is_within = periods.places(held)
    is_exact = is_within & (held.first_days > 0) & ~held.guessed
    dated, places = held.only(is_exact), places[is_exact]
    inside = places < len(periods)
    by_source = add_up(dated.codes[inside], dated.articles[inside], len(sources))
    large = np.flatnonzero(by_source >= max(1, _SHARE * by_source.sum()))
    largest = large[np.argsort(-by_source[large], kind="stable")][:_MOST]
    notes = [
        note
        for code in largest.tolist()
        for note in _notes_of(periods, sources[code], dated.only(dated.codes == code))
    ]
    return tuple(sorted(notes, key=lambda note: (note.first, note.source)))


def _notes_of(periods: Periods, source: str, own: DatedCounts) -> Iterator[SourceNote]:
    """The notes of one source, of all articles that it has on exact dates, also beyond the periods."""
    spans = tuple(periods.spans())
    places, _ = periods.places(own)
    held = np.unique(places[places < len(periods)])
    is_before = bool((own.first_days < periods.edges[0]).any())
    is_after = bool((own.first_days >= periods.edges[-1]).any())
    if held[0] > 0 and not is_before:
        yield SourceNote(source, CoverageEvent.BEGINS, int(held[0]), *spans[held[0]])
    if held[-1] < len(periods) - 1 and not is_after:
        yield SourceNote(source, CoverageEvent.ENDS, int(held[-1]), *spans[held[-1]])
    bounded = np.concatenate([[-1] if is_before else [], held, [len(periods)] if is_after else []])
    for first, stop in _breaks(bounded.astype(np.int64), _LEAST_BREAK[periods.unit]):
        yield SourceNote(source, CoverageEvent.BREAKS, first, spans[first][0], spans[stop - 1][1])


def _breaks(held: Int64Array, least: int) -> Iterator[tuple[int, int]]:
    """The runs of numbers between ascending ones that are at least so long: first, and one after last."""
    for place in np.flatnonzero(np.diff(held) > least).tolist():
        yield int(held[place]) + 1, int(held[place + 1])
