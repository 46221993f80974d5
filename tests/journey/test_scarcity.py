"""Where a command has too little to run in, it says so in one sentence and ends with 3."""

import errno
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from search_app.cli.scarcity import scarcity
from tests.journey.command import KHOBAO, environment, khobao


def _limit(which: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(which, (most, most))


@pytest.mark.parametrize("command", [("add", "bao.jsonl"), ("search", "nước"), ("status",)])
@pytest.mark.parametrize(
    ("which", "most", "says"),
    [
        (resource.RLIMIT_NOFILE, 9, "ulimit -n 1024"),
        (resource.RLIMIT_AS, 80_000 * 1024, "ulimit -v unlimited"),
    ],
)
def test_a_limit_that_is_too_small_is_said(
    tmp_path: Path, command: tuple[str, ...], which: int, most: int, says: str
) -> None:
    (tmp_path / "bao.jsonl").write_text('{"title": "Chợ phiên", "body": "Bà con xuống chợ."}')
    arguments = [tmp_path / part if part.endswith("jsonl") else part for part in command]
    ran = khobao(tmp_path / "kho", *arguments, before=_limit(which, most))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert says in ran.err


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "ulimit -n"),
        (MemoryError(), "ulimit -v"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "ulimit -v"),
        (ImportError("x.so: failed to map segment from shared object"), "ulimit -v"),
        (RuntimeError("can't start new thread"), "ulimit -v"),
    ],
)
def test_what_ran_short_later_is_known_by_its_error(error: Exception, says: str) -> None:
    assert says in str(scarcity(error))
    wrapped = ValueError("another")
    wrapped.__cause__ = error
    assert says in str(scarcity(wrapped))


def test_another_error_is_none_of_scarcity() -> None:
    assert scarcity(OSError(errno.ENOSPC, "No space left on device")) is None
    assert scarcity(RuntimeError("a fault")) is None


@pytest.mark.parametrize(
    "command", [("search", "chợ"), ("concordance", "chợ", "--csv"), ("export", "chợ"), ("log",)]
)
def test_an_output_that_is_full_is_said_once(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Python tries its last bytes once more at its end, where its output is buffered, as a person's is."""
    (tmp_path / "bao.jsonl").write_text('{"title": "Chợ phiên", "body": "Bà con xuống chợ."}')
    assert khobao(tmp_path / "kho", "add", tmp_path / "bao.jsonl").code == 0
    buffered = {
        name: value for name, value in environment(tmp_path / "kho").items() if name != "PYTHONUNBUFFERED"
    }
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [KHOBAO, *command], env=buffered, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)
    assert b"No space left on device" in done.stderr
