"""What would be asked if less were asked? The query without one of its parts, and the next wider grades.

For a query that finds nothing: each of these is a query of its own, to be counted and offered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.message import Message, say
from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.grammar import MAX_QUERY_CHARACTERS, render_query, understand
from search_app.query.grammar.tree import rooted

MOST_PARTS = 12
"""Parts that are taken away one by one; a query of more is a sentence, of which no word is to blame."""


@dataclass(frozen=True, slots=True)
class Fewer:
    """A query that leaves one part out."""

    query: str
    part: str


@dataclass(frozen=True, slots=True)
class Wider:
    """A query that takes the same words more widely."""

    query: str
    how: Message


def without_parts(text: str) -> list[Fewer]:
    """The query without each of its parts; none where it has but one, or too many."""
    query = understand(text).query
    words, bound = _parts(query)
    if not 1 < len(words) + len(bound) <= MOST_PARTS:
        return []
    found = [
        Fewer(render_query(rooted([*words[:place], *words[place + 1 :]], bound)), render_query(word))
        for place, word in enumerate(words)
    ]
    found += [
        Fewer(render_query(rooted(words, [*bound[:place], *bound[place + 1 :]])), render_query(part))
        for place, part in enumerate(bound)
    ]
    return [one for one in found if _is_sound(one.query)]


def wider(text: str) -> list[Wider]:
    """The same query by wider grades, the nearest first; only those that are another query.

    >>> [one.query for one in wider('"giá vàng" mới')]
    ['mới giá_vàng', 'mới giá vàng', 'moi gia_vang', 'moi gia vang']
    """
    query = understand(text).query
    words, bound = _parts(query)
    steps: tuple[tuple[Message, Callable[[Query], Query], bool], ...] = (
        (say("without quotation marks"), _mapped(_open), False),
        (say("words apart from each other"), _mapped(_open), True),
        (say("without marks"), _mapped(_bare), False),
        (say("without marks, words apart from each other"), _mapped(_bare), True),
    )
    found: dict[str, Wider] = {}
    for how, change, apart in steps:
        loose, binding = _loose([change(part) for part in (*words, *bound)], apart=apart)
        said = render_query(rooted(loose, binding))
        if said != render_query(query) and _is_sound(said):
            found.setdefault(said, Wider(said, how))
    return list(found.values())


def _is_sound(text: str) -> bool:
    """Whether a query can be asked as it stands: what quotes held may mean something else without them."""
    return len(text) <= MAX_QUERY_CHARACTERS and not understand(text).problems


def _parts(query: Query) -> tuple[list[Match], list[Query]]:
    """What can be taken away by itself: loose words, and what binds."""
    match query:
        case Words(children):
            return list(children), []
        case And(children):
            first = children[0] if children else None
            if isinstance(first, Words):
                return list(first.children), list(children[1:])
            return [], list(children)
        case _:
            return [], [query]


def _mapped(change: Callable[[Match], Match]) -> Callable[[Query], Query]:
    """The change on every match in text of a query; what is left out stays as it is."""

    def mapped(query: Query) -> Query:
        match query:
            case Match():
                return change(query)
            case And(children):
                return And(tuple(map(mapped, children)))
            case Or(children):
                return Or(tuple(map(mapped, children)))
            case Words(children):
                return Words(tuple(map(change, children)))
            case Dates() | Not():
                return query

    return mapped


def _open(match: Match) -> Match:
    """Without quotation marks: what stands side by side still does."""
    return replace(match, complete=False, exact=False, slop=0, as_word=False)


def _bare(match: Match) -> Match:
    return replace(
        _open(match),
        label=normalise(fold(normalise(match.label))),  # folding takes letters of other scripts apart
        syllables=tuple(normalise(fold(one)) for one in match.syllables),
    )


def _loose(parts: list[Query], *, apart: bool) -> tuple[list[Match], list[Query]]:
    """What no longer binds, as loose words, taken ``apart`` into syllables or not; and what still does."""
    words = [one for one in parts if isinstance(one, Match) and one.field is Field.TEXT and not one.prefix]
    loose = [single for match in words for single in _singles(match)] if apart else words
    return loose, [one for one in parts if one not in words]


def _singles(match: Match) -> Iterator[Match]:
    return (Match(syllable, (syllable,), match.field) for syllable in match.syllables)
