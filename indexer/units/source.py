"""How does a server notice a new table of units? By inode, time and size of the file, at each request."""

from dataclasses import dataclass
from pathlib import Path

from indexer.arrays.derived import LatestFile
from indexer.units.file import open_units
from indexer.units.table import UnitTable


@dataclass(frozen=True, slots=True)
class _Opened:
    """A table, and the archive's change that it is up to."""

    number: int
    table: UnitTable


class UnitSource:
    """Implements indexer.units.lookup.UnitLookup over a file that may be replaced; safe for threads.

    A table that was lent stays readable when a newer one takes its place, so an answer should ask once.
    """

    def __init__(self, path: Path) -> None:
        self._latest = LatestFile(path, _opened)

    def table(self) -> UnitTable | None:
        """The current table; None where there is none, or of another version."""
        opened = self._latest.current()
        return opened.table if opened else None

    def number(self) -> int | None:
        """The archive's change up to which the table holds it; None where there is no table."""
        opened = self._latest.current()
        return opened.number if opened else None

    def state(self) -> tuple[int, ...]:
        """A value that changes with the file."""
        return self._latest.state()


def _opened(path: Path) -> _Opened | None:
    stored = open_units(path)
    if stored is None:
        return None
    # All of it is proven now, so that a damaged file is found when it is opened.
    return _Opened(stored.number, UnitTable(dict(stored.arrays)))
