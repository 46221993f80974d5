"""An archive of an earlier format is brought to this one by the first command that writes."""

import sqlite3
from pathlib import Path

import pytest

from corpus.archive import Archive, ArchiveReader
from corpus.coverage import coverage
from corpus.errors import OperatorError
from corpus.fixity import check
from tests.corpus.records import reading

_NEW_TABLES = ("raws", "resolutions", "facts")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive as format 1 wrote it."""
    path = tmp_path / "archive.sqlite"
    with Archive(path) as archive:
        archive.store([reading(), reading("song-2", source="Báo Sông Hồng")])
        archive.withdraw("song-2")
    connection = sqlite3.connect(path)
    for table in _NEW_TABLES:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("ALTER TABLE versions DROP COLUMN context")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    return path


def test_a_reader_says_how_to_upgrade(old: Path) -> None:
    with pytest.raises(OperatorError, match="khobao upgrade"):
        ArchiveReader(old)


def test_what_was_there_stays_and_is_counted(old: Path) -> None:
    with Archive(old) as archive:
        assert archive.counts().articles == 1
        (source,) = coverage(archive).sources
        assert source.articles == 1
        assert check(archive).faults == []


def test_an_upgraded_archive_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Archive(old).close()
    Archive(tmp_path / "new.sqlite").close()

    def tables(path: Path) -> set[tuple[str, str]]:
        connection = sqlite3.connect(path)
        names = {
            (name, column[1])
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            for column in connection.execute(f"PRAGMA table_info({name})")
        } | {
            (kind, name)
            for kind, name in connection.execute("SELECT type, name FROM sqlite_master WHERE type <> 'table'")
        }
        connection.close()
        return names

    assert tables(tmp_path / "new.sqlite") == tables(old)


def test_upgrading_twice_is_upgrading_once(old: Path) -> None:
    Archive(old).close()
    with Archive(old) as archive:
        assert archive.store([reading("song-3")])
        assert archive.counts().articles == 2
