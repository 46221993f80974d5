"""Does any input stop a reader? Each against generated files that mean harm, in a child under limits.

    python -m benchmarks.hostile [--each 2000] [--seed 12] [--readers "html;csv"] [--out FILE.md]

Kinds: values in each other, parts again and again, claims of size, aliases, bombs, damaged bytes, and parts
of several at random. A file is taken, or refused in a sentence; a traceback or a dead process is a failure.
Growth: repeated parts at n, 2n and 4n, by the processor time of the child; more than six times as much for
four times the size is a failure, where it takes long enough to be measured.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.hostile_files import READERS, Maker, files, growing
from benchmarks.limited import Ended, call
from benchmarks.machine import report
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Refusal

SECONDS, MEMORY = 60, 1536 * 1024 * 1024
_TOGETHER = 25  # files read by one child; where it fails, each is read alone
_MEASURED_S = 0.4  # below it a time says nothing of growth
_SIZES = 3
_MOST_GROWTH = 6.0  # for four times the size: linear is 4
_SIZE = 20_000  # bytes of n


@dataclass(slots=True)
class Row:
    """What became of one reader's files."""

    taken: int = 0
    refused: int = 0
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    growth: float = 0.0


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--readers", default=";".join(READERS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = {
        name: prove(name, READERS[name], options.each, options.seed) for name in options.readers.split(";")
    }
    report(_table(rows), options.out)
    sys.exit(any(row.failures for row in rows.values()))


def prove(name: str, make: Maker, each: int, seed: int) -> Row:
    """Reads a reader's files, and measures how its time grows."""
    row = Row()
    made = files(name, make, random.Random(f"{seed} {name}"))  # noqa: S311 - a seed, no secret
    with tempfile.TemporaryDirectory() as folder:
        for batch in _batches(islice(made, each)):
            _read_batch(batch, Path(folder), row)
        for kind, sizes in growing(make, _SIZE):
            _measure(kind, sizes, Path(folder), row)
    print(f"{name}: {row.taken} taken, {row.refused} refused", *row.failures, sep="\n  ", file=sys.stderr)
    return row


def _batches(made: Iterator[tuple[str, str, bytes]]) -> Iterator[list[tuple[str, str, bytes]]]:
    while batch := list(islice(made, _TOGETHER)):
        yield batch


def _read_batch(batch: Sequence[tuple[str, str, bytes]], folder: Path, row: Row) -> None:
    paths = []
    for number, (_, name, raw) in enumerate(batch):
        paths.append(folder / f"{number}-{name}")
        paths[-1].write_bytes(raw)
    ended = read_under_limits(paths)
    if ended.problem and len(batch) > 1:
        for number, one in enumerate(batch):
            paths[number].unlink()
            _read_batch([one], folder, row)
        return
    _note(batch[0][0], ended, row)
    for path in paths:
        path.unlink(missing_ok=True)


def _note(kind: str, ended: Ended, row: Row) -> None:
    if ended.problem:
        row.failures.append(f"{kind}: {ended.problem.strip().splitlines()[-1][:200]}")
        return
    assert isinstance(ended.value, Counter)
    row.taken += ended.value["taken"]
    row.refused += ended.value["refused"]
    row.slowest_s = max(row.slowest_s, ended.value["slowest_ms"] / 1000)


def _measure(kind: str, sizes: Sequence[tuple[str, bytes]], folder: Path, row: Row) -> None:
    """The processor time at n, 2n and 4n; where it grows faster than the size, at 8n too, which tells.

    Something may begin between two sizes and be linear from there on.
    """
    times: list[float] = []
    for name, raw in sizes:
        path = folder / name
        path.write_bytes(raw)
        ended = read_under_limits([path])
        path.unlink()
        if ended.problem:
            row.failures.append(f"{kind} × {len(raw)}: {ended.problem.strip().splitlines()[-1][:200]}")
            return
        times.append(ended.cpu_s)
        if len(times) == _SIZES and not _grows_faster(times):
            row.growth = max(row.growth, _growth(times))
            return
    if _grows_faster(times[1:]):
        row.failures.append(f"{kind}: " + ", ".join(f"{one:.2f} s" for one in times))


def _grows_faster(times: Sequence[float]) -> bool:
    return times[-1] >= _MEASURED_S and _growth(times) > _MOST_GROWTH


def _growth(times: Sequence[float]) -> float:
    return times[-1] / max(times[0], _MEASURED_S / 4)


def read_under_limits(paths: Sequence[Path]) -> Ended:
    """How the reading of files ends; its value counts taken and refused files, and the slowest in ms."""
    return call(_read, list(paths), seconds=SECONDS, memory=MEMORY)


def _read(paths: Sequence[Path]) -> Counter[str]:
    import time  # noqa: PLC0415 - of the child

    found: Counter[str] = Counter()
    for path in paths:
        started = time.process_time()
        taken = refused = False
        for record in records_of(SourceFile.on_disk(path, ""), ImportOptions(), Tally()):
            refused = refused or isinstance(record, Refusal)
            taken = taken or not isinstance(record, Refusal)
        assert taken or refused, f"{path.name}: neither taken nor refused"
        found["taken" if taken else "refused"] += 1
        found["slowest_ms"] = max(found["slowest_ms"], round(1000 * (time.process_time() - started)))
    return found


def _table(rows: dict[str, Row]) -> str:
    lines = [
        f"| {name} | {row.taken + row.refused + len(row.failures):,} | {row.taken:,} | {row.refused:,}"
        f" | {len(row.failures)} | {row.slowest_s:.2f} s | {row.growth:.1f} |"
        for name, row in rows.items()
    ]
    head = "| reader | files | with an article | refused | failures | slowest | growth for 4 times the size |"
    return "\n".join(["# Hostile files", "", head, "| --- | --- | --- | --- | --- | --- | --- |", *lines])


if __name__ == "__main__":
    main()
