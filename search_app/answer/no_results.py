"""What can be asked instead where nothing is found? Less, each with the number of articles it finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from corpus.errors import UserError
from corpus.message import Message, say
from search_app.answer.evaluation import Count
from search_app.answer.selection import Filter, Selection
from search_app.query.relaxation import drop_constraints, leave_out_parts

WIDER = 2
"""Wider queries that are offered: the nearest that find something."""


@dataclass(frozen=True, slots=True)
class OtherQuery:
    """Another query in place of the typed one; ``title`` says what it asks less."""

    title: Message
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class FewerFilters:
    """The same query without one filter; ``removed`` None: without any."""

    removed: Filter | None
    count: int


@dataclass(frozen=True, slots=True)
class RelaxedSelections:
    """Selections that ask less.

    Attributes:
        words: without each part of the query.
        filters: without each filter in force, and without any of several.
        wider: the same words, taken more widely.
        unfiltered: ``words`` and ``wider`` are counted without any filter, for with them nothing helps.
    """

    words: tuple[OtherQuery, ...]
    filters: tuple[FewerFilters, ...]
    wider: tuple[OtherQuery, ...]
    unfiltered: bool = False


def relax(selection: Selection, count: Count) -> RelaxedSelections:
    """The selections that ask less than one that finds nothing.

    Args:
        selection: its order and its way of counting stories change nothing.
        count: evaluates a selection whose query is taken exactly as it stands.
    """
    selection = replace(selection, exact=True)
    filters = tuple(_without_filters(selection, count))
    found = _relaxed(selection, filters, count)
    counts = [one.count for one in filters] + [one.count for one in (*found.words, *found.wider)]
    if filters and not any(counts):
        return replace(_relaxed(selection.unfiltered(), filters, count), unfiltered=True)
    return found


def _without_filters(selection: Selection, count: Count) -> Iterator[FewerFilters]:
    every = list(selection.filters())
    asked: list[tuple[Filter | None, Selection]] = [(one, selection.without(one)) for one in every]
    if len(every) > 1:
        asked.append((None, selection.unfiltered()))
    for removed, fewer in asked:
        try:
            yield FewerFilters(removed, count(fewer))
        except UserError:
            continue  # the query itself is past a limit of the grammar


def _relaxed(selection: Selection, filters: tuple[FewerFilters, ...], count: Count) -> RelaxedSelections:
    def counted(queries: Iterable[tuple[Message, str]]) -> Iterator[OtherQuery]:
        for title, query in queries:
            try:
                yield OtherQuery(title, query, count(replace(selection, query=query)))
            except UserError:
                continue  # past a limit of the grammar: it cannot be asked

    shorter = (
        (say("Without {part}", part=candidate.part), candidate.query)
        for candidate in leave_out_parts(selection.query)
    )
    wider = ((candidate.how, candidate.query) for candidate in drop_constraints(selection.query))
    finding = (other for other in counted(wider) if other.count)
    return RelaxedSelections(tuple(counted(shorter)), filters, tuple(islice(finding, WIDER)))
