"""How does a server see suggestions that were learnt anew? It looks whether the file is another one."""

import threading
from pathlib import Path

from indexer.engines.whoosh.directory import mendable
from indexer.suggest.file import open_stored
from indexer.suggest.reader import SuggestionReader
from indexer.suggest.suggestion import Suggestion

State = tuple[int, ...]


class SuggestionSource:
    """The suggestions of a file; safe for threads. A replaced file can be read to the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._state: State = ()
        self._reader: SuggestionReader | None = None

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """As :meth:`SuggestionReader.suggestions`; none where nothing was learnt by this version.

        Raises:
            OperatorError: the file is damaged.
        """
        with mendable(self._path):
            reader = self._newest()
        return reader.suggestions(typed, limit) if reader else ()

    def _newest(self) -> SuggestionReader | None:
        with self._lock:
            state = self._state_now()
            if state != self._state:
                stored = open_stored(self._path) if state else None
                self._reader = SuggestionReader(stored) if stored else None
                self._state = state
            return self._reader

    def _state_now(self) -> State:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return ()
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
