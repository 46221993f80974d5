"""How does a server notice new suggestions? It compares inode, time and size of the file at each request."""

from pathlib import Path

from indexer.arrays.derived import LatestFile
from indexer.suggest.file import open_stored
from indexer.suggest.reader import SuggestionReader
from indexer.suggest.suggestion import Suggestion


class SuggestionSource:
    """The suggestions of a file that may be replaced; safe for threads. A mapped old file stays readable."""

    def __init__(self, path: Path) -> None:
        self._latest = LatestFile(path, _opened)

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """As :meth:`SuggestionReader.suggestions`; none where there is no file of this version.

        Raises:
            OperatorError: the file is damaged.
        """
        reader = self._latest.current()
        return reader.suggestions(typed, limit) if reader else ()

    def number(self) -> int:
        """The archive's change up to which the suggestions are made; 0 where there are none."""
        reader = self._latest.current()
        return reader.number if reader else 0

    def state(self) -> tuple[int, ...]:
        """A value that changes with the file."""
        return self._latest.state()


def _opened(path: Path) -> SuggestionReader | None:
    stored = open_stored(path)
    return SuggestionReader(stored) if stored else None
