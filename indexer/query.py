"""What is asked? A query as a tree of plain values: what grammar makes and engines answer.

``Match`` is the only leaf that reads text: one or more syllables, adjacent or near. The others
combine. ``Words`` stands at the root, or in the root's ``And``: articles that hold all of its
members match; those that hold only some follow in a second tier, each with what it lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from indexer.facets import FacetName
from indexer.fields import TEXT_FIELDS, Field


class Typed(NamedTuple):
    """One typed syllable as it is looked up: normalised; see Match for what the flags say."""

    syllable: str
    complete: bool
    prefix: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Syllables that stand together.

    Attributes:
        label: as typed, without quotes; what a hit is said to lack.
        syllables: normalised (see indexer.text), at least one.
        field: where.
        complete: quoted: marks left out are not free.
        exact: quoted after "=": the same characters, up to case; then complete as well.
        slop: how many other syllables the window may hold; 0: adjacent, in this order.
            Above 0: a window of len(syllables) + slop syllables that holds each typed syllable
            as often as it was typed, in any order.
        prefix: the last syllable is only the beginning of one.
        as_word: the syllables are one word, as segmented.
        expansions: other spellings and names that count as this match, wherever they stand. They have the
            same field, and no expansions of their own.
    """

    label: str
    syllables: tuple[str, ...]
    field: Field = Field.TEXT
    complete: bool = False
    slop: int = 0
    prefix: bool = False
    as_word: bool = False
    expansions: tuple["Match", ...] = ()
    exact: bool = False

    @property
    def typed(self) -> tuple[Typed, ...]:
        """Its syllables, each as it is looked up."""
        last = len(self.syllables) - 1
        return tuple(
            Typed(syllable, self.complete, self.prefix and place == last, self.exact)
            for place, syllable in enumerate(self.syllables)
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """Published from ``first`` to ``last``, both included; None is open.

    An article known only to the month or year matches where its whole span lies inside.
    """

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """All of them. Empty: every article."""

    children: tuple["Query", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of it."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class Words:
    """All of them, or, in the second tier, some."""

    children: tuple[Match, ...]


Query = Match | Dates | And | Or | Not | Words


class Sort(StrEnum):
    """The order of results; each is total, ties going to the newer article, then to the id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """Values chosen in a facet: an article with any of them passes. "" is "none given".

    Attributes:
        excluded: an article with any of the values does not pass, instead.
    """

    facet: FacetName
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A query with all that decides which results come back, in which order.

    Attributes:
        facets: which to count.
        offset, size: the window of the ranked list, both tiers in one.
        occurrences: whether each hit says where the query's syllables stand in its text.
        expanded: whether other readings of what was typed count too, with a lower boost; see indexer.boosts.
        readings: whether the articles that match without expansions are counted by what each typed syllable
            is read as.
        date_histogram: whether the matching articles are counted by when they were published.
        stories: whether the stories among them are counted.
        collapse_stories: whether a hit stands for its whole story: of the articles found, in either tier,
            only the best of each story is a hit, and the window counts stories.
        first_tier_only: whether articles of the second tier are left out of the hits; their counts stay.
    """

    query: Query
    filters: tuple[FacetFilter, ...] = ()
    dates: Dates = Dates(None, None)
    sort: Sort = Sort.RELEVANCE
    facets: tuple[FacetName, ...] = ()
    offset: int = 0
    size: int = 10
    occurrences: bool = False
    expanded: bool = True
    readings: bool = False
    date_histogram: bool = False
    stories: bool = False
    collapse_stories: bool = False
    first_tier_only: bool = False


def scoring_matches(query: Query) -> Iterator[Match]:
    """The matches in text that count towards the score, in typed order; none under Not."""
    match query:
        case Match():
            if query.field in TEXT_FIELDS:
                yield query
        case And(children) | Or(children) | Words(children):
            for child in children:
                yield from scoring_matches(child)


def typed_syllables(query: Query) -> tuple[Typed, ...]:
    """What is looked up in the text, each once, in typed order."""
    matches = (one for match in scoring_matches(query) for one in (match, *match.expansions))
    return tuple(dict.fromkeys(typed for match in matches for typed in match.typed))


def ambiguous_matches(query: Query) -> tuple[Match, ...]:
    """The single syllables among the scoring matches that may be read in several ways, each once."""
    return tuple(
        dict.fromkeys(
            match
            for match in scoring_matches(query)
            if len(match.syllables) == 1
            and match.field is Field.TEXT
            and not (match.complete or match.prefix or match.as_word)
        )
    )


def without_expansions(query: Query) -> Query:
    """The query without what else counts as its matches: other spellings and names."""
    match query:
        case Match():
            return replace(query, expansions=()) if query.expansions else query
        case And(children):
            return And(tuple(map(without_expansions, children)))
        case Or(children):
            return Or(tuple(map(without_expansions, children)))
        case Not(child):
            return Not(without_expansions(child))
        case Words(children):
            return Words(tuple(replace(child, expansions=()) for child in children))
        case Dates():
            return query
