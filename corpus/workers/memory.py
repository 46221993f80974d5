"""How much memory does a worker fill? Asked of the system, where it does not hold a process to a limit.

Linux holds a process to RLIMIT_DATA; macOS takes the limit and does not keep it.
"""

import sys
from collections.abc import Callable

Meter = Callable[[], int]
"""Bytes that a process has in memory now; 0 where it is no more."""

KERNEL_LIMITS = sys.platform == "linux"


def meter_of(pid: int) -> Meter:
    """Measures one process."""
    import psutil  # noqa: PLC0415 - only where the kernel keeps no limit

    process = psutil.Process(pid)

    def measure() -> int:
        try:
            return int(process.memory_info().rss)
        except psutil.Error:
            return 0

    return measure
