"""What is the canonical form of a query's tree?

Nested And and Or are flattened, equal children are kept once, an And or Or of one child is that child, and
NOT NOT is nothing. So each tree has one text, from which the grammar reads the same tree. Loose words are
kept as typed, repeats included.
"""

from collections.abc import Iterable
from dataclasses import replace

from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words, without_label
from search_app.query.grammar.units import Unit, is_bound


def all_of(queries: Iterable[Query | None]) -> Query | None:
    """The And of the queries that are not None; None if there is none."""
    flat = _flattened(queries, And)
    return flat[0] if len(flat) == 1 else And(flat) if flat else None


def any_of(queries: Iterable[Query | None]) -> Query | None:
    """The Or of the queries that are not None; None if there is none."""
    flat = _flattened(queries, Or)
    return flat[0] if len(flat) == 1 else Or(flat) if flat else None


def negate(query: Query) -> Query:
    """The query that matches the articles that a query does not match."""
    return query.child if isinstance(query, Not) else Not(query)


def assemble(units: Iterable[Unit], bound: Iterable[Query | None]) -> Query:
    """The root of a tree: loose words in units, as Words if there are several, then the parts that bind.

    A single word of a date is Words too: a match need not hold it.

    A query of nothing is an empty And, which matches every article; a single Not stands in an And.
    """
    loose = list(units)
    words = tuple(word for unit in loose for word in unit)
    lengths = tuple(map(len, loose))
    first: list[Query | None] = [*words]
    if len(words) > 1 or any(word.in_date for word in words):
        first = [Words(words, lengths if len(lengths) < len(words) else ())]
    query = all_of([*first, *bound])
    if query is None:
        return And(())
    return And((query,)) if isinstance(query, Not) else query


def take_apart(query: Query) -> tuple[list[Unit], list[Query]]:
    """The units of loose words and the parts that bind, of which ``assemble`` makes the query.

    A part that binds is a child of the root's And, or the whole query. A single word at the front is loose.
    """
    first, *others = query.children if isinstance(query, And) and query.children else (query,)
    if isinstance(first, Words):
        return list(first.words_by_unit), others
    if isinstance(first, Match) and is_plain(first) and not is_bound(first):
        return [(first,)], others
    return [], [first, *others] if first != And(()) else []


def is_plain(query: Query) -> bool:
    """Whether a query is one match without field, quotes and star, which may be a loose word."""
    return (
        isinstance(query, Match)
        and query.field is Field.TEXT
        and not (query.complete or query.exact or query.prefix or query.as_word or query.slop)
        and not query.expansions
    )


def distinct(queries: Iterable[Query]) -> tuple[Query, ...]:
    """The queries without those that equal an earlier one in everything but labels."""
    seen: dict[Query, Query] = {}
    for query in queries:
        seen.setdefault(_unlabelled(query), query)
    return tuple(seen.values())


def leaves(query: Query) -> Iterable[Match | Dates]:
    """Every leaf of a tree, in order, also below NOT."""
    match query:
        case Match() | Dates():
            yield query
        case Not():
            yield from leaves(query.child)
        case _:
            for child in query.children:
                yield from leaves(child)


def has_alternatives(query: Query) -> bool:
    """Whether there is an OR in a tree, also below NOT."""
    match query:
        case Or():
            return True
        case Not():
            return has_alternatives(query.child)
        case Match() | Dates():
            return False
        case _:
            return any(map(has_alternatives, query.children))


def _flattened(queries: Iterable[Query | None], kind: type[And] | type[Or]) -> tuple[Query, ...]:
    flat: list[Query] = []
    for query in queries:
        if query is not None:
            flat.extend(query.children if isinstance(query, kind) else (query,))
    return distinct(flat)


def _unlabelled(query: Query) -> Query:
    match query:
        case Match():
            return without_label(query)
        case Dates():
            return query
        case Not():
            return Not(_unlabelled(query.child))
        case Words():
            return replace(query, children=tuple(map(without_label, query.children)))
        case _:
            return type(query)(tuple(_unlabelled(child) for child in query.children))
