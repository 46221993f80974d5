"""Who is measured? Checkouts of Kho Báo, each with a data folder, and peers, each with a folder of its own.

All of them serve at once, so that they can be asked by turns; one that is not asked does nothing.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.machine import disk_bytes
from benchmarks.peer_pages import WORKERS, peer
from benchmarks.peer_pages.building import Built, peer_built, rebuilt
from benchmarks.processes import descendants, shared_out, sum_over

_START_S, _STOP_S = 120.0, 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Side:
    """A page that is measured.

    Attributes:
        held: how many articles it holds; None where only its pages tell.
        path: the page of a query's first results.
        total_path, total: where the total of a query is read, and how.
        built: what building took; None where that was not measured.
        disk: bytes of all that it is served from.
    """

    name: str
    command: Callable[[int], list[str]]
    held: int | None
    path: Callable[[str], str]
    total_path: Callable[[str], str]
    total: Callable[[str], int]
    built: Built | None
    disk: int


@dataclass(frozen=True, slots=True)
class Server:
    """A side that is being served: its port and its first process."""

    side: Side
    port: int
    pid: int

    def read(self, path: str) -> str:
        """The text at a path, uncompressed."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as page:
            text: str = page.read().decode()
        return text

    def total(self, query: str) -> int:
        """How many articles it finds."""
        return self.side.total(self.read(self.side.total_path(query)))

    def cpu_s(self) -> float:
        """Processor time of all its processes until now."""
        return sum_over(self.pid, _cpu_s)

    def worker_mib(self) -> float:
        """Memory of its largest process, in no file; what is shared since a fork is divided."""
        return max(map(shared_out, descendants(self.pid)))


def checkout_side(text: str, work: Path, *, rebuild: bool) -> Side:
    """A side from NAME=CHECKOUT:DATA."""
    name, _, rest = text.partition("=")
    folder, _, data = rest.partition(":")
    checkout = Path(folder).resolve()
    python = checkout / ".venv/bin/python"
    main = f"import sys; sys.path.insert(0, {str(checkout)!r}); from search_app.cli import main; main()"
    command = [str(python) if python.exists() else sys.executable, "-c", main]
    serve = [*command, "serve", "--data", data, "--workers", str(WORKERS), "--port"]
    return Side(
        name=name,
        command=lambda port: [*serve, str(port)],
        held=None,
        path=lambda query: f"/?{urlencode({'q': query})}",
        total_path=lambda query: f"/api/search?{urlencode({'q': query})}",
        total=lambda answer: int(json.loads(answer)["total"]),
        built=rebuilt(command, Path(data), work / quote(name, safe="")) if rebuild else None,
        disk=disk_bytes(Path(data)),
    )


def peer_side(name: str, data: Path, work: Path) -> Side:
    """A peer that holds the articles of a data folder."""
    found, folder = peer(name), work / quote(name, safe="")
    built = peer_built(name, data, folder)
    return Side(
        name=name,
        command=lambda port: found.serve(folder, port),
        held=found.held(folder),
        path=found.path,
        total_path=found.path,
        total=found.total,
        built=built,
        disk=built.disk,
    )


@contextmanager
def served(side: Side) -> Iterator[Server]:
    """Serves a side, until it has answered and for as long as it is asked."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(side.command(port), stdout=subprocess.DEVNULL) as process:
        server = Server(side, port, process.pid)
        try:
            _wait(server, process)
            yield server
        finally:
            _stop(process)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until a page is answered."""
    end = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError):
            server.read("/")
            return
        time.sleep(0.1)
    sys.exit(f"{server.side.name} does not serve; its own messages stand above")


def _stop(process: subprocess.Popen[bytes]) -> None:
    processes = list(descendants(process.pid))
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
