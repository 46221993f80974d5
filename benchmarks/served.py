"""How does a measurement start a server? By a command that says its address in its first line."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import descendants

KHOBAO = Path(sys.executable).with_name("khobao")
_STOP_S = 30.0


@dataclass(frozen=True, slots=True)
class ServedData:
    """A server that listens: its address, with a slash at its end, and its first process."""

    address: str
    pid: int


def serve_command(data: Path | str, *options: str) -> list[str]:
    """What serves a data folder on any free port."""
    return [str(KHOBAO), "serve", "--port", "0", "--data", str(data), *options]


@contextmanager
def served(command: Sequence[str]) -> Iterator[ServedData]:
    """Starts a server, and stops it in the end; one that does not stop is killed, and that is said."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        address = re.search(r"http://\S+/", line)
        if address is None:
            sys.exit(f"the server did not say where it listens: {line!r}")
        try:
            yield ServedData(address[0], server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                print(f"the server did not stop within {_STOP_S:.0f} s", file=sys.stderr)
                for process in list(descendants(server.pid)):
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
