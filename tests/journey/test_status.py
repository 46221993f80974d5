"""``khobao status`` ends with what to do next, and what it names removes the cause: each is tried here."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.backup_note import NotedBackup
from corpus.data_folder import ARCHIVE, BACKUP_NOTE
from corpus.message import say
from corpus.records import Refusal
from indexer.arrays.disk import read_object, replace_object
from search_app.answer.archive.next_steps import BACKUP_AFTER, Upkeep, next_steps
from search_app.answer.archive.status import Status
from tests.corpus.records import reading
from tests.journey.command import khobao
from tests.shared import SAMPLE

GOOD = {"id": "tot", "title": "Chợ nổi Cái Răng", "body": "Ghe thuyền tụ về từ sáng sớm.", "source": "Báo"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("status") / "kho"
    assert khobao(folder, "add", SAMPLE / "tin-mien-nui.jsonl").code == 0
    return folder


@pytest.fixture
def data(loaded: Path, tmp_path: Path) -> Path:
    shutil.copytree(loaded, tmp_path / "kho")
    return tmp_path / "kho"


def steps(data: Path) -> list[dict[str, str]]:
    told: list[dict[str, str]] = khobao(data, "status", "--json").json["next"]  # type: ignore[assignment]
    return told


def lose_index(data: Path) -> None:
    shutil.rmtree(data / "index")


def damage_index(data: Path) -> None:
    (data / "index" / "current.json").write_text("{", "utf-8")


def fall_behind(data: Path) -> None:
    with Archive(data / ARCHIVE) as archive:
        archive.store([reading("moi", "Chợ nổi Cái Răng")])


def take_the_index_of_another(data: Path) -> None:
    other = data.with_name("other")
    assert khobao(other, "add", SAMPLE / "tin-mien-nui.jsonl", SAMPLE / "bao-song-hong.jsonl").code == 0
    shutil.rmtree(data / "index")
    shutil.copytree(other / "index", data / "index")


def take_an_index_of_format_6(data: Path) -> None:
    (current,) = (path for path in (data / "index").iterdir() if path.name.isdigit())
    manifest = read_object(current / "manifest.json")
    replace_object(current / "manifest.json", manifest | {"format": 6})


def lose_units(data: Path) -> None:
    (data / "index" / "units.kho").unlink()


def fail_on_a_record(data: Path) -> None:
    """A record that an earlier version failed on, and this one can read."""
    raw = json.dumps(GOOD, ensure_ascii=False).encode()
    path = data.with_name("bai.jsonl")
    path.write_bytes(raw + b"\n")
    with Archive(data / ARCHIVE) as archive:
        digest = hashlib.sha256(raw).hexdigest()
        archive.store([Refusal(str(path), "line 1", "fault", say("it failed"), raw, digest)])


def forget_a_month(data: Path) -> None:
    """The last copy was made a month and a day ago, and an article has come since."""
    at = (datetime.now(UTC) - BACKUP_AFTER - timedelta(days=1)).isoformat(timespec="seconds")
    noted = {"at": at, "change": 7, "folder": str(data.with_name("ban"))}
    (data / BACKUP_NOTE).write_text(json.dumps(noted), "utf-8")


CAUSES: list[tuple[str, Callable[[Path], None], str]] = [
    ("no-index", lose_index, "rebuild"),
    ("no-index", damage_index, "rebuild"),
    ("index-behind", fall_behind, "rebuild"),
    ("index-of-another", take_the_index_of_another, "rebuild"),
    ("old-format", take_an_index_of_format_6, "upgrade"),
    ("units-behind", lose_units, "rebuild"),
    ("faults", fail_on_a_record, "add --retry"),
    ("backup-due", forget_a_month, "backup FOLDER"),
]


@pytest.mark.parametrize(("code", "cause", "remedy"), CAUSES, ids=[row[1].__name__ for row in CAUSES])
def test_each_cause_is_named_with_a_remedy_that_removes_it(
    data: Path, code: str, cause: Callable[[Path], None], remedy: str
) -> None:
    assert steps(data) == []
    cause(data)
    (step,) = steps(data)
    assert (step["code"], step["command"]) == (code, f"khobao {remedy}")
    assert step["command"] in step["message"]
    said = khobao(data, "status").out.splitlines()
    assert said[-1] == f"To do: {step['message']}"

    typed = [str(data.with_name("ban")) if word == "FOLDER" else word for word in remedy.split()]
    assert khobao(data, *typed).code == 0

    assert steps(data) == []
    assert "To do:" not in khobao(data, "status").out


def test_a_copy_is_noted_with_its_day_and_change(data: Path, tmp_path: Path) -> None:
    assert "Backup: none is noted\n" in khobao(data, "status").out
    assert khobao(data, "backup", tmp_path / "ban").code == 0
    status = khobao(data, "status", "--json").json
    noted = status["backup"]
    assert isinstance(noted, dict)
    assert (noted["change"], noted["folder"]) == (status["archive_number"], str(tmp_path / "ban"))
    assert datetime.now(UTC) - datetime.fromisoformat(noted["at"]) < timedelta(hours=1)
    restored = tmp_path / "moi"
    assert khobao(restored, "backup", tmp_path / "ban", "--restore", "--no-erasures").code == 0
    assert khobao(restored, "status", "--json").json["backup"] is not None


@pytest.mark.parametrize("note", ["", "{", "[]", '{"at": 1}', '{"at": "x", "change": 1, "folder": "f"}'])
def test_a_note_that_cannot_be_read_is_none(data: Path, note: str) -> None:
    (data / BACKUP_NOTE).write_text(note, "utf-8")
    assert khobao(data, "status", "--json").json["backup"] is None


NOW = datetime(2026, 6, 30, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def copied(days: int, change: int) -> NotedBackup:
    return NotedBackup(days_ago(days).isoformat(), change, "ban")


DUE: list[tuple[str, int, int, NotedBackup | None, bool]] = [
    ("never, and the archive is young", 70, 30, None, False),
    ("never, and the archive is older than a month", 70, 31, None, True),
    ("an empty archive", 0, 20_000, None, False),
    ("a month ago", 70, 300, copied(30, 60), False),
    ("longer ago", 70, 300, copied(31, 60), True),
    ("longer ago, and nothing has come since", 70, 300, copied(90, 70), False),
    ("longer ago, of an archive that was replaced by an earlier one", 70, 300, copied(90, 80), True),
]


@pytest.mark.parametrize(
    ("number", "age", "backup", "is_due"), [row[1:] for row in DUE], ids=[r[0] for r in DUE]
)
def test_a_copy_is_due_a_month_after_the_last_where_something_has_come(
    number: int, age: int, backup: NotedBackup | None, is_due: bool
) -> None:
    status = Status(70, 0, 70, 0, number, number, 70, number)
    upkeep = Upkeep(is_newest=True, faults=0, fault_log="import.log", backup=backup, begun=days_ago(age))
    assert [step.code for step in next_steps(status, upkeep, NOW)] == ["backup-due"] * is_due


@pytest.mark.parametrize("found", [1, 2])
def test_an_archive_of_an_earlier_format_names_its_remedy(data: Path, found: int) -> None:
    with sqlite3.connect(data / ARCHIVE) as connection:
        connection.execute(f"PRAGMA user_version = {found}")
    connection.close()
    ran = khobao(data, "status")
    assert (ran.code, "khobao upgrade" in ran.err) == (3, True)
