"""Is there room for what is about to be written? Asked before it begins."""

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
