"""Which spans of an article are hits of a query, and which text are they measured against?

A hit is one span of one match. A unit is a hit where it stands together, a phrase where its syllables stand
in a row, an expansion where it stands; matches of the branches of an OR each have their own, and equal spans
are one hit. Words of a question that only ask, words of a date, what is below NOT, and the syllables of a
unit that stands scattered are none. Every repeat counts: in headline, lede, body and captions.
"""

from collections.abc import Iterator

from indexer.fields import TEXT_FIELDS, Field
from indexer.places import Zone
from indexer.query import And, Match, Or, Query, Words, without_labels
from indexer.tiers import required_units

EVERY_ZONE = frozenset(Zone)
_ONLY = {Field.TITLE: frozenset({Zone.TITLE}), Field.CAPTION: frozenset({Zone.CAPTIONS})}


def hit_matches(query: Query) -> tuple[Match, ...]:
    """The matches of a query whose spans are hits, each once, without labels; expansions as matches."""
    every = (variant for match in _matches(query) for variant in (match, *match.expansions))
    return tuple(dict.fromkeys(without_labels(match) for match in every if match.field in TEXT_FIELDS))


def counted_zones(query: Query) -> frozenset[Zone]:
    """The zones in which hits of a query can stand; all, where it has none."""
    matches = hit_matches(query)
    return frozenset().union(*map(zones_of, matches)) if matches else EVERY_ZONE


def zones_of(match: Match) -> frozenset[Zone]:
    """The zones in which a match can stand."""
    return _ONLY.get(match.field, EVERY_ZONE)


def _matches(query: Query) -> Iterator[Match]:
    match query:
        case Match():
            yield query
        case Words():
            yield from (required.unit for required in required_units(query))
        case And(children) | Or(children):
            for child in children:
                yield from _matches(child)
