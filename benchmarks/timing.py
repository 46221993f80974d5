"""How long does a query take? Hot: engines by turns in one process. First touch: a fresh process.

Nothing is cached by the benchmark, and no engine here keeps results.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines import Answer, Engine, engine
from benchmarks.queries import Ask, QueryClass, read_classes

RUNS = 5
SLOW_MS = 250.0  # an engine that has spent this on one query is not run again on it


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a class on one engine: over its queries, each by its median."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A class on every engine: its timings, and each engine's answer to each query."""

    name: str
    timings: Mapping[str, Timing]
    answers: Mapping[str, Sequence[Answer]]


def summary(times_ms: Sequence[float]) -> Timing:
    """The median and the 95th percentile; a percentile is a time that was measured, never between two."""
    ordered = sorted(times_ms)
    return Timing(statistics.median_low(ordered), ordered[max(0, -(-95 * len(ordered) // 100) - 1)])


def hot(engines: Mapping[str, Engine], kind: QueryClass) -> Measured:
    """A class, every engine asked each query in turn: once to warm, then RUNS times.

    An engine's runs follow each other, for what it needs would else be driven from the processor's
    caches by the others; who comes first changes from query to query.
    """
    names = list(engines)
    times: dict[str, list[float]] = {name: [] for name in names}
    answers: dict[str, list[Answer]] = {name: [] for name in names}
    for place, ask in enumerate(kind.asks):
        first = place % len(names)
        for name in names[first:] + names[:first]:
            answers[name].append(engines[name].answer(ask))
            times[name].append(_median_ms(engines[name], ask))
    return Measured(kind.name, {name: summary(found) for name, found in times.items()}, answers)


def _median_ms(one: Engine, ask: Ask) -> float:
    times: list[float] = []
    while len(times) < RUNS and sum(times) < SLOW_MS:
        times.append(_timed_ms(one, ask))
    return statistics.median(times)


def _timed_ms(one: Engine, ask: Ask) -> float:
    started = time.perf_counter()
    one.answer(ask)
    return (time.perf_counter() - started) * 1000


def first_touch(name: str, folder: Path, queries: Path, place: int, *, cold: bool) -> Timing:
    """One class on one engine in a process of its own, each query once.

    Args:
        queries: the file of classes; ``place``: which of them.
        cold: the files of the engine are dropped from the page cache first.
    """
    if cold:
        drop_from_cache(folder)
    command = [sys.executable, "-m", "benchmarks.timing", name, str(folder), str(queries), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return summary(json.loads(done.stdout))


def drop_from_cache(folder: Path) -> None:
    """Asks the kernel to forget the files of a folder; it keeps what another process has mapped."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def _first_touch_here(name: str, folder: Path, queries: Path, place: int) -> list[float]:
    one = engine(name, folder)
    return [_timed_ms(one, ask) for ask in read_classes(queries)[place].asks]


if __name__ == "__main__":
    _, _name, _folder, _queries, _place = sys.argv
    print(json.dumps(_first_touch_here(_name, Path(_folder), Path(_queries), int(_place))))
