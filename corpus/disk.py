"""When is a file, or a new folder, on disk, and is there space for what is about to be written?"""

import os
import shutil
from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import say

_MEBIBYTE = 1 << 20


def check_space(folder: Path, needed: int) -> None:
    """Refuses to begin where a disk has less room than is needed.

    Args:
        folder: where it will be written; it need not be there yet.
        needed: bytes.

    Raises:
        OperatorError: with what is needed and what is there.
    """
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise OperatorError(
            say(
                "{path}: {needed} MB of room are needed here and {free} MB are there; make room, or choose"
                " another place. Nothing was begun",
                path=str(folder),
                needed=-(-needed // _MEBIBYTE),
                free=free // _MEBIBYTE,
            )
        )


def make_folder(path: Path) -> None:
    """Makes a folder, with its missing parents; each new one is on disk when the call returns."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        sync(folder.parent)


def sync(path: Path) -> None:
    """Waits until a file, or the entries of a folder, are on disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
