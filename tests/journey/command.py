"""Runs the project's own command, as a person would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


def environment(data: Path, language: str = "en") -> dict[str, str]:
    """The environment of a command: its data folder and its language."""
    return os.environ | {"KHOBAO_DATA": str(data), "KHOBAO_LANG": language, "PYTHONWARNINGS": "error"}


def khobao(
    data: Path, *arguments: object, language: str = "en", before: Callable[[], None] | None = None
) -> Ran:
    """Runs ``khobao`` to its end; ``before`` runs in the child just before it starts."""
    done = subprocess.run(
        [KHOBAO, *map(str, arguments)],
        env=environment(data, language),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
        preexec_fn=before,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)
