"""The audit log keeps who did what, when, as it was written, and gives the archive no number."""

import getpass
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.audit import Action, AuditRow, actor_of, add_audit, audit_rows
from corpus.errors import OperatorError
from corpus.fixity import check
from corpus.moment import now
from tests.corpus.records import reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.sqlite"
    with Archive(path) as archive:
        archive.store([reading()])
        archive.log("Lan", Action.ADD, {"paths": "bài \udcff.jsonl", "new": 1})
        archive.log("", Action.CLEAN, {})
    return path


def test_rows_come_newest_first_as_they_were_written(path: Path) -> None:
    after = now()
    with ArchiveReader(path) as archive:
        newest, oldest = audit_rows(archive)
        assert oldest == AuditRow(1, oldest.at, "Lan", "add", {"paths": "bài \\udcff.jsonl", "new": 1})
        assert (newest.number, newest.actor, newest.action, newest.detail) == (2, actor_of(), "clean", {})
        assert oldest.at <= newest.at <= after
        assert list(audit_rows(archive, most=1)) == [newest]
        assert list(audit_rows(archive, since=after[:10])) == [newest, oldest]
        assert list(audit_rows(archive, since="9999")) == []


def test_a_row_is_no_change(path: Path) -> None:
    with ArchiveReader(path) as archive:
        assert archive.number == 1


def test_a_row_goes_with_the_transaction_that_it_tells_of(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN")
        add_audit(writer, "Lan", "a later action", {})
        writer.execute("ROLLBACK")
    with ArchiveReader(path) as archive:
        assert len(list(audit_rows(archive))) == 2


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'Minh'", "DELETE FROM audit"])
def test_rows_cannot_be_changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as writer, pytest.raises(sqlite3.IntegrityError):
        writer.execute(statement)


def test_verification_finds_a_row_that_is_missing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as writer:
        (trigger,) = writer.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_remains'").fetchone()
        writer.execute("DROP TRIGGER audit_remains")
        writer.execute("DELETE FROM audit WHERE number = 1")
        writer.execute(trigger)
        writer.commit()
    with ArchiveReader(path) as archive:
        assert [str(fault) for fault in check(archive).faults] == [
            "archive: SQLite finds 2 audit counted, 1 there"
        ]


@pytest.mark.parametrize("column", ["at", "actor", "action", "detail"])
def test_a_row_that_is_not_what_was_written_is_damage(path: Path, column: str) -> None:
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("DROP TRIGGER audit_stays")
        writer.execute(f"UPDATE audit SET {column} = {column} || 'x' WHERE number = 1")  # noqa: S608 - of the cases
        writer.commit()
    with ArchiveReader(path) as archive:
        rows = audit_rows(archive)
        assert next(rows).number == 2
        with pytest.raises(OperatorError, match="audit: the row 1 does not fit its digest"):
            next(rows)


def test_who_acts_is_who_is_named_else_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "thu-kho")
    assert (actor_of(" Lan "), actor_of()) == ("Lan", "thu-kho")
    monkeypatch.setenv("LOGNAME", "kho\udcff")
    assert actor_of() == "kho\\udcff"


@pytest.mark.parametrize("error", [KeyError("uid"), OSError("no name")])
def test_a_user_without_a_name_is_known_by_number(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def nameless() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert actor_of() == f"uid {os.getuid()}"
