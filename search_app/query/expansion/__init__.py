"""Which other spellings and names, days and amounts are searched beside what was typed?

Each expansion is shown, and a person can disable it or all of them. Nothing in quotes or below NOT is
expanded. An expansion is added to ``Match.expansions`` of every word that it replaces, so that an article
with the other name matches all of these words. The rules are in the modules by_name, by_space, by_date and
by_number. Names that were changed by law are only offered (offers).
"""

from collections.abc import Iterable
from dataclasses import replace

from indexer.budget import Stage, charge
from indexer.query import Match, Query
from search_app.query.expansion import by_date, by_name, by_number, by_space
from search_app.query.expansion.offers import offers
from search_app.query.expansion.runs import change_runs
from search_app.query.expansion.values import (
    Disabled,
    ExpandedQuery,
    Expansion,
    ExpansionKind,
    Offer,
    OtherForms,
)
from search_app.query.grammar.runs import Run
from search_app.query.grammar.tree import leaves
from search_app.query.held_matches import Holds
from search_app.query.names import Names

__all__ = [
    "NOTHING_DISABLED",
    "Disabled",
    "ExpandedQuery",
    "Expansion",
    "ExpansionKind",
    "Holds",
    "Offer",
    "expand",
]

NOTHING_DISABLED = Disabled()


def expand(query: Query, names: Names, disabled: Disabled, holds: Holds) -> ExpandedQuery:
    """Adds to a query the expansions that are not disabled.

    The answer lists disabled expansions and offers too. Raises no errors of its own.

    Args:
        holds: tells whether any article holds a match. Called only for short names and for words that may
            lack a space, because each call is a query to the index.
    """
    return _Expander(query, names, disabled, holds).expand()


class _Expander:
    """Expands one query, once."""

    def __init__(self, query: Query, names: Names, disabled: Disabled, holds: Holds) -> None:
        self._query = query
        self._names = names
        self._disabled = disabled
        self._holds = holds
        self._has_case = _has_case(query)
        self._expansions: dict[tuple[str, str], Expansion] = {}
        self._offers: dict[str, Offer] = {}

    def expand(self) -> ExpandedQuery:
        query = change_runs(self._query, self._expand_run)
        return ExpandedQuery(query, tuple(self._expansions.values()), tuple(self._offers.values()))

    def _expand_run(self, run: Run) -> tuple[Match, ...]:
        matches: list[list[Match]] = [[] for _ in run.leaves]
        for other in self._find_other_forms(run):
            charge(Stage.EXPANSION)
            if self._is_used(run, other):
                for place in range(other.first, other.last):
                    matches[place].extend(other.matches)
        return tuple(map(_add_expansions, run.leaves, matches))

    def _find_other_forms(self, run: Run) -> Iterable[OtherForms]:
        nameless = set(range(len(run.leaves)))
        for name in by_name.find_names(run, self._names, capitals=self._has_case):
            nameless -= set(range(name.first, name.last))
            for longer_or_same in (name, by_name.with_word_before(run, name, self._names)):
                for offer in offers(self._query, run, longer_or_same, capitals=self._has_case):
                    self._offers.setdefault(offer.also, offer)
            yield from by_name.find_other_forms(run, name, self._holds)
        for place in sorted(nameless):
            yield from by_space.find_other_forms(run, place, self._holds)
        days = list(by_date.find_other_forms(run))
        yield from days
        dated = {place for day in days for place in range(day.first, day.last)}
        for amount in by_number.find_other_forms(run):
            if not dated & set(range(amount.first, amount.last)):
                yield amount

    def _is_used(self, run: Run, other: OtherForms) -> bool:
        """Whether the other forms are searched. Those that are disabled are still listed."""
        if self._names.is_never_searched(other.also):
            return False
        typed = run.typed(other.first, other.last)
        used = not self._disabled.covers(other.also)
        key = (typed, other.also)
        forms = tuple(dict.fromkeys(match.label for match in other.matches))
        self._expansions.setdefault(key, Expansion(typed, other.also, other.kind, used, forms))
        return used


def _add_expansions(leaf: Match, matches: Iterable[Match]) -> Match:
    """The leaf with the matches, without duplicates and in the leaf's own field, as its expansions."""
    matches = tuple(matches)
    if not matches and not leaf.expansions:
        return leaf
    return replace(
        leaf, expansions=tuple(dict.fromkeys(replace(match, field=leaf.field) for match in matches))
    )


def _has_case(query: Query) -> bool:
    """Whether capitals in a query tell names from words: not in several words that are all in capitals."""
    labels = [leaf.label for leaf in leaves(query) if isinstance(leaf, Match)]
    return len(labels) == 1 or any(letter.islower() for label in labels for letter in label)
