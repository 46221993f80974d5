"""What does a process cost? Memory of its own and memory it shares, processor time, by /proc."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MIB = 1024  # /proc counts in KiB


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in MiB.

    Attributes:
        anonymous: its own, in no file: what more of it would cost, each.
        file_private, file_shared: pages of files it has mapped, held by it alone, or by others too;
            the kernel can take either back.
        proportional: all of it, shared pages divided by those that share them.
    """

    anonymous: float
    file_private: float
    file_shared: float
    proportional: float


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took, with all the processes it started."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    output: str


def shared_out(pid: int) -> float:
    """MiB of a process in no file; what it shares with others since a fork is divided by their number."""
    return _kib(pid)["Pss_Anon"] / _MIB


def _kib(pid: int) -> dict[str, int]:
    kib = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, value = line.partition(":")
        kib[name] = int(value.split()[0])
    return kib


def memory(pid: int) -> Memory:
    """The memory of a process now."""
    kib = _kib(pid)
    private = kib["Private_Clean"] + kib["Private_Dirty"]
    shared = kib["Shared_Clean"] + kib["Shared_Dirty"]
    return Memory(
        kib["Anonymous"] / _MIB,
        max(0, private - kib["Anonymous"]) / _MIB,
        shared / _MIB,
        kib["Pss"] / _MIB,
    )


def descendants(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from descendants(int(child))


def run(command: Sequence[str | Path], sample_s: float = 0.5) -> Run:
    """Runs a command to its end; memory is the highest sum over its processes that was seen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        watch = Watch(child.pid, _proportional, sample_s)
        output, _ = child.communicate()
    wall_s = time.monotonic() - started
    watch.stop()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, list(map(str, command)), output)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall_s, cpu_s, watch.peak_mib, output)


class Watch:
    """Looks at the memory of a process and its descendants, as ``measure`` has it, until it is stopped."""

    def __init__(self, pid: int, measure: Callable[[int], float], sample_s: float = 0.5) -> None:
        self.peak_mib = 0.0
        self._pid = pid
        self._measure = measure
        self._sample_s = sample_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the watch."""
        self._stopped.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stopped.wait(self._sample_s):
            self.peak_mib = max(self.peak_mib, sum_over(self._pid, self._measure))


def sum_over(pid: int, measure: Callable[[int], float]) -> float:
    """A measure of a process and its descendants together; one that ends meanwhile counts nothing."""
    total = 0.0
    for process in descendants(pid):
        with suppress(OSError, KeyError):
            total += measure(process)
    return total


def _proportional(pid: int) -> float:
    return memory(pid).proportional


def own_memory() -> Memory:
    """Of this process."""
    return memory(os.getpid())
