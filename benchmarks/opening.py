"""What does it cost to open an engine? Time to the first answer, and memory after many queries.

In a fresh process: `python -m benchmarks.opening ENGINE FOLDER QUERIES.json`
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.engines import engine, load
from benchmarks.processes import Memory, own_memory
from benchmarks.queries import read_classes


@dataclass(frozen=True, slots=True)
class Opening:
    """From having imported the engine to its first answer; then its memory after every query once."""

    first_answer_ms: float
    memory: Memory


def opening(name: str, folder: Path, queries: Path) -> Opening:
    """The cost of an engine in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.opening", name, str(folder), str(queries)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return Opening(found["first_answer_ms"], Memory(**found["memory"]))


def _here(name: str, folder: Path, queries: Path) -> Opening:
    asks = [ask for kind in read_classes(queries) for ask in kind.asks]
    load(name)
    started = time.perf_counter()
    one = engine(name, folder)
    one.answer(asks[0])
    first_answer_ms = (time.perf_counter() - started) * 1000
    for ask in asks:
        one.answer(ask)
    return Opening(first_answer_ms, own_memory())


if __name__ == "__main__":
    _, _name, _folder, _queries = sys.argv
    print(json.dumps(asdict(_here(_name, Path(_folder), Path(_queries)))))
