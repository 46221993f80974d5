"""Where are the hits of matches in a segment, and how many has each article? From the postings' positions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.budget import charge
from indexer.counting import CountedText, Int64Array, Mask
from indexer.engines.whoosh.matching import find_match_spots
from indexer.engines.whoosh.occurrences import (
    ARTICLE_SHIFT,
    POSITION_MASK,
    SEARCH_COST,
    Spots,
    places_among,
    read_spots,
    zones,
)
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.fields import Field
from indexer.hit_matches import EVERY_ZONE, zones_of
from indexer.kernels.library import library
from indexer.kernels.spots import sort_runs
from indexer.places import Zone
from indexer.query import Match
from indexer.window_hits import window_spans


@dataclass(frozen=True, slots=True)
class SegmentHits:
    """Hits, ascending by article, start and stop; int64 arrays of shape (h,).

    Attributes:
        rows: the place of the article among those that were asked about.
        starts, stops: flat positions.
    """

    rows: Int64Array
    starts: Int64Array
    stops: Int64Array


KnownSpots = Callable[[Match], Spots | None]
"""Where a match begins, in those articles at least that are asked about; None: it is not known."""


def count_hits(
    segment: Segment,
    matches: Sequence[Match],
    numbers: DocumentNumbers,
    text: CountedText,
    known: KnownSpots = lambda _: None,
) -> Int64Array:
    """How many hits each of some articles (ascending) has.

    Spans of different lengths are different hits, so that each length is counted by itself; single syllables
    by the counts of their postings, without positions. Windows have several lengths, so that all is located.
    """
    counts = np.zeros(segment.count, np.int64)
    if not len(numbers) or not matches:
        return np.zeros(len(numbers), np.int64)
    if any(match.slop for match in matches):
        rows = locate_hits(segment, matches, numbers, text).rows
        return np.bincount(rows, minlength=len(numbers)).astype(np.int64)
    for length, some in _by_length(matches).items():
        if length == 1 and _are_whole_syllables(segment, some, text):
            for match in some:
                _add_syllable(counts, segment, match, numbers)
        else:
            starts = _distinct([_spots(segment, match, numbers, known) for match in some])
            stays = _counted(segment, starts, starts + length, text)
            starts = starts if stays is None else starts[stays]
            counts += np.bincount(starts >> ARTICLE_SHIFT, minlength=segment.count)
    counted: Int64Array = counts[numbers]
    return counted


def _by_length(matches: Sequence[Match]) -> dict[int, list[Match]]:
    groups: dict[int, list[Match]] = {}
    for match in matches:
        groups.setdefault(len(match.syllables), []).append(match)
    return groups


def _spots(segment: Segment, match: Match, numbers: DocumentNumbers, known: KnownSpots) -> Spots:
    spots = known(match)
    if spots is None:
        spots = find_match_spots(segment, match, numbers)
        charge(match)
    return spots


def _distinct(parts: Sequence[Spots]) -> Spots:
    """The spots of several matches, each once; those of one match are distinct."""
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _are_whole_syllables(segment: Segment, matches: Sequence[Match], text: CountedText) -> bool:
    """Whether every occurrence of each match's syllable is a hit, and of no other match."""
    if text.zones != EVERY_ZONE or text.once:
        return False
    if any(match.as_word or zones_of(match) != EVERY_ZONE for match in matches):
        return False
    terms = [segment.term_set(Field.TEXT, match.typed[0]).runs for match in matches]
    runs = sorted((run.start, run.stop) for own in terms for run in own)
    return all(before[1] <= after[0] for before, after in pairwise(runs))


def _add_syllable(counts: Int64Array, segment: Segment, match: Match, numbers: DocumentNumbers) -> None:
    """Adds the occurrences of a syllable in some articles at least."""
    term_set = segment.term_set(Field.TEXT, match.typed[0])
    for postings in term_set.slices:
        held, frequencies = segment.numbers(postings), segment.counts(postings)
        if not term_set.single:
            own = np.bincount(held, frequencies, minlength=segment.count)
            counts += own.astype(np.int64)
        elif len(numbers) * SEARCH_COST < len(held):
            present, places = places_among(numbers, held)
            counts[numbers[present]] += frequencies[places[present]]
        else:
            counts[held] += frequencies
    charge(match)


def locate_hits(
    segment: Segment, matches: Sequence[Match], numbers: DocumentNumbers, text: CountedText
) -> SegmentHits:
    """The hits in some articles (ascending)."""
    by_length: dict[int, list[Spots]] = {}
    windows: list[tuple[Int64Array, Int64Array]] = []
    for match in matches if len(numbers) else ():
        if match.slop:
            windows.append(_window_hits(segment, match, numbers))
        else:
            by_length.setdefault(len(match.syllables), []).append(find_match_spots(segment, match, numbers))
        charge(match)
    plain = [_with_stops(some, length) for length, some in by_length.items()]
    starts, stops = _merged([*plain, *windows])
    own = np.zeros(segment.count, np.bool_)
    own[numbers] = True
    stays = own[starts >> ARTICLE_SHIFT]
    if not stays.all():
        starts, stops = starts[stays], stops[stays]
    counted = _counted(segment, starts, stops, text)
    if counted is not None:
        starts, stops = starts[counted], stops[counted]
    rows = np.searchsorted(numbers, starts >> ARTICLE_SHIFT)
    return SegmentHits(rows.astype(np.int64), starts & POSITION_MASK, stops & POSITION_MASK)


def _with_stops(parts: Sequence[Spots], length: int) -> tuple[Spots, Spots]:
    """Where the hits of matches of one length begin, ascending, and where they end."""
    starts = parts[0] if len(parts) == 1 else np.concatenate(parts)
    starts = np.sort(starts) if library() is None else sort_runs(starts.copy())
    if len(parts) > 1:
        starts = starts[np.diff(starts, prepend=-1) > 0]
    return starts, starts + length


def _merged(parts: Sequence[tuple[Spots, Spots]]) -> tuple[Spots, Spots]:
    """Hits of several lengths, ascending, each once."""
    if len(parts) == 1:
        return parts[0]
    nothing = np.empty(0, np.int64)
    starts = np.concatenate([nothing, *(start for start, _ in parts)])
    stops = np.concatenate([nothing, *(stop for _, stop in parts)])
    order = np.lexsort((stops, starts))
    starts, stops = starts[order], stops[order]
    is_new = (np.diff(starts, prepend=-1) > 0) | (np.diff(stops, prepend=-1) != 0)
    return starts[is_new], stops[is_new]


def _window_hits(segment: Segment, match: Match, numbers: DocumentNumbers) -> tuple[Spots, Spots]:
    """The hits of an unordered window; looked for in the articles that hold one."""
    found = np.unique(find_match_spots(segment, match, numbers) >> ARTICLE_SHIFT).astype(numbers.dtype)
    nothing = np.empty(0, np.int64)
    if not len(found):
        return nothing, nothing
    slots = []
    for typed in match.typed:
        spots = np.sort(read_spots(segment, segment.term_set(Field.TEXT, typed), found).spots)
        if zones_of(match) != EVERY_ZONE:
            spots = spots[np.isin(zones(segment, spots), sorted(zones_of(match)))]
        edges = (
            np.searchsorted(spots >> ARTICLE_SHIFT, found, "left"),
            np.searchsorted(spots >> ARTICLE_SHIFT, found, "right"),
        )
        slots.append((spots, *(edge.tolist() for edge in edges)))
    spans = []
    for place in range(len(found)):
        own = [spots[first[place] : last[place]].tolist() for spots, first, last in slots]
        spans += window_spans(own, len(match.syllables) + match.slop)
        charge(match)
    columns = np.array(spans, np.int64).reshape(-1, 2).T
    return columns[0], columns[1]


def _counted(segment: Segment, starts: Spots, stops: Spots, text: CountedText) -> Mask | None:
    """Which hits stand in the text that is counted; None: all."""
    if text.zones == EVERY_ZONE and not text.once:
        return None
    own_zones = zones(segment, starts)
    stays = np.isin(own_zones, sorted(text.zones))
    if text.once:
        ends = segment.arrays["repeat_ends"][starts >> ARTICLE_SHIFT].astype(np.int64)
        stays &= (own_zones != Zone.BODY) | (stops & POSITION_MASK > ends)
    return stays
