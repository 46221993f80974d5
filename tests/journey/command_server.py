"""How is ``khobao`` started often? By a process that has loaded it once, and forks for each command.

Loading takes two seconds of processor time, and the tests run hundreds of commands. A forked command is a
process of its own with its own environment, folder and output, and ends as every program does. The language
is fixed when the commands are loaded, so each language has a process.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple


class Ended(NamedTuple):
    """What a command ended with, and what it wrote."""

    code: int
    out: bytes
    err: bytes


class CommandServer:
    """A process that forks commands; it is started with the environment of the first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lock = Lock()
        atexit.register(self._stop)

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
        """Runs ``khobao`` to its end; one command at a time."""
        with self._lock, TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            order = {"arguments": arguments, "environment": dict(environment), "folder": str(Path.cwd())}
            assert self._server.stdin
            assert self._server.stdout
            self._server.stdin.write(json.dumps({**order, "to": [str(out), str(err)]}) + "\n")
            self._server.stdin.flush()
            code = int(self._server.stdout.readline())
            return Ended(code, out.read_bytes(), err.read_bytes())

    def _stop(self) -> None:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()


def _serve() -> bool:
    """Forks a command for each line of standard input and prints its exit code; True in a command."""
    import search_app.cli.commands  # noqa: F401, PLC0415 - language is read when it is imported
    from indexer.text.words import cutter  # noqa: PLC0415 - the same
    from search_app.query.names import read_names  # noqa: PLC0415

    cutter()  # the model is read once, and the tables of names
    read_names()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            _become(json.loads(line))
            return True
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return False


def _become(order: dict[str, Any]) -> None:
    """Takes what a command was given as its own."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(order["to"], 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["khobao", *order["arguments"]]


if __name__ == "__main__" and _serve():
    from search_app.cli import main

    main()
