"""Which threads of a process evaluate a query now, and which wait? A quick query passes the slow ones.

AT_ONCE threads work at the same time; more would only compete for the interpreter's lock. A query is *young*
until it has taken OLD_SECONDS of processor time, then it is *old*; a stream, which sends an export in pieces,
is old from its start. At most half of the places (at least one) are given to old queries. A query that
becomes old while these are taken gives its place back and sleeps until one is free; old queries are served
in the order in which they became old. The other half of the places is always for young queries. A young
query gives way to the young queries that wait each time a twentieth of a second is over, so that a quick one
does not wait for the whole youth of others. An old query keeps its place, but as often it waits up to
OLD_HOLD_BACK seconds for young queries to end: beside it they would get the interpreter's lock half of the
time at best. A stream takes a place for one piece at a time, and waits up to HOLD_BACK seconds before each.

A waiting thread keeps its request. So the number of waiting threads is limited by MOST_WAITING, their time by
PATIENCE, and the number of streams by MOST_STREAMS; a request past a limit is refused with BusyError. THREADS
is the size of the pool: enough for all of these, and for some young queries that wait.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from corpus.errors import ReportableError
from corpus.message import say

AT_ONCE = 2
OLD_SECONDS = 0.2  # of processor time
MOST_WAITING = 7
MOST_STREAMS = 7
THREADS = AT_ONCE + MOST_WAITING + MOST_STREAMS + 8
PATIENCE = 60.0  # seconds
HOLD_BACK = 0.25  # seconds
OLD_HOLD_BACK = 0.1  # seconds


class BusyError(ReportableError):
    """The request is refused, because too many long queries are being evaluated or are waiting."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Too many long queries are waiting for their turn; ask again in a minute, or ask for less: "
                "fewer words, no stars and narrower windows"
            )
        )


class Turns:
    """The places of one process, and the queues for them; safe for threads.

    Args:
        at_once: number of places.
        most_waiting: number of old queries that may wait at the same time.
        most_streams: number of streams that may be open at the same time.
        patience: seconds after which a waiting query is refused.
        hold_back: seconds that a stream waits before each piece while a young query works.
        old_hold_back: seconds that an old query waits, each time, while a young query works.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        most_streams: int = MOST_STREAMS,
        patience: float = PATIENCE,
        hold_back: float = HOLD_BACK,
        old_hold_back: float = OLD_HOLD_BACK,
    ) -> None:
        self._at_once = at_once
        self._most_old = max(1, at_once // 2)
        self._most_waiting = most_waiting
        self._most_streams = most_streams
        self._patience = patience
        self._hold_back = hold_back
        self._old_hold_back = old_hold_back
        self._changed = threading.Condition()
        self._young = self._old = self._waiting = 0
        self._streams: set[object] = set()
        self._queue: deque[object] = deque()  # tickets of waiting old queries, the first to be served first
        self._entering: deque[object] = deque()  # tickets of waiting young queries, in the same order

    def enter(self) -> None:
        """Waits for the place of a young query and takes it.

        Raises:
            BusyError: no place was free within ``patience`` seconds.
        """
        with self._changed:
            self._take_young()

    def give_way(self) -> None:
        """Lets waiting young queries go first: gives the place back and waits for one again.

        Does nothing where no young query waits.

        Raises:
            BusyError: no place was free within ``patience`` seconds. The caller holds no place then.
        """
        with self._changed:
            if self._entering:
                self._young -= 1
                self._changed.notify_all()
                self._take_young()

    def grow_old(self) -> None:
        """Gives the place of a young query back, and waits for the place of an old one.

        Raises:
            BusyError: too many old queries wait, or no place was free within ``patience`` seconds. The caller
                holds no place then.
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

    def hold_back(self) -> None:
        """Waits, with the place of an old query, up to ``old_hold_back`` seconds for young queries to end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._young, self._old_hold_back)

    def leave(self, *, old: bool) -> None:
        """Gives a place back; ``old`` says of which kind it is."""
        with self._changed:
            self._old -= old
            self._young -= not old
            self._changed.notify_all()

    def check_streams(self) -> None:
        """Refuses what is going to be a stream, before it is worked for in vain.

        Raises:
            BusyError: ``most_streams`` streams are open.
        """
        if len(self._streams) >= self._most_streams:
            raise BusyError

    def open_stream(self) -> Callable[[], None]:
        """Counts a stream as open, and returns the function that closes it.

        The function may be called more than once: when the stream has ended, when the client has gone, or
        both.

        Raises:
            BusyError: ``most_streams`` streams are open.
        """
        stream = object()
        with self._changed:
            self.check_streams()
            self._streams.add(stream)
        return partial(self._streams.discard, stream)

    @contextmanager
    def piece(self) -> Iterator[None]:
        """Holds a place of an old query for one piece of a stream.

        Waits without a limit, because a response that was begun cannot be refused any more.
        """
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
        reserved = bool(self._queue) and self._old < self._most_old  # one place for the first old query
        return self._young + self._old + reserved < self._at_once

    def _wait(self, is_free: Callable[[], bool], patience: float | None) -> None:
        if not self._changed.wait_for(is_free, patience):
            raise BusyError


class Turn:
    """The turn of one request. ``leave`` may be called at any time, and more than once."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._held = False
        self._old = False

    def enter(self) -> None:
        """Takes a place, if none is held; see Turns.enter.

        Raises:
            BusyError: no place was free for too long.
        """
        if not self._held:
            self._turns.enter()
            self._held = True

    def worked(self, seconds: float) -> None:
        """Gives way to young queries, becomes old or holds back, by the processor time taken so far.

        Raises:
            BusyError: the request is refused. No place is held then.
        """
        if self._old:
            self._turns.hold_back()
        elif self._held:
            self._held = False  # stays so where the request is refused
            self._old = seconds > OLD_SECONDS
            if self._old:
                self._turns.grow_old()
            else:
                self._turns.give_way()
            self._held = True

    def leave(self) -> None:
        """Gives the place back, if one is held."""
        if self._held:
            self._held = False
            self._turns.leave(old=self._old)

    @property
    def is_held(self) -> bool:
        """Whether the request holds a place."""
        return self._held
