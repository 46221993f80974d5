"""What reads a process that may not write? The archive beside a writer, after it, and after one was killed.

The reader is a process of another user, for the rights of root are not looked at.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.errors import OperatorError
from tests.corpus.records import reading
from tests.shared import ROOT

_READER = """
import os, sys
from pathlib import Path
from corpus.archive_reader import ArchiveReader
from corpus.errors import OperatorError
os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    with ArchiveReader(Path(sys.argv[1])) as archive:
        for _ in sys.stdin:  # one answer for each line that asks
            ids = [head.article_id for head in archive.heads_since(0)]
            print(len(archive.articles(ids)), archive.counts().articles, flush=True)
except OperatorError as error:
    print(error, flush=True)
"""
_MOUNT, _UNMOUNT = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
_KILLED = """
import os, sys
from pathlib import Path
from corpus.archive import Archive
from tests.corpus.records import reading
archive = Archive(Path(sys.argv[1]))
archive.store([reading(f"song-{number}") for number in range(30)])
os.kill(os.getpid(), 9)
"""

pytestmark = [
    pytest.mark.skipif(os.getuid() != 0, reason="becomes another user, which only root may"),
    pytest.mark.slow,
]


@pytest.fixture
def path() -> Iterator[Path]:
    """Where the archive lies: others may read there and not write.

    Not below pytest's own folder, which every session of pytest shuts to others when it begins.
    """
    with tempfile.TemporaryDirectory(prefix="khobao-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "archive.sqlite"


class OtherUser:
    """A reader that lives on, in a process of another user."""

    def __init__(self, path: Path) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _READER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # so that a failure shows why
            text=True,
            cwd=ROOT,
        )

    def answer(self) -> str:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write("\n")
        self._child.stdin.flush()
        return self._child.stdout.readline().strip()

    def close(self) -> None:
        self._child.communicate(timeout=60)


@pytest.fixture
def other_user(path: Path) -> Iterator[OtherUser]:
    with Archive(path) as archive:
        archive.store([reading("song-0")])
    user = OtherUser(path)
    yield user
    user.close()


def answer_of(path: Path) -> str:
    user = OtherUser(path)
    try:
        return user.answer()
    finally:
        user.close()


def test_who_may_not_write_reads_beside_a_writer_and_after_it(path: Path, other_user: OtherUser) -> None:
    assert other_user.answer() == "1 1"
    for number in range(1, 4):
        with Archive(path) as archive:
            archive.store([reading(f"song-{number}")])
            assert other_user.answer() == f"{number + 1} {number + 1}"
            assert answer_of(path) == f"{number + 1} {number + 1}"
        assert other_user.answer() == f"{number + 1} {number + 1}"
        assert answer_of(path) == f"{number + 1} {number + 1}"


def test_what_a_killed_writer_had_acknowledged_is_read(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert path.with_name("archive.sqlite-wal").stat().st_size
    assert answer_of(path) == "30 30"


def test_the_missing_right_is_named_and_the_remedy_helps(path: Path) -> None:
    with Archive(path) as archive:
        archive.store([reading("song-0")])
    for ending in ("wal", "shm"):
        path.with_name(f"archive.sqlite-{ending}").unlink()
    said = answer_of(path)
    assert f"may write in {path.parent} can make" in said
    assert "khobao upgrade" in said
    Archive(path).close()  # what khobao upgrade does
    assert answer_of(path) == "1 1"


def test_a_file_that_may_not_be_read_is_named(path: Path) -> None:
    with Archive(path) as archive:
        archive.store([reading("song-0")])
    path.chmod(0o600)
    assert f"this process may not read {path}" in answer_of(path)


@pytest.fixture
def read_only_medium(tmp_path: Path) -> Iterator[Path]:
    medium = tmp_path / "medium"
    medium.mkdir()
    mounted = subprocess.run([_MOUNT, "-t", "tmpfs", "tmpfs", str(medium)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.decode().strip()}")
    yield medium
    subprocess.run([_UNMOUNT, str(medium)], check=True)


def test_a_medium_that_is_mounted_read_only_is_read(read_only_medium: Path) -> None:
    path = read_only_medium / "archive.sqlite"
    with Archive(path) as archive:
        archive.store([reading("song-0")])
    with_log = path.with_name("archive.sqlite-wal")
    with_log.unlink()
    subprocess.run([_MOUNT, "-o", "remount,ro", str(read_only_medium)], check=True)
    with ArchiveReader(path) as reader:
        assert reader.counts().articles == 1
    subprocess.run([_MOUNT, "-o", "remount,rw", str(read_only_medium)], check=True)


def test_changes_that_stand_in_the_log_of_a_read_only_medium_are_never_passed_over(
    read_only_medium: Path,
) -> None:
    path = read_only_medium / "archive.sqlite"
    subprocess.run([sys.executable, "-c", _KILLED, str(path)], cwd=ROOT, check=False)
    path.with_name("archive.sqlite-shm").unlink()
    subprocess.run([_MOUNT, "-o", "remount,ro", str(read_only_medium)], check=True)
    with pytest.raises(OperatorError, match="read-only medium"):
        ArchiveReader(path)
    subprocess.run([_MOUNT, "-o", "remount,rw", str(read_only_medium)], check=True)
