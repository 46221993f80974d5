"""What may the evaluation of a query cost, and which part of it cost most?

Code that evaluates a query says after each piece of work what it was for: ``charge(part)``. Where the thread
has a budget, the time since the last charge is added to that part, and the evaluation ends with an error once
the budget is used up. Where it has none, as on the command line, a charge reads one variable. The budget is a
context variable, as decimal's precision is, because the work that it covers (expansion, correction, segments,
highlighting) is spread over thirty functions of three packages that pass each other plain values.

Time is the thread's processor time. Waiting for a turn, for the interpreter's lock or for another process
does not count, so that the same queries are refused on a busy machine as on an idle one.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from corpus.errors import ReportableError
from corpus.message import say
from indexer.query import Dates, Match

SLICE_SECONDS = 0.05
"""How often an evaluation reports how long it has worked; see Budget."""


class Stage(StrEnum):
    """Kinds of work that belong to no single match of a query."""

    COMBINING = "combining"
    COUNTING = "counting"
    RANKING = "ranking"
    CORRECTION = "correction"
    EXPANSION = "expansion"
    COMPLETION = "completion"
    HIGHLIGHTING = "highlighting"
    SIMILAR = "similar"
    ARTICLES = "articles"


QueryPart = Match | Dates | Stage


class OverBudgetError(ReportableError):
    """An evaluation took longer than its budget.

    Attributes:
        part: the part of the query, or the kind of work, that took most of the time.
        seconds: the budget.
    """

    def __init__(self, part: QueryPart, seconds: float) -> None:
        super().__init__(say("The query takes longer than {seconds} seconds", seconds=seconds))
        self.part = part
        self.seconds = seconds


class Budget:
    """The time of one evaluation, in one thread.

    Args:
        seconds: the time that it may take; may be infinite.
        on_slice: called every SLICE_SECONDS with the seconds so far; it may wait for others, and may raise.
        clock: gives the seconds of work so far; it stands still while the thread waits.
    """

    def __init__(
        self,
        seconds: float,
        *,
        on_slice: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.thread_time,
    ) -> None:
        self._seconds = seconds
        self._on_slice = on_slice
        self._next = SLICE_SECONDS
        self._clock = clock
        self._started = self._last = clock()
        self._spent: defaultdict[QueryPart, float] = defaultdict(float)

    def charge(self, part: QueryPart) -> None:
        """Adds the time since the last charge to a part.

        Raises:
            OverBudgetError: the budget is used up.
        """
        now = self._clock()
        self._spent[part] += now - self._last
        self._last = now
        if now - self._started > self._seconds:
            raise OverBudgetError(max(self._spent, key=self._spent.__getitem__), self._seconds)
        if self._on_slice is not None and now - self._started >= self._next:
            self._next = now - self._started + SLICE_SECONDS
            self._on_slice(now - self._started)

    def lift(self) -> None:
        """Removes the limit from now on."""
        self._seconds = float("inf")


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


def charge(part: QueryPart) -> None:
    """Adds the time since the last charge to a part of the thread's budget; see Budget.charge."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.charge(part)


def lift() -> None:
    """Removes the limit of the evaluation under way; exports of a whole result have none."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.lift()


@contextmanager
def use_budget(budget: Budget) -> Iterator[None]:
    """Applies a budget to all that this thread evaluates in the block."""
    token = _CURRENT.set(budget)
    try:
        yield
    finally:
        _CURRENT.reset(token)
