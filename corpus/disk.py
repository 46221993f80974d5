"""When is a file, or a new folder, on disk, and is there space for what is about to be written?

After a power loss only what was synced is there: the data of a file once the file is, a name once its folder
is. So data is synced before a name is given to it, and the name before anything is removed that it replaces.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    """Makes a folder, with its missing parents; each new one is on disk when the call returns.

    One that is there already is synced too: whoever made it may have been killed before it was on disk.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        sync(folder.parent)
    if not missing:
        with suppress(PermissionError):  # it is not this process that made it
            sync(path.absolute().parent)


def replace_file(path: Path, data: bytes) -> None:
    """Gives a file this content, all of it or none, on disk when the call returns."""
    draft = path.with_name(f"{path.name}.new")
    with dropped_on_failure(draft):
        draft.write_bytes(data)
        sync(draft)
        put_in_place(draft, path)


@contextmanager
def dropped_on_failure(draft: Path) -> Iterator[None]:
    """Removes a draft where the block fails: on a full disk it would take the room that is needed next."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def put_in_place(draft: Path, path: Path) -> None:
    """Renames a file that is on disk over another; the new name is on disk when the call returns."""
    draft.replace(path)
    sync(path.parent)


def copy_folder(source: Path, target: Path) -> None:
    """Copies the files of a folder over those of another; each is on disk, old or new as a whole."""
    make_folder(target)
    for entry in sorted(source.iterdir()):
        if entry.is_dir():
            copy_folder(entry, target / entry.name)
        else:
            replace_file(target / entry.name, entry.read_bytes())


def sync(path: Path) -> None:
    """Waits until a file, or the entries of a folder, are on disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
