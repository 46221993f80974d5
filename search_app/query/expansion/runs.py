"""Which words of a query stand side by side, so that together they may be a name or a date?

Only words that are typed plainly: without quotes, star, ``từ:`` or ``="…"``, in the text, the title or
the captions; never what is left out by NOT. The members of Words and of And are side by side in the order
of the tree; words that stood twice stand once there, so a name that needs its second one is not seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from indexer.fields import TEXT_FIELDS
from indexer.query import And, Match, Or, Query, Words
from indexer.text.normalise import normalise

RunChange = Callable[["Run"], tuple[Match, ...]]
"""What the leaves of a run become, one for one."""


@dataclass(frozen=True)
class Run:
    """Leaves that stand side by side; at least one."""

    leaves: tuple[Match, ...]

    @cached_property
    def text(self) -> str:
        """The labels, normalised, with a space between two."""
        return " ".join(self._labels)

    @cached_property
    def _labels(self) -> list[str]:
        return [normalise(leaf.label) for leaf in self.leaves]

    def typed(self, first: int, last: int) -> str:
        """What was typed of some leaves."""
        return " ".join(leaf.label for leaf in self.leaves[first:last])

    def syllables(self, first: int, last: int) -> tuple[str, ...]:
        """The syllables of some leaves, in order."""
        return tuple(one for leaf in self.leaves[first:last] for one in leaf.syllables)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The leaves (the last exclusive) that are ``text[start:end]``; None where it cuts one."""
        starts = [0, *accumulate(len(label) + 1 for label in self._labels)]
        if start not in starts or end + 1 not in starts:
            return None
        return starts.index(start), starts.index(end + 1)


def is_open(query: Query) -> bool:
    """Whether a leaf may be expanded."""
    return (
        isinstance(query, Match)
        and query.field in TEXT_FIELDS
        and not (query.complete or query.prefix or query.as_word or query.slop or query.expansions)
    )


def changed(query: Query, change: RunChange) -> Query:
    """The tree with the leaves of every run changed."""
    match query:
        case Match():
            return change(Run((query,)))[0] if is_open(query) else query
        case Words(children):
            return Words(tuple(one for one in _changed(children, change) if isinstance(one, Match)))
        case And(children):
            return And(tuple(_changed(children, change)))
        case Or(children):
            return Or(tuple(changed(child, change) for child in children))
        case _:
            return query


def _changed(children: tuple[Query, ...], change: RunChange) -> Iterator[Query]:
    run: list[Match] = []
    for child in children:
        if run and not (isinstance(child, Match) and is_open(child) and child.field is run[0].field):
            yield from change(Run(tuple(run)))
            run = []
        if isinstance(child, Match) and is_open(child):
            run.append(child)
        else:
            yield changed(child, change)
    if run:
        yield from change(Run(tuple(run)))


def replaced(query: Query, old: tuple[Match, ...], new: Match) -> Query:
    """The tree with one match in place of leaves that stand side by side."""
    if isinstance(query, Match):
        return replace(new, field=query.field) if (query,) == old else query
    if isinstance(query, Words):
        return Words(tuple(one for one in _replaced(query.children, old, new) if isinstance(one, Match)))
    if isinstance(query, And):
        return And(_replaced(query.children, old, new))
    if isinstance(query, Or):
        return Or(tuple(replaced(child, old, new) for child in query.children))
    return query


def _replaced(children: tuple[Query, ...], old: tuple[Match, ...], new: Match) -> tuple[Query, ...]:
    for first in range(len(children) - len(old) + 1):
        last = first + len(old)
        if children[first:last] == old:
            return (*children[:first], replace(new, field=old[0].field), *children[last:])
    return tuple(replaced(child, old, new) for child in children)
