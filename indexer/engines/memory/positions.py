"""Where does a match occur in an article? Phrases, windows and words, in the plainest way."""

from collections import defaultdict

import numpy as np

from indexer.engine import KEY_BITS, AnalysedArticle, Occurrences
from indexer.fields import TEXT_FIELDS, Field
from indexer.places import ZONE_WEIGHTS, Place, Zone, unpack
from indexer.query import Match, Typed
from indexer.spans import unpack_spans
from indexer.text.readings import fits
from indexer.window_hits import has_place_for_each


def weighted_frequency(places: list[Place]) -> float:
    """The number of places, weighted by zone."""
    return sum(ZONE_WEIGHTS[Zone(place.zone)] for place in places)


def find_match(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match, or an expansion of it, begins in an article."""
    return [place for variant in (match, *match.expansions) for place in find_variant(article, variant)]


def find_variant(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match begins in an article."""
    slots = [slot_places(article, match, typed) for typed in match.typed]
    if match.slop:
        return _windows(slots, match)
    following = [{(place.zone, place.position): place for place in places} for places in slots]
    return [first for first in slots[0] if _is_phrase(first, following, as_word=match.as_word)]


def _is_phrase(first: Place, following: list[dict[tuple[int, int], Place]], *, as_word: bool) -> bool:
    run = [slot.get((first.zone, first.position + step)) for step, slot in enumerate(following)]
    if None in run:
        return False
    places = [place for place in run if place]
    if not as_word:
        return True
    return places[0].begins and places[-1].ends and not any(place.begins for place in places[1:])


def find_readings(article: AnalysedArticle, match: Match) -> set[str]:
    """The terms, joined by spaces, as which a phrase stands in an article, without its expansions."""
    slots = [
        {
            (place.zone, place.position): term
            for term, places in article.places[Field.TEXT].items()
            if fits(typed, term)
            for place in map(unpack, places)
        }
        for typed in match.typed
    ]
    runs = (
        [slot.get((zone, position + step)) for step, slot in enumerate(slots)] for zone, position in slots[0]
    )
    return {" ".join(term for term in run if term) for run in runs if None not in run}


def _windows(slots: list[list[Place]], match: Match) -> list[Place]:
    """The places that begin a window of len(syllables) + slop with a place of its own for each syllable."""
    reach = len(slots) + match.slop
    meant: defaultdict[Place, set[int]] = defaultdict(set)
    for slot, places in enumerate(slots):
        for place in places:
            meant[place].add(slot)
    return [
        begin
        for begin in sorted(meant, key=lambda place: (place.zone, place.position))
        if has_place_for_each(
            [
                slots_here
                for place, slots_here in meant.items()
                if place.zone == begin.zone and 0 <= place.position - begin.position < reach
            ],
            len(slots),
        )
    ]


def slot_places(article: AnalysedArticle, match: Match, typed: Typed) -> list[Place]:
    """Every place of the terms that a typed syllable means, in the field of the match."""
    zones = {Field.TITLE: {Zone.TITLE}, Field.CAPTION: {Zone.CAPTIONS}}.get(match.field, set(Zone))
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    return [place for place in map(unpack, find_syllable(article, field, typed)) if place.zone in zones]


def find_syllable(article: AnalysedArticle, field: Field, typed: Typed) -> list[int]:
    """The packed places of the terms that a typed syllable means."""
    return [place for term, places in article.places[field].items() if fits(typed, term) for place in places]


def typed_occurrences(article: AnalysedArticle, syllables: tuple[Typed, ...]) -> Occurrences:
    """Where the typed syllables occur in the text."""
    keys = [
        place << KEY_BITS | number
        for number, typed in enumerate(syllables)
        for place in find_syllable(article, Field.TEXT, typed)
    ]
    return Occurrences(
        article.change, syllables, np.array(sorted(keys), np.int64), unpack_spans(article.spans)
    )
