"""How is data stored that can be made again from the archive? In a file of arrays, replaced atomically.

A file that is missing or of another version counts as none. A server notices a new file by its inode, time
and size; the old one stays readable where it is mapped.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from corpus.disk import dropped_on_failure, put_in_place
from indexer.arrays.disk import report_disk_errors
from indexer.arrays.file import MappedArrays, write_arrays

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """The content of a file.

    Attributes:
        number: the file is up to this change of the archive.
    """

    number: int
    arrays: MappedArrays


def about_array(number: int, version: Mapping[str, object]) -> npt.NDArray[Any]:
    """The array "about" of a file: the archive's change that it is up to, and the version that made it."""
    return np.frombuffer(json.dumps({"number": number, **version}).encode(), np.uint8)


def open_derived(path: Path, version: Mapping[str, object]) -> DerivedFile | None:
    """The file, mapped into memory; None where there is none, or of another version.

    Raises:
        DamagedFileError: its header is not what was written; later: a block that is read is not.
    """
    try:
        arrays = MappedArrays(path)
    except FileNotFoundError:
        return None
    about = json.loads(arrays["about"].tobytes()) if "about" in arrays else {}
    number = about.get("number", 0)
    return DerivedFile(number, arrays) if about == {"number": number, **version} else None


def check_header(path: Path) -> None:
    """Opens a file, if there is one.

    Raises:
        DamagedFileError: its header is not what this version writes.
    """
    if path.exists():
        MappedArrays(path)


def replace_derived(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Replaces the file, once the new one is on disk."""
    draft = path.with_suffix(".new")
    with dropped_on_failure(draft):
        write_arrays(draft, arrays)
        put_in_place(draft, path)


class LatestFile(Generic[Opened]):
    """The current file at a path, opened again when it was replaced; safe for threads."""

    def __init__(self, path: Path, opened: Callable[[Path], Opened | None]) -> None:
        self._path = path
        self._opened = opened
        self._lock = threading.Lock()
        self._state: tuple[int, ...] = ()
        self._current: Opened | None = None

    def state(self) -> tuple[int, ...]:
        """A value that changes with the file; () where there is none."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return ()
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def current(self) -> Opened | None:
        """What the current file was opened as; None where there is none, or of another version.

        Raises:
            OperatorError: the file is damaged, or the disk fails.
        """
        with self._lock, report_disk_errors(self._path):
            state = self.state()
            while state != self._state:  # opened again where it was replaced meanwhile
                self._current = self._opened(self._path) if state else None
                self._state, state = state, self.state()
            return self._current
