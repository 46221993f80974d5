"""How are the articles of a segment ranked by the loops in C? What numpy does, asked for in two calls."""

from collections.abc import Mapping

import numpy as np

from indexer.boosts import BoostedMatch
from indexer.engines.whoosh.matching import ONLY_ZONE
from indexer.engines.whoosh.postings import WEIGHTS
from indexer.engines.whoosh.segment_matches import SegmentMatch
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermRuns, TermSet
from indexer.engines.whoosh.top_k import Scores
from indexer.fields import TEXT_FIELDS, Field
from indexer.kernels.best import ScoredMatch
from indexer.kernels.bonuses import Asked, Slots, bonuses
from indexer.places import Zone
from indexer.proximity import HEAD_BOOSTS, WINDOW, WINDOW_BOOST, ProximityTerms
from indexer.query import Match, Typed
from indexer.scoring import K1

SATURATION = K1 + 1
_HEAD = (Zone.LEDE, Zone.TITLE)
_ANY_ZONE = -1
_ZONE_WEIGHTS = WEIGHTS.astype(np.float64)


def scored_match(
    match: SegmentMatch, boosted: BoostedMatch, idfs: Mapping[Match, float], norms: Scores
) -> ScoredMatch:
    """A match in a segment as the loop is given it."""
    row, idf = match.row, idfs[boosted.match]
    if row is not None:
        return ScoredMatch((row.capped, row.impacts(norms)), *row.past, boosted.boost, idf)
    numbers = match.numbers
    return ScoredMatch(None, numbers, match.frequencies(numbers), boosted.boost, idf)


def is_loose(terms: ProximityTerms) -> bool:
    """Whether all are syllables in a row, as the loop has them: no word as segmented, no unordered window."""
    matches = (*(word.match for word, _ in terms.words), *(form.match for form in terms.forms))
    every = (own for match in matches for own in (match, *match.expansions))
    return not any(match.slop or match.as_word for match in every)


def proximity_bonuses(
    segment: Segment, numbers: DocumentNumbers, terms: ProximityTerms, norms: Scores
) -> Scores:
    """What proximity adds to the scores of some articles (ascending); the terms are loose."""
    slots = _Slots(segment)
    asked = Asked(
        slots=slots.term_sets,
        pairs=[
            (slots.place(pair.first), slots.place(pair.second), pair.boost, idf) for pair, idf in terms.pairs
        ],
        forms=[
            (ONLY_ZONE.get(form.match.field, _ANY_ZONE), slots.of_forms(form.match), form.value)
            for form in terms.forms
        ],
        words=[slots.of_forms(word.match) for word, _ in terms.words],
        worth=np.array(
            [
                [WINDOW_BOOST * word.boost * idf for word, idf in terms.words],
                *([HEAD_BOOSTS[zone] * word.boost * idf for word, idf in terms.words] for zone in _HEAD),
            ]
        ),
        width=WINDOW,
        zone_weights=_ZONE_WEIGHTS,
        saturation=SATURATION,
    )
    return bonuses(segment.view, asked, numbers, norms)


class _Slots:
    """The distinct sets of terms of typed syllables, numbered as they are met."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._places: dict[tuple[Field, Typed], int] = {}
        self._by_terms: dict[TermRuns, int] = {}
        self.term_sets: list[TermSet] = []

    def place(self, typed: Typed, field: Field = Field.TEXT) -> int:
        """The number of a typed syllable in a field."""
        key = (field, typed)
        known = self._places.get(key)
        if known is None:
            term_set = self._segment.term_set(field, typed)
            known = self._by_terms.setdefault(term_set.runs, len(self.term_sets))
            self._places[key] = known
            if known == len(self.term_sets):
                self.term_sets.append(term_set)
        return known

    def of_forms(self, match: Match) -> list[Slots]:
        """Those of the syllables of a match, and of each of its expansions."""
        return [self._places_of(form) for form in (match, *match.expansions)]

    def _places_of(self, match: Match) -> Slots:
        field = Field.TEXT if match.field in TEXT_FIELDS else match.field
        return [self.place(typed, field) for typed in match.typed]
