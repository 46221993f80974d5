"""Which less strict queries can be offered for a query that finds nothing?

There are two kinds: the query without one of its parts, and the same words without quotes, without marks, or
apart from each other. Each is the text of a query, which the caller counts and offers. Nothing here reads
the index.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.message import Message, say
from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.grammar import can_be_asked, render_query, understand
from search_app.query.grammar.tree import assemble, take_apart

MOST_PARTS = 12
"""A query with more parts is a sentence, which no single word keeps from finding anything."""


@dataclass(frozen=True, slots=True)
class QueryWithoutPart:
    """The typed query without one part.

    Attributes:
        query: text of the query without the part.
        part: text of the part.
    """

    query: str
    part: str


@dataclass(frozen=True, slots=True)
class WiderQuery:
    """A query for the same words that matches more articles; ``how`` says what was given up."""

    query: str
    how: Message


def leave_out_parts(text: str) -> list[QueryWithoutPart]:
    """The query without each of its parts in turn; empty where it has one part or more than MOST_PARTS.

    Raises:
        UserError: the query is past a limit of the grammar.
    """
    query = understand(text).query
    words, bound = take_apart(query)
    if not 1 < len(words) + len(bound) <= MOST_PARTS:
        return []
    shorter = [
        QueryWithoutPart(
            render_query(assemble([*words[:place], *words[place + 1 :]], bound)), render_query(word)
        )
        for place, word in enumerate(words)
    ]
    shorter += [
        QueryWithoutPart(
            render_query(assemble(words, [*bound[:place], *bound[place + 1 :]])), render_query(part)
        )
        for place, part in enumerate(bound)
    ]
    return [candidate for candidate in shorter if can_be_asked(candidate.query)]


def drop_constraints(text: str) -> list[WiderQuery]:
    """The same words in less and less strict queries, the strictest first; each differs from the typed query.

    >>> [candidate.query for candidate in drop_constraints('"giá vàng" mới')]
    ['mới giá_vàng', 'mới giá vàng', 'moi gia_vang', 'moi gia vang']

    Raises:
        UserError: the query is past a limit of the grammar.
    """
    query = understand(text).query
    words, bound = take_apart(query)
    steps: tuple[tuple[Message, Callable[[Query], Query], bool], ...] = (
        (say("without quotation marks"), _on_matches(_without_quotes), False),
        (say("words apart from each other"), _on_matches(_without_quotes), True),
        (say("without marks"), _on_matches(_without_marks), False),
        (say("without marks, words apart from each other"), _on_matches(_without_marks), True),
    )
    wider: dict[str, WiderQuery] = {}
    for how, change, apart in steps:
        loose, binding = _loose([change(part) for part in (*words, *bound)], apart=apart)
        changed = render_query(assemble(loose, binding))
        if changed != render_query(query) and can_be_asked(changed):
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
            case Words(children):
                return Words(tuple(map(change, children)))
            case Dates() | Not():
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


def _loose(parts: list[Query], *, apart: bool) -> tuple[list[Match], list[Query]]:
    """The parts that become loose words, and those that still bind (fields, prefixes, groups, dates, NOT).

    Args:
        apart: each syllable becomes a loose word of its own.
    """
    words = [
        part for part in parts if isinstance(part, Match) and part.field is Field.TEXT and not part.prefix
    ]
    loose = [syllable for match in words for syllable in _split_syllables(match)] if apart else words
    return loose, [part for part in parts if part not in words]


def _split_syllables(match: Match) -> Iterator[Match]:
    return (Match(syllable, (syllable,), match.field) for syllable in match.syllables)
