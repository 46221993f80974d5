"""In which one form is a tree of a query kept?

Nested And and Or are flattened, what stands twice stands once, a combination of one is that one,
and what is left out twice is asked for. So a tree and its text are each other's only form.
"""

from collections.abc import Iterable
from dataclasses import replace

from indexer.query import And, Dates, Match, Not, Or, Query, Words


def all_of(queries: Iterable[Query | None]) -> Query | None:
    """All of them, absent ones passed over; None where there is none."""
    flat = _flattened(queries, And)
    return flat[0] if len(flat) == 1 else And(flat) if flat else None


def any_of(queries: Iterable[Query | None]) -> Query | None:
    """At least one of them, absent ones passed over; None where there is none."""
    flat = _flattened(queries, Or)
    return flat[0] if len(flat) == 1 else Or(flat) if flat else None


def without(query: Query) -> Query:
    """None of it."""
    return query.child if isinstance(query, Not) else Not(query)


def rooted(words: Iterable[Match], bound: Iterable[Query | None]) -> Query:
    """The whole query: loose words first, then what binds. Two loose words and more are Words."""
    loose = [each for each in once(words) if isinstance(each, Match)]
    first: list[Query | None] = [Words(tuple(loose))] if len(loose) > 1 else [*loose]
    query = all_of([*first, *bound])
    if query is None:
        return And(())
    return And((query,)) if isinstance(query, Not) else query


def is_plain(query: Query) -> bool:
    """Whether it is words as anyone types them, without field, quotes or star."""
    return isinstance(query, Match) and query == Match(query.label, query.syllables)


def once(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Those that differ in more than their labels, each where it first stood."""
    seen: dict[Query, Query] = {}
    for query in queries:
        seen.setdefault(_unlabelled(query), query)
    return tuple(seen.values())


def leaves(query: Query) -> Iterable[Match | Dates]:
    """Every leaf, in order."""
    match query:
        case Match() | Dates():
            yield query
        case Not():
            yield from leaves(query.child)
        case _:
            for child in query.children:
                yield from leaves(child)


def _flattened(queries: Iterable[Query | None], kind: type[And] | type[Or]) -> tuple[Query, ...]:
    flat: list[Query] = []
    for query in queries:
        if query is not None:
            flat.extend(query.children if isinstance(query, kind) else (query,))
    return once(flat)


def _unlabelled(query: Query) -> Query:
    match query:
        case Match():
            return replace(query, label="")
        case Dates():
            return query
        case Not():
            return Not(_unlabelled(query.child))
        case Words():
            return Words(tuple(replace(child, label="") for child in query.children))
        case _:
            return type(query)(tuple(_unlabelled(child) for child in query.children))
