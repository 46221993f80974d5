"""Which less strict queries can be offered for a query that finds nothing?

There are two kinds: the query without one of its parts, and the same words without quotes, without marks, or
apart from each other. Each is the text of a query, which the caller counts and offers. Nothing here reads
the index.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.message import Message, say
from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words, join_words
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, can_be_asked, render_query
from search_app.query.grammar.tree import assemble, take_apart
from search_app.query.grammar.units import Unit, is_bound, make_unit

MOST_PARTS = 12
"""A query with more parts is a sentence, which no single word keeps from finding anything."""


@dataclass(frozen=True, slots=True)
class QueryWithoutPart:
    """The typed query without one part.

    Attributes:
        query: text of the query without the part.
        part: the part as people read it.
    """

    query: str
    part: str


@dataclass(frozen=True, slots=True)
class WiderQuery:
    """A query for the same words that matches more articles; ``how`` says what was given up."""

    query: str
    how: Message


def leave_out_parts(query: Query) -> list[QueryWithoutPart]:
    """The query without each of its parts in turn; empty where it has one part or more than MOST_PARTS."""
    units, bound = take_apart(query)
    if not 1 < len(units) + len(bound) <= MOST_PARTS:
        return []
    shorter = [
        QueryWithoutPart(
            render_query(assemble([*units[:place], *units[place + 1 :]], bound)), join_words(unit).label
        )
        for place, unit in enumerate(units)
    ]
    shorter += [
        QueryWithoutPart(
            render_query(assemble(units, [*bound[:place], *bound[place + 1 :]])), render_query(part)
        )
        for place, part in enumerate(bound)
    ]
    return [candidate for candidate in shorter if can_be_asked(candidate.query, MAX_UNDERSTOOD_CHARACTERS)]


def drop_constraints(query: Query) -> list[WiderQuery]:
    """The same words in less and less strict queries, the strictest first; each differs from the typed query.

    >>> from search_app.query.grammar import understand
    >>> [candidate.query for candidate in drop_constraints(understand('"giá vàng" mới').query)]
    ['mới giá_vàng', 'mới giá vàng', 'moi gia_vang', 'moi gia vang']
    """
    units, bound = take_apart(query)
    parts: list[Query] = [*map(join_words, units), *bound]
    steps: tuple[tuple[Message, Callable[[Query], Query], bool], ...] = (
        (say("without quotation marks"), _on_matches(_without_quotes), False),
        (say("words apart from each other"), _on_matches(_without_quotes), True),
        (say("without marks"), _on_matches(_without_marks), False),
        (say("without marks, words apart from each other"), _on_matches(_without_marks), True),
    )
    wider: dict[str, WiderQuery] = {}
    for how, change, apart in steps:
        loose, binding = _loose([change(part) for part in parts], apart=apart)
        changed = render_query(assemble(loose, binding))
        if changed != render_query(query) and can_be_asked(changed, MAX_UNDERSTOOD_CHARACTERS):
            wider.setdefault(changed, WiderQuery(changed, how))
    return list(wider.values())


def _on_matches(change: Callable[[Match], Match]) -> Callable[[Query], Query]:
    """The function that applies a change to every match of a query, except below NOT."""

    def change_all(query: Query) -> Query:
        match query:
            case Match():
                return change(query)
            case And(children):
                return And(tuple(map(change_all, children)))
            case Or(children):
                return Or(tuple(map(change_all, children)))
            case Dates() | Not() | Words():
                return query

    return change_all


def _without_quotes(match: Match) -> Match:
    """The match without quotes, window and word boundaries; its syllables must still be neighbours."""
    return replace(match, complete=False, exact=False, slop=0, as_word=False)


def _without_marks(match: Match) -> Match:
    return replace(
        _without_quotes(match),
        label=normalise(fold(normalise(match.label))),  # folding can decompose letters of other scripts
        syllables=tuple(normalise(fold(syllable)) for syllable in match.syllables),
    )


def _loose(parts: list[Query], *, apart: bool) -> tuple[list[Unit], list[Query]]:
    """The parts that become loose units, and those that still bind (fields, prefixes, groups, dates, NOT).

    Args:
        apart: each syllable becomes a loose word of its own.
    """
    words = [
        part for part in parts if isinstance(part, Match) and part.field is Field.TEXT and not part.prefix
    ]
    return [unit for match in words for unit in _units(match, apart=apart)], [
        part for part in parts if part not in words
    ]


def _units(match: Match, *, apart: bool) -> Iterator[Unit]:
    words = tuple(Match(syllable, (syllable,)) for syllable in match.syllables)
    if apart:
        return ((word,) for word in words)
    return iter([make_unit(words) if is_bound(match) else (match,)])
