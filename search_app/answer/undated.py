"""Which matches does a filter by date leave out because their date is not known, or not exactly enough?

A filter by date is ``from`` and ``to``, a chosen year or month, or a date that the query itself asks for
(``ngày:5/2013``, beside its words). An article passes it where the whole span of its publication lies inside.
One whose span lies wholly outside was published at another time. The others are left out for lack of a date:
those without one, and those whose span reaches over an edge, as "2013" does over that of May 2013.

``Selection.undated`` asks for these instead; without a filter by date it asks for articles that have no date.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from indexer.facets import FacetName
from indexer.query import And, Dates, Not, Or, Query
from search_app.answer.selection import Selection, Values

_DAY = timedelta(1)
_BY_DATE = (FacetName.YEAR, FacetName.MONTH)
_DATED = Dates(date.min, None)
"""Passed by every article that has a date."""

Filter = tuple[Dates, ...]
"""Spans of time, of which one must hold the article's."""


def filters_by_date(selection: Selection, query: Query) -> list[Filter]:
    """Every filter by date that an article has to pass, of a selection and of its query as it is searched."""
    filters: list[Filter] = [(dates,) for dates in _clauses(query) if isinstance(dates, Dates)]
    if selection.first or selection.last:
        filters.append((Dates(selection.first, selection.last),))
    for name in _BY_DATE:
        values = selection.chosen.get(name, ())
        if values and "" not in values:  # where "not known" is chosen, nothing is left out for lack of a date
            filters.append(tuple(map(_span, values)))
    return filters


def undated_query(selection: Selection, query: Query) -> Query:
    """The query whose matches the filters by date leave out for lack of a date, without those filters.

    Its other clauses stay: loose words are still those of the second tier.
    """
    filters = filters_by_date(selection, query)
    clauses = [clause for clause in _clauses(query) if not isinstance(clause, Dates)]
    if not filters:
        return And((*clauses, Not(_DATED)))
    passing = And(tuple(Or(dates) for dates in filters))
    elsewhere = Or(tuple(gap for dates in filters for gap in _gaps(dates)))
    return And((*clauses, Not(passing), Not(elsewhere)))


def chosen_besides_dates(selection: Selection) -> Values:
    """The chosen values without years and months that ``undated_query`` stands for."""
    return {name: values for name, values in selection.chosen.items() if name not in _BY_DATE or "" in values}


def _clauses(query: Query) -> Sequence[Query]:
    return query.children if isinstance(query, And) else (query,)


def _span(value: str) -> Dates:
    """The span of a value of a year (2013) or of a month (2013-05)."""
    year, _, month = value.partition("-")
    if not month:
        return Dates(date(int(year), 1, 1), date(int(year), 12, 31))
    last = monthrange(int(year), int(month))[1]
    return Dates(date(int(year), int(month), 1), date(int(year), int(month), last))


def _gaps(dates: Filter) -> Iterator[Dates]:
    """The spans of time between some spans, before the first and behind the last."""
    spans = sorted((one.first or date.min, one.last or date.max) for one in dates)
    covered = date.min  # the first day that may lie in a gap
    for first, last in spans:
        if first > covered:
            yield Dates(covered, first - _DAY)
        if last == date.max:
            return
        covered = max(covered, last + _DAY)
    yield Dates(covered, None)
