"""How does a process that serves for weeks keep its memory? By settings of Python's and the system's."""

import ctypes
import gc

_COLLECT_AFTER = (50_000, 20, 50)
"""Thresholds of ``gc``, higher than Python's: a page creates thousands of objects and hardly any cycle."""

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of glibc's malloc.h
_LARGE_BYTES = 1_000_000
_ARENAS = 2


def tune_memory() -> None:
    """Called once in a process, when what it keeps for good has been created."""
    _keep_from_collection()
    _give_memory_back()


def _keep_from_collection() -> None:
    """Excludes what exists now from garbage collection, which becomes rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def _give_memory_back() -> None:
    """Lets glibc return large arrays to the system at once.

    By itself it raises the size from which it does so, up to 32 MB, and then keeps what a slow query used:
    two processes grew by 215 MB together, and by 70 with this. Other systems have no such setting.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_M_ARENA_MAX, _ARENAS)
