"""How fast is a whole page? The production server under wrk on loopback, alone and while articles are added.

A page is text in, HTML out: grammar, search, four facets, ten snippets from the archive. The server and
wrk share the machine's cores. The data folder is copied first, for articles are added to the copy. The
queries are words, phrases and words without marks that stand together in its articles; every address is
asked about as often as any other.

    python -m benchmarks.pages --data DIR [--seconds 10] [--connections 1,8,32] [--soak] [--out FILE.md]

--soak adds five minutes at 8 connections. wrk is a Debian package: apt-get install wrk
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.corpora import archived, check_present, copies
from benchmarks.machine import report
from benchmarks.processes import Memory, descendants, memory
from benchmarks.queries import Ask, Census, How
from benchmarks.served import KHOBAO, serve_command, served
from benchmarks.tokens import tokens_of

LUA = Path(__file__).with_name("pages.lua")
SOAK_S = 300
SOAK_CONNECTIONS = 8
_CENSUS = 5_000  # articles from which queries are drawn
_QUERIES = 200  # of each kind
_ADDED_A_SECOND = 500  # articles that are prepared to be added: more than any machine here takes
_COPY = 1_000  # which copies of articles those are: ones that no folder holds


@dataclass(frozen=True, slots=True)
class Step:
    """What wrk saw."""

    requests: int
    seconds: float
    errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=10, help="of each step")
    parser.add_argument("--connections", default="1,8,32")
    parser.add_argument("--soak", action="store_true", help=f"{SOAK_S} s at {SOAK_CONNECTIONS} connections")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not on this machine; install it with: apt-get install wrk")
    connections = [int(number) for number in options.connections.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        data = Path(shutil.copytree(options.data, work / "data"))
        paths = _write_paths(data, work / "paths.txt")
        report(_measure(data, paths, options.seconds, connections, soak=options.soak), options.out)


def _measure(data: Path, paths: Path, seconds: int, connections: Sequence[int], *, soak: bool) -> str:
    rows: list[tuple[str, Step]] = []
    with _serving(data) as (address, pid, started_s):
        _wrk(address, paths, 1, 2)
        rows += [(f"{number}, alone", _wrk(address, paths, number, seconds)) for number in connections]
        if soak:
            rows.append((f"{SOAK_CONNECTIONS}, soak", _wrk(address, paths, SOAK_CONNECTIONS, SOAK_S)))
        workers = [memory(worker) for worker in list(descendants(pid))[1:]]
        count = _ADDED_A_SECOND * seconds * len(connections)
        with _adding(data, paths.with_name("added.jsonl"), count):
            rows += [
                (f"{number}, while adding", _wrk(address, paths, number, seconds)) for number in connections
            ]
        after = [memory(worker) for worker in list(descendants(pid))[1:]]
    parts = (
        f"# Whole pages\n\nFrom starting `khobao serve` to its first page of results: {started_s:.2f} s.",
        _table(rows),
        _memories("Workers, alone", workers),
        _memories("Workers, after adding", after),
    )
    return "\n\n".join(parts)


def _write_paths(data: Path, path: Path) -> Path:
    """Addresses of result pages, the kinds by turns."""
    census = Census()
    for one in tokens_of(archived(data, _CENSUS)):
        census.see(one)
    kinds = {kind.name: kind.asks for kind in census.classes(_QUERIES)}
    names = ("AND of 2–4", "AND of 2–4, no marks", "phrase of 2–3", "one term, no marks", "OR of 2–4")
    asks = [ask for together in zip(*(kinds[name] for name in names), strict=True) for ask in together]
    path.write_text("".join(f"/?{urlencode({'q': typed(ask)})}\n" for ask in asks), "utf-8")
    return path


def typed(ask: Ask) -> str:
    """A query as a person types it.

    >>> typed(Ask(("giá", "vàng"), How.PHRASE))
    '"giá vàng"'
    """
    words = " ".join(ask.terms)
    if ask.how is How.PHRASE:
        return f'"{words}"'
    return words if ask.how is How.ALL else " OR ".join(ask.terms)


@contextmanager
def _serving(data: Path) -> Iterator[tuple[str, int, float]]:
    """A server: its address, its process, and seconds to its first page of results."""
    started = time.monotonic()
    with served(serve_command(data)) as server:
        with urllib.request.urlopen(f"{server.address}?q=h%C3%A0+n%E1%BB%99i") as page:  # noqa: S310 - our own server
            page.read()
        yield server.address, server.pid, time.monotonic() - started


@contextmanager
def _adding(data: Path, path: Path, count: int) -> Iterator[None]:
    """Adds ``count`` articles all the while; says so where they did not last."""
    check_present()
    with path.open("w", encoding="utf-8") as lines:
        for article in islice(copies(_COPY), count):
            lines.write(json.dumps(article.as_dict(), ensure_ascii=False) + "\n")
    command = [str(KHOBAO), "add", str(path), "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as adding:
        try:
            yield
            if adding.poll() is not None:
                print(f"adding ended (code {adding.returncode}) before the last step did", file=sys.stderr)
        finally:
            adding.terminate()


def _wrk(address: str, paths: Path, connections: int, seconds: int) -> Step:
    threads = min(2, connections)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency"]
    command += ["-s", str(LUA), address, "--", str(paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES "))
    return Step(**json.loads(line.removeprefix("FIGURES ")))


def _table(rows: Sequence[tuple[str, Step]]) -> str:
    lines = [
        "| connections | p50 ms | p95 ms | p99 ms | pages a second | pages | errors |",
        f"| --- |{' ---: |' * 6}",
    ]
    lines += [
        f"| {name} | {one.p50_ms:.1f} | {one.p95_ms:.1f} | {one.p99_ms:.1f} |"
        f" {one.requests / one.seconds:.0f} | {one.requests:,} | {one.errors} |"
        for name, one in rows
    ]
    return "\n".join(lines)


def _memories(name: str, found: Sequence[Memory]) -> str:
    heads = [one.name for one in fields(Memory)]
    lines = [f"| {name}, MiB | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for place, one in enumerate(found, 1):
        values = " | ".join(f"{getattr(one, head):.0f}" for head in heads)
        lines.append(f"| {place} | {values} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
