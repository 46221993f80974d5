"""How does a long-lived process see a commit? It opens a new reader when the state of the index changes.

A search under way finishes on the state that it started with; a reader is closed when its last user is done.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from indexer.engine import IndexReader

Reader = TypeVar("Reader", bound=IndexReader)
State = tuple[int, ...]


@dataclass
class _Held(Generic[Reader]):
    reader: Reader
    state: State
    users: int = 0


class ReaderHolder(Generic[Reader]):
    """Lends the newest reader; safe for threads.

    Args:
        open_reader: opens the current state; it is given the reader before, to share resources with.
        state: gives a value that changes with every commit.
    """

    def __init__(self, open_reader: Callable[[Reader | None], Reader], state: Callable[[], State]) -> None:
        self._open = open_reader
        self._state = state
        self._lock = threading.Lock()
        self._held: _Held[Reader] | None = None

    @contextmanager
    def lend(self) -> Iterator[Reader]:
        """Lends the newest reader for the length of the block."""
        held = self._take()
        try:
            yield held.reader
        finally:
            self._give_back(held)

    def close(self) -> None:
        """Closes the reader, once nobody uses it."""
        with self._lock:
            held, self._held = self._held, None
            if held and not held.users:
                held.reader.close()

    def _take(self) -> _Held[Reader]:
        with self._lock:
            state = self._state()
            if self._held is None or self._held.state != state:
                old = self._held
                self._held = _Held(self._open(old.reader if old else None), state)
                if old and not old.users:
                    old.reader.close()
            self._held.users += 1
            return self._held

    def _give_back(self, held: _Held[Reader]) -> None:
        with self._lock:
            held.users -= 1
            if not held.users and held is not self._held:
                held.reader.close()
