"""Who evaluates now, and who waits? Turns in one process, so that a quick query passes the slow ones.

AT_ONCE threads work at the same time; more would only fight for the interpreter's lock. At most half of them
(one at least) are old: evaluate a query that has taken longer than half a second already, or make a piece of
a stream. Who grows old while there are enough of those gives its place away and waits, asleep, in the order
in which it came; so the other half is always for the young. Those take turns of a tenth of a second, so that
a quick query does not wait for the half seconds of others. A stream takes its place for one piece at a time,
and while a young one works it holds back for up to HOLD_BACK seconds.

A thread that waits keeps its request, so waiting is bounded, by MOST_WAITING and PATIENCE, and so are
streams, by MOST_STREAMS: what is past that is refused, and says so. THREADS are enough for all of these and
some that wait for a young one's place.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from corpus.errors import ReportableError
from corpus.message import say

AT_ONCE = 2
OLD_SECONDS = 0.5
MOST_WAITING = 7
MOST_STREAMS = 7
THREADS = AT_ONCE + MOST_WAITING + MOST_STREAMS + 8
PATIENCE = 60.0
HOLD_BACK = 0.25


class BusyError(ReportableError):
    """Too many long queries are evaluated, or wait."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Too many long queries are waiting for their turn; ask again in a minute, or ask for less: "
                "fewer words, no stars and narrower windows"
            )
        )


class Turns:
    """The turns of one process; safe for threads.

    Args:
        patience: seconds that one waits at most; hold_back: that a stream lets the young go first.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        most_streams: int = MOST_STREAMS,
        patience: float = PATIENCE,
        hold_back: float = HOLD_BACK,
    ) -> None:
        self._at_once = at_once
        self._most_old = max(1, at_once // 2)
        self._most_waiting = most_waiting
        self._most_streams = most_streams
        self._patience = patience
        self._hold_back = hold_back
        self._changed = threading.Condition()
        self._young = self._old = self._waiting = 0
        self._streams: set[object] = set()
        self._queue: deque[object] = deque()  # of those that wait to go on as old ones, the first first
        self._entering: deque[object] = deque()  # the same of the young

    def enter(self) -> None:
        """Waits for a place among the young, and takes it.

        Raises:
            BusyError: there was none for too long.
        """
        with self._changed:
            self._take_young()

    def give_way(self) -> None:
        """Lets the young that wait go first, if any do.

        Raises:
            BusyError: it took too long until its own turn came again; no place is held then.
        """
        with self._changed:
            if self._entering:
                self._young -= 1
                self._changed.notify_all()
                self._take_young()

    def grow_old(self) -> None:
        """Gives a young one's place away for an old one's, waiting for it.

        Raises:
            BusyError: too many wait, or it took too long; no place is held then.
        """
        with self._changed:
            self._young -= 1
            self._changed.notify_all()
            goes_on = self._is_free_for_an_old() and not self._queue
            if self._waiting >= self._most_waiting and not goes_on:
                raise BusyError
            self._waiting += 1
            try:
                self._take_old(self._patience)
            finally:
                self._waiting -= 1

    def leave(self, *, old: bool) -> None:
        """Gives a place back."""
        with self._changed:
            self._old -= old
            self._young -= not old
            self._changed.notify_all()

    def open_stream(self) -> Callable[[], None]:
        """Counts a stream until what is given back is called: when it has ended, or was left, or both.

        Raises:
            BusyError: there are enough.
        """
        stream = object()
        with self._changed:
            if len(self._streams) >= self._most_streams:
                raise BusyError
            self._streams.add(stream)
        return partial(self._streams.discard, stream)

    @contextmanager
    def piece(self) -> Iterator[None]:
        """A place for a piece of a stream; waits as long as it takes: what was begun is not broken off."""
        with self._changed:
            self._changed.wait_for(lambda: not self._young, self._hold_back)
            self._take_old(None)
        try:
            yield
        finally:
            self.leave(old=True)

    def _take_young(self) -> None:
        ticket = object()
        self._entering.append(ticket)
        try:
            self._wait(lambda: self._entering[0] is ticket and self._is_free_for_the_young(), self._patience)
            self._young += 1
        finally:
            self._entering.remove(ticket)
            self._changed.notify_all()

    def _take_old(self, patience: float | None) -> None:
        ticket = object()
        self._queue.append(ticket)
        try:
            self._wait(lambda: self._queue[0] is ticket and self._is_free_for_an_old(), patience)
            self._old += 1
        finally:
            self._queue.remove(ticket)
            self._changed.notify_all()

    def _is_free_for_an_old(self) -> bool:
        return self._old < self._most_old and self._young + self._old < self._at_once

    def _is_free_for_the_young(self) -> bool:
        kept = bool(self._queue) and self._old < self._most_old  # a place, for the old one that is first
        return self._young + self._old + kept < self._at_once

    def _wait(self, is_free: Callable[[], bool], patience: float | None) -> None:
        if not self._changed.wait_for(is_free, patience):
            raise BusyError


class Turn:
    """The turn of one request; ``leave`` may be called at any time, and once more."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._held = False
        self._old = False

    def enter(self) -> None:
        """Takes a place; see Turns.enter."""
        if not self._held:
            self._turns.enter()
            self._held = True

    def worked(self, seconds: float) -> None:
        """What has worked so long gives way, or grows old; see Turns."""
        if self._held and not self._old:
            self._held = False  # where it is refused
            self._old = seconds > OLD_SECONDS
            if self._old:
                self._turns.grow_old()
            else:
                self._turns.give_way()
            self._held = True

    def leave(self) -> None:
        """Gives back what is held."""
        if self._held:
            self._held = False
            self._turns.leave(old=self._old)

    @property
    def is_held(self) -> bool:
        """Whether it holds a place."""
        return self._held
