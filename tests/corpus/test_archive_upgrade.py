"""An archive of an earlier format is brought to this one by the first command that writes."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.earlier_formats import withdraw, write_archive
from corpus import archive_upgrade
from corpus.archive import Archive, ArchiveReader
from corpus.archive_upgrade import FORMAT
from corpus.archived import Outcome
from corpus.coverage import coverage
from corpus.errors import OperatorError
from corpus.fixity import check
from tests.corpus.records import outcomes, reading

FORMATS = (1, 2)


@pytest.fixture(params=FORMATS)
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "archive.sqlite"
    write_archive(path, [reading(), reading("song-2", source="Báo Sông Hồng")], format_number=request.param)
    withdraw(path, "song-2")
    return path


def dump(path: Path) -> str:
    """What an archive holds, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return "\n".join([str(version), *connection.iterdump()])


def test_a_reader_says_how_to_upgrade(old: Path) -> None:
    with pytest.raises(OperatorError, match="khobao upgrade"):
        ArchiveReader(old)


def test_what_was_there_stays_and_is_counted(old: Path) -> None:
    with Archive(old) as archive:
        counts = archive.counts()
        assert (counts.articles, counts.withdrawn, counts.refusals, counts.number) == (1, 1, 1, 3)
        (source,) = coverage(archive).sources
        assert source.articles == 1
        found = check(archive)
        assert found.faults == []
        assert found.proven["changes"] == counts.number


def test_an_upgraded_archive_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Archive(old).close()
    Archive(tmp_path / "new.sqlite").close()

    def tables(path: Path) -> set[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
            columns = {
                (name, *column[1:])
                for kind, name in rows
                if kind == "table"
                for column in connection.execute(f"PRAGMA table_info({name})")
            }
            return columns | set(rows)

    assert tables(tmp_path / "new.sqlite") == tables(old)


def test_upgrading_twice_is_upgrading_once(old: Path) -> None:
    Archive(old).close()
    once = dump(old)
    Archive(old).close()
    assert dump(old) == once
    with Archive(old) as archive:
        assert archive.store([reading("song-3")])
        assert archive.counts().articles == 2


def test_an_archive_keeps_its_name_for_ever_and_says_since_when_it_has_which_format(old: Path) -> None:
    Archive(old).close()
    with ArchiveReader(old) as archive:
        ((uuid, made_at, formats),) = archive.rows("SELECT uuid, made_at, formats FROM archive")
    assert made_at == "2026-01-01T00:00:00+00:00"
    assert list(json.loads(formats))[-1] == str(FORMAT)
    with Archive(old) as archive:
        archive.store([reading("song-3")])
        assert next(archive.rows("SELECT uuid FROM archive")) == (uuid,)


def test_an_upgrade_that_is_broken_off_has_not_happened(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)

    def break_off(_connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive_upgrade, "make_identities", break_off)
        with pytest.raises(KeyboardInterrupt):
            Archive(old)
    assert dump(old) == before
    Archive(old).close()
    with ArchiveReader(old) as archive:
        assert check(archive).faults == []


def test_an_upgrade_refuses_to_begin_with_too_little_room(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    with monkeypatch.context() as patch:
        patch.setattr(archive_upgrade, "space_for_upgrade", lambda _connection: 1 << 60)
        with pytest.raises(OperatorError, match="Nothing was begun"):
            Archive(old)
    assert dump(old) == before


def test_links_stay_and_what_was_taken_for_another_papers_article_is_told_apart(tmp_path: Path) -> None:
    """Formats 1 and 2 took an article of another paper for a new version where the ids were equal."""
    path = tmp_path / "archive.sqlite"
    first = reading("1001", "Chợ đêm mở lại", source="Báo Sông Hồng")
    other = reading("1001", "Cầu mới thông xe", source="Báo Núi Đôi", lede="Xe qua từ sáng.")
    corrected = reading("1001", "Cầu mới thông xe", source="Núi Đôi Online", lede="Xe qua từ trưa.")
    write_archive(path, [first, other, corrected], format_number=2)
    with Archive(path) as archive:
        again = archive.store([corrected, other, first])
        assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.NEW]
        assert (again[2].article_id, again[2].is_told_apart) == ("bao-song-hong-1001", True)
        kept = archive.article("1001")
        assert kept is not None
        assert kept.article.lede == "Xe qua từ trưa."
        assert archive.store([first])[0].outcome is Outcome.UNCHANGED


def test_a_record_without_a_publisher_is_still_known_by_the_folder_that_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.sqlite"
    write_archive(path, [reading()], format_number=2)
    monkeypatch.chdir(tmp_path)
    with Archive(path) as archive:
        assert outcomes(archive.store([reading(lede="Nước đã rút.")])) == [Outcome.NEW_VERSION]
        elsewhere = replace(reading().provenance, file="khac/bao.jsonl")
        third = replace(reading(lede="Nước lại lên."), provenance=elsewhere)
        assert outcomes(archive.store([third])) == [Outcome.NEW]
