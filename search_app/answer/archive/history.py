"""Which changes has the archive, the newest first? A page of their runs, and all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from corpus.change_runs import ChangeRun, change_runs
from corpus.shown_archive import ShownArchive

RUNS_LISTED = 100
"""Runs of changes on one page."""

_PAGES = 8  # that are kept in memory


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some runs of changes, the newest first.

    Attributes:
        number: the last change of the archive.
        runs: at most RUNS_LISTED.
        older: the number below which the next page goes on; None where there is none.
    """

    number: int
    runs: tuple[ChangeRun, ...]
    older: int | None


class History:
    """The use cases of the archive's changes; read-only and safe for threads."""

    def __init__(self, archive: ShownArchive) -> None:
        self._archive = archive
        self._kept = lru_cache(maxsize=_PAGES)(self._read)

    def page(self, before: int | None = None) -> HistoryPage:
        """The newest runs, or the newest of the changes below a number; read once for each state.

        Raises:
            OperatorError: the archive cannot be read.
        """
        number = self._archive.number
        below = number + 1 if before is None else min(before, number + 1)
        return self._kept(number, below, self._archive.withdrawn().state)

    def runs(self, before: int | None = None) -> Iterator[ChangeRun]:
        """All of them, read from the archive while the caller iterates."""
        return change_runs(self._archive, self._archive.number + 1 if before is None else before)

    def _read(self, number: int, below: int, _withdrawn: tuple[int, int]) -> HistoryPage:
        runs = tuple(islice(change_runs(self._archive, below), RUNS_LISTED + 1))
        shown = runs[:RUNS_LISTED]
        return HistoryPage(number, shown, shown[-1].first if len(runs) > len(shown) else None)
