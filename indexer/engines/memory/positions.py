"""Where does a match occur in an article? Phrases, windows and words, in the plainest way."""

from collections import Counter

from indexer.engine import AnalysedArticle, Occurrences
from indexer.fields import TEXT_FIELDS, Field
from indexer.places import ZONE_WEIGHTS, Place, Zone, unpack
from indexer.query import Match, Typed
from indexer.spans import unpack_spans
from indexer.text.readings import fits


def weighted_frequency(places: list[Place]) -> float:
    """The number of places, weighted by zone."""
    return sum(ZONE_WEIGHTS[Zone(place.zone)] for place in places)


def find_match(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match, or an expansion of it, begins in an article."""
    return [place for variant in (match, *match.expansions) for place in _find_variant(article, variant)]


def _find_variant(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match begins in an article."""
    slots = [_places(article, match, typed) for typed in match.typed]
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


def _windows(slots: list[list[Place]], match: Match) -> list[Place]:
    """The places that begin a window of len(syllables) + slop with each syllable as often as typed."""
    names = [
        (syllable, match.prefix and slot == len(slots) - 1) for slot, syllable in enumerate(match.syllables)
    ]
    wanted = Counter(names)
    reach = len(slots) + match.slop
    by_syllable = dict(zip(names, slots, strict=True))
    return [
        begin
        for begin in sorted(
            {place for places in slots for place in places}, key=lambda place: (place.zone, place.position)
        )
        if all(
            sum(
                place.zone == begin.zone and 0 <= place.position - begin.position < reach
                for place in by_syllable[syllable]
            )
            >= count
            for syllable, count in wanted.items()
        )
    ]


def _places(article: AnalysedArticle, match: Match, typed: Typed) -> list[Place]:
    """Every place of the terms that a typed syllable means, in the field of the match."""
    zones = {Field.TITLE: {Zone.TITLE}, Field.CAPTION: {Zone.CAPTIONS}}.get(match.field, set(Zone))
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    return [place for place in map(unpack, find_syllable(article, field, typed)) if place.zone in zones]


def find_syllable(article: AnalysedArticle, field: Field, typed: Typed) -> list[int]:
    """The packed places of the terms that a typed syllable means."""
    return [place for term, places in article.places[field].items() if fits(typed, term) for place in places]


def typed_occurrences(article: AnalysedArticle, syllables: tuple[Typed, ...]) -> Occurrences:
    """Where the typed syllables occur in the text."""
    places = {typed: tuple(sorted(find_syllable(article, Field.TEXT, typed))) for typed in syllables}
    return Occurrences(article.change, places, unpack_spans(article.spans))
