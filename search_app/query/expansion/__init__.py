"""What else does a query mean? Other spellings and names, days and amounts as the news writes them.

Always shown, each switched off by one click and all by another; never inside quotes, and never what NOT
leaves out. What is searched besides stands in ``Match.expansions`` of every word of the name, so that an
article that holds the other name holds them all. The rules stand in the files by_name, by_space, by_date
and by_number; names that changed are only offered.
"""

from collections.abc import Iterable
from dataclasses import replace

from indexer.budget import Stage, charge
from indexer.query import Match, Query
from search_app.query.expansion import by_date, by_name, by_number, by_space
from search_app.query.expansion.offers import offers
from search_app.query.expansion.runs import Run, changed
from search_app.query.expansion.values import (
    ExpandedQuery,
    Expansion,
    ExpansionKind,
    Finding,
    Holds,
    Off,
    Offer,
)
from search_app.query.grammar.tree import leaves
from search_app.query.names import Names

__all__ = ["NOTHING_OFF", "ExpandedQuery", "Expansion", "ExpansionKind", "Holds", "Off", "Offer", "expand"]

NOTHING_OFF = Off()


def expand(query: Query, names: Names, off: Off, holds: Holds) -> ExpandedQuery:
    """The query with what is searched besides; unchanged where everything is switched off.

    What could be searched besides is said all the same, and so are offers. Never raises.

    Args:
        holds: whether any article holds a match; asked only of words that are like a name.
    """
    return _Expander(query, names, off, holds).expanded()


class _Expander:
    """Expands one query."""

    def __init__(self, query: Query, names: Names, off: Off, holds: Holds) -> None:
        self._query = query
        self._names = names
        self._off = off
        self._holds = holds
        self._capitals = _capitals_say_something(query)
        self._widenings: dict[tuple[str, str], Expansion] = {}
        self._offers: dict[str, Offer] = {}

    def expanded(self) -> ExpandedQuery:
        query = changed(self._query, self._change)
        return ExpandedQuery(query, tuple(self._widenings.values()), tuple(self._offers.values()))

    def _change(self, run: Run) -> tuple[Match, ...]:
        also: list[list[Match]] = [[] for _ in run.leaves]
        for finding in self._findings(run):
            charge(Stage.EXPANSION)
            for place in range(finding.first, finding.last) if self._is_used(run, finding) else ():
                also[place].extend(finding.matches)
        return tuple(map(_with, run.leaves, also))

    def _findings(self, run: Run) -> Iterable[Finding]:
        nameless = set(range(len(run.leaves)))
        for named in by_name.names_of(run, self._names, capitals=self._capitals):
            nameless -= set(range(named.first, named.last))
            for each in (named, by_name.with_word_before(run, named, self._names)):
                for offer in offers(self._query, run, each, capitals=self._capitals):
                    self._offers.setdefault(offer.also, offer)
            yield from by_name.findings(run, named, self._holds)
        for place in sorted(nameless):
            yield from by_space.findings(run, place, self._holds)
        days = list(by_date.findings(run))
        yield from days
        dated = {place for day in days for place in range(day.first, day.last)}
        for amount in by_number.findings(run):
            if not dated & set(range(amount.first, amount.last)):
                yield amount

    def _is_used(self, run: Run, finding: Finding) -> bool:
        """Whether it is searched; noted either way, but what the staff never wants."""
        if self._names.never(finding.also):
            return False
        typed = run.typed(finding.first, finding.last)
        used = not (self._off.everything or self._off.covers(finding.also))
        key = (typed, finding.also)
        self._widenings.setdefault(key, Expansion(typed, finding.also, finding.kind, used))
        return used


def _with(leaf: Match, also: Iterable[Match]) -> Match:
    """The leaf with alternatives of its own field, each once."""
    return replace(leaf, expansions=tuple(dict.fromkeys(replace(one, field=leaf.field) for one in also)))


def _capitals_say_something(query: Query) -> bool:
    """Not in a query of several words that is capitals throughout."""
    labels = [leaf.label for leaf in leaves(query) if isinstance(leaf, Match)]
    return len(labels) == 1 or any(letter.islower() for label in labels for letter in label)
