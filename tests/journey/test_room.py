"""Too little room is said before a command begins, nothing is begun, and with room the command goes on."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.cli.needs import check_import, check_rebuild
from search_app.settings import Settings
from tests.journey.command import khobao

_MOUNT, _UNMOUNT = shutil.which("mount") or "mount", shutil.which("umount") or "umount"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        [_MOUNT, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run([_UNMOUNT, str(disk)], check=True)


def articles(path: Path, count: int) -> Path:
    """Lines of some 3 KB each."""
    body = "Bà con xuống chợ phiên từ sáng sớm, mang theo măng khô và mật ong rừng. " * 30
    records = [
        {"id": f"bai-{n}", "title": f"Chợ phiên thứ {n}", "body": f"{n}. {body}"} for n in range(count)
    ]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


@pytest.mark.slow
def test_an_import_that_cannot_fit_is_not_begun(small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "kho"
    ran = khobao(data, "add", articles(tmp_path / "nhieu.jsonl", 700))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "Nothing was begun" in ran.err
    assert not data.exists()
    assert khobao(data, "add", articles(tmp_path / "it.jsonl", 20)).code == 0


@pytest.mark.slow
def test_a_rebuild_that_cannot_fit_is_not_begun(small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "kho"
    assert khobao(data, "add", articles(tmp_path / "it.jsonl", 60)).code == 0
    filler = small_disk / "khac"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 50_000))
    before = sorted(path.name for path in (data / "index").iterdir())
    ran = khobao(data, "rebuild")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "Nothing was begun" in ran.err
    assert sorted(path.name for path in (data / "index").iterdir()) == before
    filler.unlink()
    assert khobao(data, "rebuild").code == 0


def test_what_the_archive_may_hold_already_is_not_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that was killed late goes on with the room that is left."""
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=100_000))
    settings = Settings(tmp_path)
    source = articles(tmp_path / "bai.jsonl", 100)
    settings.archive.write_bytes(bytes(4 * source.stat().st_size))
    check_import(settings, [source], str)


def test_long_work_says_what_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(tmp_path)
    with settings.archive.open("wb") as archive:
        archive.truncate(3_000_000_000)
    check_rebuild(settings, str)
    assert "about 8 minutes and up to" in capsys.readouterr().err
    (tmp_path / "bai.txt").write_text("Một bài ngắn.", "utf-8")
    check_import(settings, [tmp_path / "bai.txt"], str)
    assert capsys.readouterr().err == ""
