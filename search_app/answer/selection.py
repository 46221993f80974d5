"""What is asked for? One value that every use case takes, whichever interface it came in by.

An address, a command line or a program's own code is read to a Selection; from there on nobody looks at
parameters again. The number and the size of a page are not part of it (search_app.answer.pages).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.periods import whole_unit

Values = Mapping[FacetName, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """One value of a facet in force: articles that have it pass; where it is excluded, all others."""

    name: FacetName
    value: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class DateFilter:
    """One limit of the day of publication: a first day, a last day, or both of a whole day, month or year."""

    first: date | None
    last: date | None


Filter = ValueFilter | DateFilter


@dataclass(frozen=True, slots=True)
class Selection:
    """The typed query, and all that decides which articles it finds and in which order.

    Attributes:
        query: as typed.
        sort: the order asked for; relevance of a query that scores nothing means newest first.
        chosen: values chosen in each facet; an article with any of them passes, "" being "none given".
        excluded: values of each facet that do not pass.
        first, last: days of publication, both included; None is open.
        expand: whether the query is expanded by other spellings and names; None: as the settings say.
        not_also: expansions that are not searched.
        exact: a query that finds nothing is not corrected, and no correction is offered.
        collapse_stories: each hit stands for its whole story, and pages are of stories.
        grammar, as_of, since: the grammar's number, the archive's change that the answer is made for, and the
            change after which articles came. No interface sets them yet: they are None.
    """

    query: str = ""
    sort: Sort = Sort.RELEVANCE
    chosen: Values = field(default_factory=dict)
    excluded: Values = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    expand: bool | None = None
    not_also: tuple[str, ...] = ()
    exact: bool = False
    collapse_stories: bool = False
    grammar: None = None
    as_of: None = None
    since: None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the query narrows what is found."""
        return bool(self.chosen or self.excluded or self.first or self.last)

    def filters(self) -> Iterator[Filter]:
        """Every filter in force: chosen values, excluded values, then dates."""
        for values, excluded in ((self.chosen, False), (self.excluded, True)):
            for name, some in values.items():
                yield from (ValueFilter(name, value, excluded) for value in some)
        if self.first and self.last and whole_unit(self.first, self.last):
            yield DateFilter(self.first, self.last)
            return
        if self.first:
            yield DateFilter(self.first, None)
        if self.last:
            yield DateFilter(None, self.last)

    def without(self, one: Filter) -> Self:
        """The same with one filter less."""
        if isinstance(one, DateFilter):
            first = None if one.first else self.first
            return replace(self, first=first, last=None if one.last else self.last)
        if one.excluded:
            return replace(self, excluded=_less(self.excluded, one))
        return replace(self, chosen=_less(self.chosen, one))

    def unfiltered(self) -> Self:
        """The same query in the whole archive."""
        return replace(self, chosen={}, excluded={}, first=None, last=None)


def _less(values: Values, one: ValueFilter) -> Values:
    """The values without one; a facet that has no value left stands there no more."""
    kept = {
        name: tuple(value for value in some if (name, value) != (one.name, one.value))
        for name, some in values.items()
    }
    return {name: some for name, some in kept.items() if some}
