"""Which less strict selections are offered where nothing is found, and how many articles match each?

Counting each of them is a query to the index, some tens in all; no texts are read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from corpus.errors import UserError
from corpus.message import Message, say
from indexer.query import Query
from search_app.answer.evaluation import Count
from search_app.answer.selection import Filter, Selection
from search_app.query.relaxation import drop_constraints, leave_out_parts

WIDER = 2
"""Queries with fewer constraints that are offered, at most; those that match nothing are not."""


@dataclass(frozen=True, slots=True)
class OtherQuery:
    """Another query, as understood, in place of the typed one; ``title`` tells what it gives up."""

    title: Message
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class FewerFilters:
    """The same query without the filter ``removed``, or without any filter if that is None."""

    removed: Filter | None
    count: int


@dataclass(frozen=True, slots=True)
class RelaxedSelections:
    """Selections that are less strict than one that matches nothing.

    Attributes:
        words: the query without each of its parts in turn.
        filters: the query without each filter in turn, and without all if there are several.
        wider: the same words with fewer constraints.
        unfiltered: whether ``words`` and ``wider`` are counted without filters, because with the filters none
            of them matches anything.
    """

    words: tuple[OtherQuery, ...]
    filters: tuple[FewerFilters, ...]
    wider: tuple[OtherQuery, ...]
    unfiltered: bool = False


def relax(selection: Selection, query: Query, count: Count) -> RelaxedSelections:
    """The selections that are less strict than one that matches nothing.

    Args:
        selection: its order and its way of counting stories are ignored.
        query: its query, parsed and cut into units.
        count: counts the articles that match a selection, without correction of its query.
    """
    selection = replace(selection, exact=True)
    filters = tuple(_without_filters(selection, count))
    relaxed = _relaxed(selection, query, filters, count)
    counts = [fewer.count for fewer in filters] + [other.count for other in (*relaxed.words, *relaxed.wider)]
    if filters and not any(counts):
        return replace(_relaxed(selection.unfiltered(), query, filters, count), unfiltered=True)
    return relaxed


def _without_filters(selection: Selection, count: Count) -> Iterator[FewerFilters]:
    every = list(selection.filters())
    asked: list[tuple[Filter | None, Selection]] = [(each, selection.without(each)) for each in every]
    if len(every) > 1:
        asked.append((None, selection.unfiltered()))
    for removed, fewer in asked:
        try:
            yield FewerFilters(removed, count(fewer))
        except UserError:
            continue  # the query itself is past a limit of the grammar


def _relaxed(
    selection: Selection, query: Query, filters: tuple[FewerFilters, ...], count: Count
) -> RelaxedSelections:
    def counted(queries: Iterable[tuple[Message, str]]) -> Iterator[OtherQuery]:
        for title, text in queries:
            try:
                yield OtherQuery(title, text, count(replace(selection, query=text, units=False)))
            except UserError:
                continue  # the changed query is past a limit of the grammar

    shorter = (
        (say("Without {part}", part=candidate.part), candidate.query) for candidate in leave_out_parts(query)
    )
    wider = ((candidate.how, candidate.query) for candidate in drop_constraints(query))
    finding = (other for other in counted(wider) if other.count)
    return RelaxedSelections(tuple(counted(shorter)), filters, tuple(islice(finding, WIDER)))
