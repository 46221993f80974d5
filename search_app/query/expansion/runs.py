"""Which words of a query stand side by side, so that together they can be a name, a date or an amount?

A run has only words that can be expanded: without quotes, star, window and ``từ:``, in the text, the title or
the captions, and not below NOT. The children of Words and of And are side by side, in the order of the
tree.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

from indexer.fields import TEXT_FIELDS
from indexer.query import And, Match, Or, Query, Words
from search_app.query.grammar.runs import Run
from search_app.query.grammar.tree import assemble, take_apart
from search_app.query.grammar.units import Unit, as_unit, make_unit

RunChange = Callable[[Run], tuple[Match, ...]]
"""A function from a run to its changed leaves, as many as before."""


def is_expandable(query: Query) -> bool:
    """Whether a node is a leaf that can be expanded."""
    return (
        isinstance(query, Match)
        and query.field in TEXT_FIELDS
        and not (query.complete or query.prefix or query.as_word or query.slop or query.expansions)
    )


def change_runs(query: Query, change: RunChange) -> Query:
    """The tree with a change applied to every run."""
    match query:
        case Match():
            return change(Run((query,)))[0] if is_expandable(query) else query
        case Words(children):
            changed = _change_children(children, change)
            return replace(query, children=tuple(leaf for leaf in changed if isinstance(leaf, Match)))
        case And(children):
            return And(tuple(_change_children(children, change)))
        case Or(children):
            return Or(tuple(change_runs(child, change) for child in children))
        case _:
            return query


def _change_children(children: tuple[Query, ...], change: RunChange) -> Iterator[Query]:
    run: list[Match] = []
    for child in children:
        if run and not (isinstance(child, Match) and is_expandable(child) and child.field is run[0].field):
            yield from change(Run(tuple(run)))
            run = []
        if isinstance(child, Match) and is_expandable(child):
            run.append(child)
        else:
            yield change_runs(child, change)
    if run:
        yield from change(Run(tuple(run)))


def replace_leaves(query: Query, old: tuple[Match, ...], new: Match) -> Query:
    """The tree with one match, in their field, in place of leaves that stand side by side.

    In place of loose words it is a unit, and a unit that is cut in two there falls apart.
    """
    units, bound = take_apart(query)
    changed = _replace_units(units, old, new)
    return _replaced(query, old, new) if changed is None else assemble(changed, bound)


def _replace_units(units: list[Unit], old: tuple[Match, ...], new: Match) -> list[Unit] | None:
    words = [word for unit in units for word in unit]
    ends = list(accumulate(map(len, units)))
    for first in range(len(words) - len(old) + 1):
        last = first + len(old)
        if tuple(words[first:last]) == old:
            before = [unit for unit, end in zip(units, ends, strict=True) if end <= first]
            after = [unit for unit, end in zip(units, ends, strict=True) if end - len(unit) >= last]
            cut_before = words[sum(map(len, before)) : first]
            cut_after = words[last : len(words) - sum(map(len, after))]
            alone = [[make_unit((word,)) for word in cut] for cut in (cut_before, cut_after)]
            return [*before, *alone[0], as_unit(new), *alone[1], *after]
    return None


def _replaced(query: Query, old: tuple[Match, ...], new: Match) -> Query:
    if isinstance(query, Match):
        return replace(new, field=query.field) if (query,) == old else query
    if isinstance(query, And):
        return And(_replace_among(query.children, old, new))
    if isinstance(query, Or):
        return Or(tuple(_replaced(child, old, new) for child in query.children))
    return query


def _replace_among(children: tuple[Query, ...], old: tuple[Match, ...], new: Match) -> tuple[Query, ...]:
    for first in range(len(children) - len(old) + 1):
        last = first + len(old)
        if children[first:last] == old:
            return (*children[:first], replace(new, field=old[0].field), *children[last:])
    return tuple(_replaced(child, old, new) for child in children)
