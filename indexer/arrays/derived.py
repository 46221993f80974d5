"""How is kept what can be made again from the archive? In a file of arrays, replaced whole, opened anew.

Where the file is missing or of another version, nothing is known; a server sees a new one by its number,
time and size on disk, and what it has mapped of the old one can be read to the end.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.arrays.disk import report_disk_errors, sync
from indexer.arrays.file import AnyArray, MappedArrays, write_arrays

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """What a file holds.

    Attributes:
        number: up to which change of the archive.
    """

    number: int
    arrays: Mapping[str, AnyArray]


def about_array(number: int, version: Mapping[str, object]) -> npt.NDArray[Any]:
    """The array "about" of a file: up to which change it holds the archive, and by what it was made."""
    return np.frombuffer(json.dumps({"number": number, **version}).encode(), np.uint8)


def open_derived(path: Path, version: Mapping[str, object]) -> DerivedFile | None:
    """The file mapped into memory; None where there is none of this version.

    Raises:
        DamagedFileError: the file is not what was written.
    """
    try:
        arrays = MappedArrays(path)
    except FileNotFoundError:
        return None
    said = json.loads(arrays["about"].tobytes()) if "about" in arrays else {}
    number = said.get("number", 0)
    return DerivedFile(number, arrays) if said == {"number": number, **version} else None


def replace_derived(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Puts the file in the old one's place when it is on disk."""
    draft = path.with_suffix(".new")
    write_arrays(draft, arrays)
    draft.replace(path)
    sync(path.parent)


class LatestFile(Generic[Opened]):
    """The newest file at a path, opened once; safe for threads."""

    def __init__(self, path: Path, opened: Callable[[Path], Opened | None]) -> None:
        self._path = path
        self._opened = opened
        self._lock = threading.Lock()
        self._state: tuple[int, ...] = ()
        self._current: Opened | None = None

    def state(self) -> tuple[int, ...]:
        """Changes whenever there is something new to open."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return ()
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def current(self) -> Opened | None:
        """The newest; None where there is none of this version.

        Raises:
            OperatorError: the file is damaged, or the disk's errors.
        """
        with self._lock, report_disk_errors(self._path):
            state = self.state()
            if state != self._state:
                self._current = self._opened(self._path) if state else None
                self._state = state
            return self._current
