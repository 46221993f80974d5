"""How much memory does a worker use? Measured where the system does not enforce a limit.

Linux enforces RLIMIT_DATA; macOS accepts the limit and does not enforce it.
"""

import sys
from collections.abc import Callable

Meter = Callable[[], int]
"""Gives the resident memory of a process in bytes; 0 where it has ended."""

KERNEL_LIMITS = sys.platform == "linux"


def meter_of(pid: int) -> Meter:
    """A meter of one process."""
    import psutil  # noqa: PLC0415 - only where the kernel enforces no limit

    process = psutil.Process(pid)

    def measure() -> int:
        try:
            return int(process.memory_info().rss)
        except psutil.Error:
            return 0

    return measure
