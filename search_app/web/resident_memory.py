"""How much memory does another process of this server use? Asked of the system when the metrics are read."""

import os
import sys
from pathlib import Path

_STATE, _PARENT, _PAGES = 0, 1, 21  # of /proc/PID/stat, behind the name
_ENDED = frozenset("ZX")


def resident_bytes(pid: int, parent: int) -> int:
    """The resident memory of a process in bytes, with the pages of files that it shares with others.

    0 where there is no such process any more: it has ended, or its number is another's now.

    Args:
        parent: number of the process that started it.
    """
    if sys.platform == "linux":
        return _by_proc(pid, parent)
    return _by_psutil(pid, parent)


def _by_proc(pid: int, parent: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0
    said = stat.rpartition(")")[2].split()
    if said[_STATE] in _ENDED or int(said[_PARENT]) != parent:
        return 0
    return int(said[_PAGES]) * os.sysconf("SC_PAGE_SIZE")


def _by_psutil(pid: int, parent: int) -> int:
    import psutil  # noqa: PLC0415 - installed only where there is no /proc

    try:
        process = psutil.Process(pid)
        return int(process.memory_info().rss) if process.ppid() == parent else 0
    except psutil.Error:
        return 0
