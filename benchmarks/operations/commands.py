"""How are thousands of commands run in minutes? Each is forked from a process that has its modules loaded.

The forked process is ``khobao`` from there on: its own main, arguments, output and exit code; a worker that
it starts is a process as always. Only how many articles a commit of the index takes is set lower, so that a
small import has several commits and a merge.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.operations.interposer import Control


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a command. A code below zero is a signal; the process leads the group of its workers."""

    code: int
    out: str
    err: str
    process: int = 0


class Commands:
    """Runs commands one after the other.

    Args:
        folder: for the output of commands.
        commit_articles: how many articles a commit of the index takes at most.
    """

    def __init__(self, folder: Path, control: Control | None = None, commit_articles: int = 0) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.operations.commands", str(commit_articles)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            env=os.environ | {"KHOBAO_LANG": "en"} | (control.environment if control else {}),
        )
        self._hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate(timeout=60)

    def run(
        self, data: Path, arguments: Sequence[object], while_running: Callable[[int], None] | None = None
    ) -> Ended:
        """Runs ``khobao`` to its end; ``while_running`` is called with its process."""
        out, err = self._folder / "out", self._folder / "err"
        self._say(
            {"data": str(data), "arguments": [str(one) for one in arguments], "to": [str(out), str(err)]}
        )
        process = int(self._hear())
        if while_running:
            while_running(process)
        code = int(self._hear())
        return Ended(code, out.read_text("utf-8"), err.read_text("utf-8"), process)

    def _say(self, order: dict[str, object]) -> None:
        assert self._server.stdin
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()

    def _hear(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline()


def serve(commit_articles: int) -> None:
    """Forks a command for each line of standard input; prints its process, and then its exit code."""
    import indexer.build  # noqa: PLC0415 - language is read when commands are imported
    import search_app.cli.commands  # noqa: F401, PLC0415 - loaded once, for all commands

    if commit_articles:
        indexer.build.COMMIT_ARTICLES = commit_articles
    _mark_what_is_acknowledged()
    print("ready", flush=True)
    for line in sys.stdin:
        process = os.fork()
        if not process:
            _become(json.loads(line))
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(order: dict[str, Any]) -> None:
    """Is the command until its end."""
    from search_app.cli import main  # noqa: PLC0415 - language is read when it is imported

    os.setpgid(0, 0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(order["to"], 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.environ["KHOBAO_DATA"] = order["data"]
    sys.argv = ["khobao", *order["arguments"]]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does at the end of a program
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def _mark_what_is_acknowledged() -> None:
    """Lets the library note, between the operations, what a command has said to be on disk."""
    mark = getattr(ctypes.CDLL(None), "khobao_mark", None)
    if mark is None:
        return
    from corpus.archive import Archive  # noqa: PLC0415
    from indexer.engine import Manifest  # noqa: PLC0415
    from indexer.engines.whoosh.directory import IndexDirectory  # noqa: PLC0415
    from indexer.engines.whoosh.writer import WhooshWriter  # noqa: PLC0415

    def noted(owner: type, name: str, text: Callable[..., str]) -> None:
        inner = getattr(owner, name)

        def outer(self: Any, *values: Any, **named: Any) -> Any:
            result = inner(self, *values, **named)
            mark(text(self, result, *values).encode())
            return result

        setattr(owner, name, outer)

    noted(Archive, "store", lambda archive, _, *__: f"archive {archive.number}")
    noted(Archive, "keep_words", lambda archive, _, *__: f"archive {archive.number}")

    def commit_of(writer: WhooshWriter, result: Manifest, *_: object) -> str:
        return f"index {writer._directory.name} {result.archive_number}"  # noqa: SLF001 - only the harness asks

    noted(WhooshWriter, "commit", commit_of)
    noted(IndexDirectory, "switch_to", lambda _, __, directory: f"current {directory.name}")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
