"""What is asked? A query as a tree of plain values, which the grammar makes and engines answer.

``Match`` is the only leaf that is looked up in text: one or more syllables, adjacent or near. The other nodes
combine. ``Words`` is at the root, or in the root's ``And``: articles in which each of its units stands
together match; those that hold every word, but scattered, and those with only some follow in further tiers
(indexer.tiers).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from dataclasses import field as declared
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

from corpus.tones import bears_mark
from indexer.facets import FacetName
from indexer.fields import TEXT_FIELDS, Field


class Typed(NamedTuple):
    """One typed syllable as it is looked up, normalised; Match says what the flags mean."""

    syllable: str
    complete: bool
    prefix: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A syllable, a phrase, a window or a word.

    Attributes:
        label: as typed, without quotes; a hit that lacks the match shows it.
        syllables: normalised (see indexer.text), at least one.
        field: the field that is searched.
        complete: whether it was quoted, so that marks left out are not free.
        exact: whether it was quoted after "=": it means the same characters, up to case; then complete is set
            too.
        slop: 0: a phrase, the syllables adjacent and in this order. Above 0: an unordered window of
            len(syllables) + slop syllables, in which each typed syllable has a place of its own: a syllable
            of the article fills one typed syllable only. Typed syllables are complete, as in quotes.
        prefix: whether the last syllable is a prefix.
        as_word: whether the syllables must be one word, as segmented.
        expansions: other spellings and names that count as this match, wherever they stand. They have the
            same field, and no expansions of their own.
        level: whether a syllable without a tone mark means the level tone, as in quotes, because it was typed
            in one unit with a marked one: "sinh" of "sinh viên". Other readings of it share in the ranking,
            as those of any marked syllable.
        in_date: whether it is a word of a date in words ("tháng 6/2013"), which a match need not hold.
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
    level: bool = False
    in_date: bool = False
    _hash: int = declared(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash(_compared(self)))

    def __hash__(self) -> int:
        return self._hash  # a page asks for it some five hundred times

    @property
    def typed(self) -> tuple[Typed, ...]:
        """The syllables, each with the flags with which it is looked up."""
        return _typed(self)

    @property
    def is_marked(self) -> bool:
        """Whether one of the syllables bears a mark."""
        return any(map(bears_mark, self.syllables))


_compared = attrgetter(*(one.name for one in fields(Match) if one.compare))


@lru_cache(maxsize=1 << 12)
def _typed(match: Match) -> tuple[Typed, ...]:
    last = len(match.syllables) - 1
    is_marked_unit = last > 0 and match.is_marked  # marks bind together: all of its syllables are complete
    complete = match.complete or match.slop > 0 or match.level or is_marked_unit
    return tuple(
        Typed(syllable, complete, match.prefix and place == last, match.exact)
        for place, syllable in enumerate(match.syllables)
    )


@dataclass(frozen=True, slots=True)
class Dates:
    """Published from ``first`` to ``last``, both included; None leaves that end open.

    An article dated only to the month or year matches where its whole span lies inside.
    """

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all children; without children, every article."""

    children: tuple["Query", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match at least one child."""

    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the child."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class Words:
    """Words typed side by side, cut into units.

    Attributes:
        children: the words in typed order, repeats included.
        units: the number of words of each unit, in order; they sum to the number of words. Empty: each word
            is a unit by itself.
    """

    children: tuple[Match, ...]
    units: tuple[int, ...] = ()

    @property
    def words_by_unit(self) -> tuple[tuple[Match, ...], ...]:
        """The words of each unit."""
        ends = list(accumulate(self.units or (1,) * len(self.children)))
        return tuple(self.children[first:last] for first, last in pairwise((0, *ends)))

    @property
    def unit_matches(self) -> tuple[Match, ...]:
        """Each unit as a match: its syllables in a row."""
        return tuple(map(join_words, self.words_by_unit))

    @property
    def representatives(self) -> tuple[Match, ...]:
        """The words in typed order, equal ones as one value, with the expansions of all of them."""
        return _representatives(self.children)

    @property
    def distinct(self) -> tuple[Match, ...]:
        """The words without repeats."""
        return tuple(dict.fromkeys(self.representatives))


@lru_cache(maxsize=256)
def _representatives(words: tuple[Match, ...]) -> tuple[Match, ...]:
    keys = list(map(without_labels, words))
    first: dict[Match, Match] = {}
    for key, word in zip(keys, words, strict=True):
        known = first.setdefault(key, word)
        more = tuple(dict.fromkeys((*known.expansions, *word.expansions)))
        first[key] = replace(known, expansions=more)
    return tuple(first[key] for key in keys)


@lru_cache(maxsize=1 << 12)
def without_label(match: Match) -> Match:
    """The match without its label."""
    return replace(match, label="") if match.label else match


@lru_cache(maxsize=1 << 12)
def without_labels(match: Match) -> Match:
    """The match without label and expansions: equal for words that differ only in how they were typed."""
    return replace(match, label="", expansions=())


def join_words(words: Sequence[Match]) -> Match:
    """The words of a unit as one match, with the expansions that all of them have."""
    return words[0] if len(words) == 1 else _joined(tuple(words))


@lru_cache(maxsize=1 << 12)
def _joined(words: tuple[Match, ...]) -> Match:
    shared = [each for each in words[0].expansions if all(each in word.expansions for word in words[1:])]
    return Match(
        " ".join(word.label for word in words),
        tuple(syllable for word in words for syllable in word.syllables),
        words[0].field,
        expansions=tuple(shared),
    )


Query = Match | Dates | And | Or | Not | Words


class Sort(StrEnum):
    """The order of results; each is total, ties going to the newer article, then to the id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """A filter on a facet: an article that has any of the values passes; the value "" is "none given".

    A value stands for all spellings that are one value with it (corpus.value_folding).

    Attributes:
        excluded: an article that has any of the values does not pass, instead.
    """

    facet: FacetName
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A query with all that decides which results are returned, in which order.

    Attributes:
        facets: the facets to count.
        most_values: how many values are listed of a facet in which an article can have several: those with
            the most articles, besides all that have as many as the last of these, and the values of the
            filters; None: all.
        offset, size: the window of the ranked list of all tiers.
        occurrences: whether each hit has the places of the query's syllables in its text.
        expanded: whether other readings of what was typed count too, with a lower boost; see indexer.boosts.
        readings: whether the articles that match without expansions are counted by what each typed syllable
            is read as.
        date_histogram: whether the matching articles are counted by when they were published.
        stories: whether the stories among them are counted.
        collapse_stories: whether a hit stands for its whole story, and the window counts stories: of the
            articles found, in any tier, only the best of each story is a hit; of several that score the same,
            and where nothing is scored, the one that was printed first. Hits keep the order of articles.
        first_tier_only: whether articles of later tiers are left out of the hits; their counts stay.
        count_hits: whether the hits of the query in the matching articles are counted (indexer.hit_matches).
        once: whether those in the beginning of a body that repeats the lede are not.
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
    most_values: int | None = None
    count_hits: bool = False
    once: bool = False


def scoring_matches(query: Query) -> Iterator[Match]:
    """The matches in text that count towards the score, in typed order; those under Not do not."""
    match query:
        case Match():
            if query.field in TEXT_FIELDS:
                yield query
        case Words():
            yield from query.distinct
        case And(children) | Or(children):
            for child in children:
                yield from scoring_matches(child)


def marked_matches(query: Query) -> Iterator[Match]:
    """The scoring matches, and each unit of several words before its words: what can be lit up in a text."""
    match query:
        case Words():
            yield from (unit for unit in query.unit_matches if len(unit.syllables) > 1)
            yield from query.distinct
        case And(children) | Or(children):
            for child in children:
                yield from marked_matches(child)
        case _:
            yield from scoring_matches(query)


def typed_syllables(query: Query) -> tuple[Typed, ...]:
    """The distinct typed syllables that are looked up in the text, in typed order."""
    matches = (variant for match in marked_matches(query) for variant in (match, *match.expansions))
    return tuple(dict.fromkeys(typed for match in matches for typed in match.typed))


def ambiguous_matches(query: Query) -> tuple[Match, ...]:
    """The distinct units and single syllables of the text whose marks are free: each has several readings."""
    return tuple({match.syllables: match for match in _readable_matches(query)}.values())


def _readable_matches(query: Query) -> Iterator[Match]:
    match query:
        case Words():
            yield from filter(_may_be_read_otherwise, query.unit_matches)
        case And(children) | Or(children):
            for child in children:
                yield from _readable_matches(child)
        case _:
            yield from filter(_may_be_read_otherwise, scoring_matches(query))


def _may_be_read_otherwise(match: Match) -> bool:
    free = match.field is Field.TEXT and not (match.prefix or match.as_word or match.slop or match.in_date)
    return free and not any(typed.complete for typed in match.typed)


def without_expansions(query: Query) -> Query:
    """The query without the expansions of its matches."""
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
            return replace(query, children=tuple(replace(child, expansions=()) for child in children))
        case Dates():
            return query
