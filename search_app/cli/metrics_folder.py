"""Where do the processes of a server write what they count? In a temporary folder, as long as it serves.

The process that starts the others makes the folder before they start, and removes it when it ends. A process
that it forks runs through the same end of the block, and leaves the folder alone.

The folder lies in memory where the system has a place for that, unless TMPDIR names another: the files are
mapped, and a process is killed that writes to a mapped file for which a full disk has no room.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import OperatorError
from corpus.message import say

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the folder when it is first imported."""


_MEMORY = "/dev/shm"  # noqa: S108 - mkdtemp makes a folder there that is ours alone


@contextmanager
def shared_metrics() -> Iterator[None]:
    """While the block lasts, processes started in it count their requests together.

    Raises:
        OperatorError: there is no folder for temporary files that can be written.
    """
    try:
        folder = tempfile.mkdtemp(prefix="khobao-metrics-", dir=_place())
    except OSError as error:
        raise OperatorError(
            say(
                "There is no folder for temporary files, which metrics need: {error}; name one with TMPDIR",
                error=error.strerror or str(error),
            )
        ) from error
    owner, before = os.getpid(), os.environ.get(VARIABLE)
    os.environ[VARIABLE] = folder
    try:
        yield
    finally:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before


def _place() -> str | None:
    """The folder in which the folder is made; None for the system's own choice, or TMPDIR."""
    is_in_memory = not os.environ.get("TMPDIR") and os.access(_MEMORY, os.W_OK | os.X_OK)
    return _MEMORY if is_in_memory else None
