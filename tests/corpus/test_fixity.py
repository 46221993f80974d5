"""Every byte of every row is proven, and each verification leaves a dated result."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive, ArchiveReader
from corpus.audit import Action
from corpus.digests import DIGESTED
from corpus.fixity import Fixity, check
from corpus.fixity_log import FixityLog, last_result
from corpus.message import say
from corpus.publishers import Publication
from corpus.records import Refusal
from corpus.rights import Rights
from tests.corpus.records import reading

LATER = ("collections", "collection_items", "recognised")
"""Tables that stand empty yet."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive with a row in every table that is filled."""
    path = tmp_path / "archive.sqlite"
    with Archive(path) as archive:
        raw = replace(reading(), raw=b"{}")
        archive.store(
            [replace(raw, provenance=replace(raw.provenance, raw_sha256=SHA256)), reading("song-2")]
        )
        archive.set_rights(Publication("bao xom", "Báo Xóm"), Rights("© Báo Xóm", "https://xom.example/"))
        archive.withdraw("song-2", "theo yêu cầu")
        archive.store([Refusal("bao.jsonl", "line 1", "no-text", say("no text"), b"{}", SHA256)])
        archive.resolve({1: "song-1"})
        archive.keep_words("underthesea, thử", {1: b"\x01"})
        archive.log("Lan", Action.ADD, {"new": 2})
        log = FixityLog.begin(path, archive.number, resume=False)
        log.end(check(archive), ())
    return path


SHA256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def columns() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        schema = (Path(__file__).parents[2] / "corpus" / "archive_schema.sql").read_text("utf-8")
        connection.executescript(schema)
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_") and name not in LATER
        ]
        return [(name, row[1]) for name in tables for row in connection.execute(f"PRAGMA table_info({name})")]


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_changed_value_of_any_column_is_found(path: Path, table: str, column: str) -> None:
    """The table of columns is that of the schema, so that a later column is in it without being listed."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        keys = {"heads": "article_id", "facts": "article_id", "identities": "local_id", "rights": "since"}
        key = keys.get(table, "rowid")
        last = f"(SELECT max({key}) FROM {table})"  # noqa: S608 - of the schema
        changed = connection.execute(
            f"UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} + 1"  # noqa: S608 - of the schema
            f" WHEN 'null' THEN 7 WHEN 'blob' THEN CAST({column} || 'x' AS BLOB) ELSE {column} || 'x' END"
            f" WHERE {key} = {last}"
        ).rowcount
        assert changed == 1
        for _, statement in triggers:
            connection.execute(statement)
        connection.commit()
    with ArchiveReader(path) as archive:
        assert check(archive).faults


def test_how_many_changes_there_were_is_in_the_dated_result(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'changes_remain'"
        ).fetchone()
        connection.execute("DROP TRIGGER changes_remain")
        connection.execute("DELETE FROM changes WHERE kind = 'withdrawal'")
        connection.execute("UPDATE heads SET withdrawn = 0, last_change = 2 WHERE article_id = 'song-2'")
        connection.execute("UPDATE sqlite_sequence SET seq = 3 WHERE name = 'changes'")
        connection.execute(trigger)
        connection.commit()
    with ArchiveReader(path) as archive:
        assert check(archive).faults == [], "the end of a chain cannot be proven by the chain alone"
        assert last_result(archive).change == 4, "the dated result says how long it was"  # type: ignore[union-attr]


def test_every_filled_table_is_proven_or_made_again(path: Path) -> None:
    with ArchiveReader(path) as archive:
        found = check(archive)
    proven = {"versions", "provenance", "raws", "refused records", "facts", "changes", *DIGESTED} - {*LATER}
    assert (found.faults, found.unproven) == ([], {})
    assert set(found.proven) == proven


def test_a_verification_that_was_stopped_goes_on_behind_what_it_had_read(path: Path) -> None:
    with ArchiveReader(path) as archive:
        whole = check(archive)
        log = FixityLog.begin(path, archive.number, resume=False)
        log.note(Fixity({"versions": 1, "provenance": 1}, {}, [say("hỏng {n}", n=1)], {"versions": 1}))
        again = FixityLog.begin(path, archive.number, resume=True)
        assert again.number == log.number
        found = check(archive, found=again.found)
        assert [str(fault) for fault in found.faults] == ["hỏng 1"], "what was found before stays"
        assert found.proven["versions"] == whole.proven["versions"]
        again.end(found, tuple(found.faults))
        result = last_result(archive)
        assert result is not None
        assert (result.number, result.change, result.faults) == (2, 4, 1)
        assert FixityLog.begin(path, archive.number, resume=True).number == log.number + 1


def test_who_may_not_write_verifies_all_the_same(path: Path) -> None:
    log = FixityLog.begin(path.with_name("khong-co") / "archive.sqlite", 3, resume=False)
    assert log.number == 0
    log.end(Fixity(), ())
