"""What is a selection? The one value that tells every use case which articles are asked for.

Each interface makes a Selection of an address, of a command line or in code; no use case reads parameters.
The number and the size of a page are not part of it, but of a SearchRequest (search_app.answer.pages).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from corpus.value_folding import fold_value
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.periods import whole_unit
from search_app.query.grammar import GRAMMAR

Values = Mapping[FacetName, tuple[str, ...]]
"""Values by facet, in any spelling (corpus.value_folding); "" stands for articles without a value."""


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """A filter by one value of a facet: articles that have the value pass, or if excluded, all others."""

    name: FacetName
    value: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class DateFilter:
    """A filter by date: a first day, a last day, or both if they enclose one day, month or year."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class UndatedFilter:
    """A filter by lack of a date; see search_app.answer.undated."""


Filter = ValueFilter | DateFilter | UndatedFilter


@dataclass(frozen=True, slots=True)
class Selection:
    """The typed query, and all else that decides which articles match and in which order.

    Attributes:
        query: the text as typed.
        sort: the order asked for; a query that scores nothing is sorted newest first instead of by relevance.
        chosen: values by facet; in each facet with values an article needs one of them.
        excluded: values by facet that an article must not have.
        first, last: first and last day of publication, both included; None if not limited.
        undated: whether articles are asked for that have no date; where there is a filter by date, those that
            it leaves out because their date is not known, or not exactly enough (search_app.answer.undated).
        expand: whether the query is expanded; None if the settings decide.
        not_also: texts of expansions that are disabled.
        also: texts of the expansions that alone are searched; None: all that are not disabled.
        exact: whether the query is neither corrected nor corrections are offered.
        units: whether words typed side by side are cut into units; else only "_" binds them.
        not_units: texts of units that are undone.
        collapse_stories: whether results are collapsed by story, so that pages are of stories; in counts,
            whether only the first print of each story is counted.
        once: whether a body's beginning that repeats the lede counts no hits and no syllables.
        grammar: number of the grammar by which the query is read.
        as_of: change of the archive that the answer is made for, or the day whose last change is; None: the
            present.
        since: change after which articles were added. No interface sets it yet.
    """

    query: str = ""
    sort: Sort = Sort.RELEVANCE
    chosen: Values = field(default_factory=dict)
    excluded: Values = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    undated: bool = False
    expand: bool | None = None
    not_also: tuple[str, ...] = ()
    also: tuple[str, ...] | None = None
    exact: bool = False
    units: bool = True
    not_units: tuple[str, ...] = ()
    collapse_stories: bool = False
    once: bool = False
    grammar: int = GRAMMAR
    as_of: int | date | None = None
    since: None = None

    @property
    def is_filtered(self) -> bool:
        """Whether there is any filter."""
        return bool(self.chosen or self.excluded or self.first or self.last or self.undated)

    def filters(self) -> Iterator[Filter]:
        """Every filter: chosen values, excluded values, dates, then the lack of a date."""
        for values, excluded in ((self.chosen, False), (self.excluded, True)):
            for name, some in values.items():
                yield from (ValueFilter(name, value, excluded) for value in some)
        if self.first and self.last and whole_unit(self.first, self.last):
            yield DateFilter(self.first, self.last)
        else:
            yield from (DateFilter(first, None) for first in (self.first,) if first)
            yield from (DateFilter(None, last) for last in (self.last,) if last)
        if self.undated:
            yield UndatedFilter()

    def without(self, removed: Filter) -> Self:
        """The selection without one of its filters; its value is then neither chosen nor excluded."""
        if isinstance(removed, UndatedFilter):
            return replace(self, undated=False)
        if isinstance(removed, DateFilter):
            first = None if removed.first else self.first
            return replace(self, first=first, last=None if removed.last else self.last)
        chosen, excluded = (_remove(values, removed) for values in (self.chosen, self.excluded))
        return replace(self, chosen=chosen, excluded=excluded)

    def unfiltered(self) -> Self:
        """The selection without filters."""
        return replace(self, chosen={}, excluded={}, first=None, last=None, undated=False)


def _remove(values: Values, removed: ValueFilter) -> Values:
    """The values without that of a filter, and without facets that have no value left."""
    kept = {
        name: tuple(
            value for value in some if (name, fold_value(value)) != (removed.name, fold_value(removed.value))
        )
        for name, some in values.items()
    }
    return {name: some for name, some in kept.items() if some}
