"""Where are the superseded versions of an index, which pinned readers take? In a folder beside its segments.

The folder is an index of the same form, whose articles are told apart by the change that brought them. A
reader without a pin never opens it, so that it costs them nothing.
"""

import threading
from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import say
from indexer.engines.whoosh.codec import segment_path
from indexer.engines.whoosh.contents_table import read_table
from indexer.engines.whoosh.directory import read_manifest
from indexer.engines.whoosh.segments import Segment

_ATTEMPTS = 10  # a commit may delete a segment after the table was read and before it is opened


def kept_folder(directory: Path) -> Path:
    """The folder of the superseded versions of an index."""
    return directory / "kept"


def has_kept(directory: Path) -> bool:
    """Whether an index keeps superseded versions."""
    return (kept_folder(directory) / "manifest.json").exists()


class KeptVersions:
    """Opens the segments of superseded versions when a pin first needs them; safe for threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._segments: tuple[Segment, ...] | None = None

    def segments(self, archive_number: int) -> tuple[Segment, ...]:
        """The segments; they hold every version that was superseded up to a change.

        Raises:
            OperatorError: the index does not keep them all yet, or they are damaged.
        """
        with self._lock:
            if self._segments is None:
                self._check(archive_number)
                self._segments = self._open()
            return self._segments

    def all(self) -> dict[Path, Segment]:
        """The segments that there are, by path, to be proven.

        Raises:
            DamagedFileError: a file beside them is not what was written.
        """
        folder = kept_folder(self._directory)
        if not folder.exists():
            return {}
        read_manifest(folder)
        return {one.arrays.path: one for one in self._open()}

    def _check(self, archive_number: int) -> None:
        held = has_kept(self._directory)
        if not held or read_manifest(kept_folder(self._directory)).archive_number < archive_number:
            raise OperatorError(
                say(
                    "{path}: earlier versions of articles are not in the index yet, so that no earlier state"
                    " can be shown; add them with: khobao upgrade",
                    path=str(self._directory),
                )
            )

    def _open(self) -> tuple[Segment, ...]:
        folder = kept_folder(self._directory)
        for attempt in range(_ATTEMPTS):
            try:
                return tuple(Segment(segment_path(folder, entry)) for entry in read_table(folder).segments)
            except FileNotFoundError:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable: the last attempt raises")
