"""What may the evaluation of a query cost, and which part of it cost most?

Whoever evaluates says after each piece of work what it was for: ``charge(part)``. Where a budget was lent to
the thread, the time since the last charge is added to that part, and the evaluation ends where the budget
does. Where none was lent, as on the command line, a charge is a look at one variable. The budget is lent as
decimal's precision is, by the context, because what it must cover (expansion, correction, segments,
highlighting) lies in thirty functions of three packages that pass each other plain values.

Time is the thread's processor time. Waiting for a turn, for the interpreter's lock or for another process is
not the query's fault, and does not count: on a busy machine a query is refused where it is on an idle one.
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

SLICE_SECONDS = 0.1
"""So often an evaluation says how long it has worked; see Budget."""


class Stage(StrEnum):
    """Work that is for no single match of a query."""

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
    """An evaluation took longer than it may.

    Attributes:
        part: of the query, that took most of the time.
        seconds: the budget.
    """

    def __init__(self, part: QueryPart, seconds: float) -> None:
        super().__init__(say("The query takes longer than {seconds} seconds", seconds=seconds))
        self.part = part
        self.seconds = seconds


class Budget:
    """The time of one evaluation, in one thread.

    Args:
        seconds: how much it may take; infinite: as much as it needs.
        worked: told the seconds so far, each SLICE_SECONDS; may wait for others, and may raise.
        clock: seconds of work so far; it stands still while the thread waits.
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
        """The time since the last charge was for a part.

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
        """From now on it takes as long as it needs."""
        self._seconds = float("inf")


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


def charge(part: QueryPart) -> None:
    """The time since the last charge was for a part; see Budget.charge."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.charge(part)


def lift() -> None:
    """Lets the evaluation under way take as long as it needs: what is taken away whole has no budget."""
    budget = _CURRENT.get()
    if budget is not None:
        budget.lift()


@contextmanager
def use_budget(budget: Budget) -> Iterator[None]:
    """Lends a budget to all that is evaluated in the block, by this thread."""
    token = _CURRENT.set(budget)
    try:
        yield
    finally:
        _CURRENT.reset(token)
