"""How does a long-lived process see a commit? The reader it holds is opened anew when the index changes.

A search under way finishes on the state it started with; a state is closed when nobody uses it.
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
    """Lends the newest reader. ``state`` changes whenever there is something new to open."""

    def __init__(self, open_reader: Callable[[Reader | None], Reader], state: Callable[[], State]) -> None:
        self._open = open_reader
        self._state = state
        self._lock = threading.Lock()
        self._held: _Held[Reader] | None = None

    @contextmanager
    def lend(self) -> Iterator[Reader]:
        """The newest reader, for as long as the block lasts."""
        held = self._take()
        try:
            yield held.reader
        finally:
            self._give_back(held)

    def close(self) -> None:
        """Closes what nobody uses."""
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
