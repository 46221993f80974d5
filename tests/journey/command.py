"""Runs the project's own command, as a person would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.journey.command_server import CommandServer

KHOBAO = Path(sys.executable).with_name("khobao")


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        """Standard output as JSON."""
        value: dict[str, object] = json.loads(self.out)
        return value

    @property
    def lines(self) -> list[dict[str, object]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(data: Path, language: str = "en") -> dict[str, str]:
    """The environment of a command: its data folder and its language."""
    return os.environ | {"KHOBAO_DATA": str(data), "KHOBAO_LANG": language, "PYTHONWARNINGS": "error"}


def khobao(
    data: Path, *arguments: object, language: str = "en", before: Callable[[], None] | None = None
) -> Ran:
    """Runs ``khobao`` to its end; ``before`` runs in the child just before it starts.

    Without it the command is forked from a process that has loaded it, where the script and its start are
    not what is tried. A measurement of what is run sees no such fork.
    """
    if before or "COVERAGE_PROCESS_CONFIG" in os.environ:
        return started(data, *arguments, language=language, before=before)
    given = environment(data, language)
    done = _server(language).run([str(one) for one in arguments], given)
    return _ran(done.code, done.out, done.err)


@cache
def _server(language: str) -> CommandServer:
    return CommandServer(os.environ | {"KHOBAO_LANG": language, "PYTHONWARNINGS": "error"})


def started(
    data: Path, *arguments: object, language: str = "en", before: Callable[[], None] | None = None
) -> Ran:
    """As ``khobao``, by the installed script."""
    done = subprocess.run(
        [KHOBAO, *map(str, arguments)],
        env=environment(data, language),
        capture_output=True,
        check=False,
        timeout=240,
        preexec_fn=before,
    )
    return _ran(done.returncode, done.stdout, done.stderr)


def _ran(code: int, out: bytes, err: bytes) -> Ran:
    """What came of it, where it ended with no traceback."""
    said, problems = (written.decode().replace("\r\n", "\n") for written in (out, err))
    assert "Traceback" not in problems, problems
    return Ran(code, said, problems)
