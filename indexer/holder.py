"""How does a long-lived process see a commit? The reader it holds is opened anew when the index changes.

A search under way finishes on the state it started with; a state is closed when nobody uses it. A new state
is opened by one thread, outside the lock: the others go on with the state that is held. A state that cannot
be opened, as one that is damaged, does not stop a process that holds a good one: it goes on with that one,
tries each new state once, and says so (``trouble``). A block of a file that turns out to be damaged when a
query first reads it is said there too; queries that do not need it are answered.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.errors import OperatorError
from indexer.arrays.damage import DamagedFileError
from indexer.engine import IndexReader

Reader = TypeVar("Reader", bound=IndexReader)
State = tuple[int, ...]
_LOG = logging.getLogger(__name__)
_NONE: State = (-1,)
"""Is never the state of an index."""


@dataclass
class _Held(Generic[Reader]):
    reader: Reader
    users: int = 0


class ReaderHolder(Generic[Reader]):
    """Lends the newest reader; safe for threads.

    Args:
        open_reader: opens the state that is on disk now, sharing what it can with the reader before it.
        state: changes whenever there is something new to open; cheap to ask for.
    """

    def __init__(self, open_reader: Callable[[Reader | None], Reader], state: Callable[[], State]) -> None:
        self._open = open_reader
        self._state = state
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._held: _Held[Reader] | None = None
        self._tried: State = _NONE
        self.trouble: OperatorError | None = None
        """Why the newest state is not the one that is lent, or which part of it cannot be read; else None."""

    @contextmanager
    def lend(self) -> Iterator[Reader]:
        """The newest reader, for as long as the block lasts.

        Raises:
            OperatorError: the state on disk cannot be opened, and none is held; or what is read of it within
                the block is damaged.
        """
        held = self._take()
        try:
            yield held.reader
        except DamagedFileError as error:
            self._note(held, error)
            raise
        finally:
            self._give_back(held)

    def is_newest(self) -> bool:
        """Whether what is lent is the state on disk, or the one that stands in for it (``trouble``).

        False while another thread opens a newer one. True where nothing is held.
        """
        with self._lock:
            return self._held is None or self._look() == self._tried

    def close(self) -> None:
        """Closes what nobody uses."""
        with self._lock:
            held, self._held, self._tried = self._held, None, _NONE
            if held and not held.users:
                held.reader.close()

    def _take(self) -> _Held[Reader]:
        held = self._borrow(only_newest=True)
        if held is None and self._opening.acquire(blocking=self._held is None):
            try:
                # Another thread may have opened it while this one waited.
                held = self._borrow(only_newest=True)
                if held is None:
                    self._open_newest()
            finally:
                self._opening.release()
        held = held or self._borrow(only_newest=False)
        if held is None:
            raise self.trouble or AssertionError("a state was opened, and none is held")
        return held

    def _note(self, held: _Held[Reader], error: DamagedFileError) -> None:
        """Says that the newest state is damaged; of one that was replaced meanwhile, nothing."""
        with self._lock:
            is_news = held is self._held and self.trouble is None
            if is_news:
                self.trouble = error
        if is_news:
            _LOG.error("a part of the index cannot be read: %s", error)

    def _borrow(self, *, only_newest: bool) -> _Held[Reader] | None:
        with self._lock:
            held = self._held
            if held is None or (only_newest and self._look() != self._tried):
                return None
            held.users += 1
            return held

    def _look(self) -> State:
        """The state on disk; one that cannot be told is tried once, as any other."""
        try:
            return self._state()
        except OperatorError as error:
            return (hash(str(error)),)

    def _open_newest(self) -> None:
        """Opens the state on disk; where it cannot be opened, what is held stays."""
        state, old = self._look(), self._held
        try:
            reader = self._open(old.reader if old else None)
        except OperatorError as error:
            self.trouble = error
            if old is None:
                return
            _LOG.error("goes on with the state before: %s", error)
            with self._lock:
                self._tried = state
            return
        with self._lock:
            self._held, self._tried, self.trouble = _Held(reader), state, None
            if old and not old.users:
                old.reader.close()

    def _give_back(self, held: _Held[Reader]) -> None:
        with self._lock:
            held.users -= 1
            if not held.users and held is not self._held:
                held.reader.close()
