"""Of a damaged archive all is saved that can be read and fits its digest, and nothing else."""

import hashlib
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.archive_upgrade import FORMAT
from corpus.audit import audit_rows
from corpus.errors import OperatorError, UserError
from corpus.fixity import check
from corpus.message import say
from corpus.publishers import Publication
from corpus.records import Reading, Refusal
from corpus.rights import Rights
from corpus.salvage import salvage
from tests.corpus.records import reading

pytestmark = pytest.mark.slow  # writes and reads a damaged archive for each draw

PAGE = 4096
INNER = 0x05  # the kind of a page that only leads to others
ARTICLES = 400
OTHER_CHANGES = 3
DIGEST = hashlib.sha256(b"{}").hexdigest()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kho") / "archive.sqlite"
    text = "Nước sông lên, bà con dọn đồ lên gác. " * 20
    with Archive(path) as archive:
        for version, count in (("một", ARTICLES), ("hai", 50)):
            texts = (f"{version} {number}" for number in range(count))
            archive.store([with_raw(f"bai-{number}", text, one) for number, one in enumerate(texts)])
        archive.withdraw("bai-9", "theo yêu cầu")
        archive.withdraw("bai-8")
        archive.restore("bai-8")
        archive.store([Refusal("bao.jsonl", "line 1", "no-text", say("no text"), b"{}", DIGEST)])
        archive.keep_words("underthesea, thử", {1: b"\x01", 2: b"\x02"})
    return path


def with_raw(article_id: str, *paragraphs: str) -> Reading:
    made, raw = reading(article_id, paragraphs=paragraphs), " ".join(paragraphs).encode()
    provenance = replace(made.provenance, raw_sha256=hashlib.sha256(raw).hexdigest())
    return replace(made, provenance=provenance, raw=raw)


def raws(path: Path) -> dict[str, bytes]:
    with ArchiveReader(path) as archive:
        return dict(archive.rows("SELECT sha256, data FROM raws"))


def contents(path: Path) -> dict[tuple[str, int], object]:
    with ArchiveReader(path) as archive:
        ids = [head.article_id for head in archive.heads_since(0)]
        return {(one.article.id, one.version): one.article for key in ids for one in archive.versions(key)}


def test_a_whole_archive_is_saved_whole(whole: Path, tmp_path: Path) -> None:
    found = salvage(whole, tmp_path / "moi.sqlite")
    assert found.lost == []
    assert contents(tmp_path / "moi.sqlite") == contents(whole)
    with ArchiveReader(whole) as old, ArchiveReader(tmp_path / "moi.sqlite") as new:
        assert new.heads_since(0) == old.heads_since(0)
        assert new.counts() == old.counts()
        assert list(new.refusals()) == list(old.refusals())
        assert new.words([1, 2], "underthesea, thử") == old.words([1, 2], "underthesea, thử")
        assert check(new).faults == []


@pytest.mark.parametrize("seed", range(4))
def test_what_is_saved_is_what_was_written_and_the_rest_is_listed(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a fair draw, no secret
    data = bytearray(whole.read_bytes())
    pages = len(data) // PAGE
    for page in drawn.sample(range(1, pages), max(1, pages // 12)):
        if seed % 2:
            data[page * PAGE : (page + 1) * PAGE] = drawn.randbytes(PAGE)
        else:
            data[page * PAGE + drawn.randrange(PAGE)] ^= 1 << drawn.randrange(8)
    damaged = tmp_path / "archive.sqlite"
    damaged.write_bytes(data)
    found = salvage(damaged, tmp_path / "moi.sqlite")
    saved, expected = contents(tmp_path / "moi.sqlite"), contents(whole)
    assert saved.items() <= expected.items()
    assert len(saved) > ARTICLES // 2, "a twelfth of the pages is damaged"
    lost = sum(table == "versions" for table, _, _ in found.lost)
    assert len(expected) <= len(saved) + lost <= len(expected) + OTHER_CHANGES, "nothing is lost unsaid"
    kept, records = raws(tmp_path / "moi.sqlite"), raws(whole)
    assert kept.items() <= records.items()
    lost_records = sum(table == "raws" for table, _, _ in found.lost)
    assert len(kept) + lost_records >= len(saved), "no record of a version that was saved is lost unsaid"
    with Archive(tmp_path / "moi.sqlite") as archive:
        assert check(archive).faults == []
        nine = archive.article("bai-9")
        assert nine is None or nine.withdrawn or ("changes" in {table for table, _, _ in found.lost})
        archive.store([reading("sau")])


@pytest.mark.parametrize("table", ["versions", "raws"])
def test_rows_that_an_inner_page_hides_are_found_on_their_own(
    whole: Path, tmp_path: Path, table: str
) -> None:
    data = bytearray(whole.read_bytes())
    with ArchiveReader(whole) as archive:
        ((root,),) = archive.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])
    start = (root - 1) * PAGE
    assert data[start] == INNER
    first_cell = start + int.from_bytes(data[start + 12 : start + 14], "big")
    data[first_cell : first_cell + 4] = bytes(4)  # the page of the first rows: there is none of this number
    damaged = tmp_path / "archive.sqlite"
    damaged.write_bytes(data)
    assert salvage(damaged, tmp_path / "moi.sqlite").lost == []
    assert contents(tmp_path / "moi.sqlite") == contents(whole)
    assert raws(tmp_path / "moi.sqlite") == raws(whole)


def test_a_file_that_is_there_is_not_overwritten(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "moi.sqlite").write_bytes(b"x")
    with pytest.raises(UserError, match="name a new folder"):
        salvage(whole, tmp_path / "moi.sqlite")


def test_what_is_no_database_gives_an_archive_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"khong phai SQLite" * 500)
    found = salvage(tmp_path / "archive.sqlite", tmp_path / "moi.sqlite")
    assert found.saved == {}
    with ArchiveReader(tmp_path / "moi.sqlite") as archive:
        assert archive.counts().articles == 0


def test_damage_is_told_from_a_full_disk_and_a_missing_right(whole: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "archive.sqlite"
    data = bytearray(whole.read_bytes())
    data[3 * PAGE :] = bytes(len(data) - 3 * PAGE)
    damaged.write_bytes(data)
    with pytest.raises(OperatorError, match="khobao salvage"), ArchiveReader(damaged) as archive:
        archive.versions("bai-1")
    connection = sqlite3.connect(tmp_path / "bare.sqlite")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.close()
    with pytest.raises(OperatorError, match="is damaged"), ArchiveReader(tmp_path / "bare.sqlite") as bare:
        bare.counts()


def test_of_a_whole_archive_nothing_is_lost(tmp_path: Path) -> None:
    """Also where a table never had a row."""
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.store([with_raw("bai-1", "Nước rút."), with_raw("bai-2", "Nước lên.")])
    found = salvage(tmp_path / "archive.sqlite", tmp_path / "moi.sqlite")
    assert found.lost == []
    with ArchiveReader(tmp_path / "moi.sqlite") as saved, ArchiveReader(tmp_path / "archive.sqlite") as old:
        for table in ("archive", "publishers", "identities", "changes"):
            columns = "uuid, made_at, formats" if table == "archive" else "*"
            asked = f"SELECT {columns} FROM {table}"  # noqa: S608 - constants
            assert saved.rows(asked).fetchall() == old.rows(asked).fetchall()


def with_log_and_rights(folder: Path) -> Path:
    path = folder / "archive.sqlite"
    with Archive(path) as archive:
        archive.store([with_raw("bai-1", "Nước rút.")])
        publisher = Publication("bao xom", "Báo Xóm")
        for statement in ("© Báo Xóm", "© Báo Xóm, được dùng lại"):
            archive.set_rights(publisher, Rights(statement, "https://xom.example/"), "Lan")
    return path


def test_the_audit_log_and_the_rights_are_saved_and_the_salvage_is_in_the_log(tmp_path: Path) -> None:
    path = with_log_and_rights(tmp_path)
    assert salvage(path, tmp_path / "moi.sqlite", actor="Minh").lost == []
    with ArchiveReader(tmp_path / "moi.sqlite") as saved, ArchiveReader(path) as old:
        newest, *others = audit_rows(saved)
        assert others == list(audit_rows(old))
        assert (newest.number, newest.actor, newest.action) == (3, "Minh", "salvage")
        assert newest.detail == {"from": str(path), "saved": 10, "lost": 0}
        for asked in ("SELECT * FROM rights", "SELECT * FROM changes"):
            assert saved.rows(asked).fetchall() == old.rows(asked).fetchall()
        assert check(saved).faults == []


@pytest.mark.parametrize("table", ["audit", "rights", "changes"])
def test_a_row_of_the_log_or_the_rights_that_is_not_whole_is_listed(tmp_path: Path, table: str) -> None:
    path = with_log_and_rights(tmp_path)
    column, number = {"audit": ("actor", 1), "rights": ("statement", 2), "changes": ("note", 2)}[table]
    key = {"audit": "number", "rights": "since", "changes": "number"}[table]
    connection = sqlite3.connect(path)
    for trigger in ("audit_stays", "changes_stay"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(f"UPDATE {table} SET {column} = 'khác' WHERE {key} = {number}")  # noqa: S608 - of the cases
    connection.commit()
    connection.close()
    found = salvage(path, tmp_path / "moi.sqlite")
    assert (table, str(number)) in {row[:2] for row in found.lost}
    with ArchiveReader(tmp_path / "moi.sqlite") as saved:
        assert check(saved).faults == []
        assert [row.action for row in audit_rows(saved)] == [
            "salvage", "rights", "lost" if table == "audit" else "rights"
        ]  # fmt: skip
        assert [row[0] for row in saved.rows("SELECT since FROM rights")] == (
            [3] if table == "rights" else [2, 3]
        )


def test_a_number_that_a_repeated_refusal_left_unused_is_no_loss(tmp_path: Path) -> None:
    refused = [
        Refusal("bao.jsonl", f"line {number}", "no-text", say("no text"), b"{}", DIGEST) for number in (1, 2)
    ]
    with Archive(tmp_path / "archive.sqlite") as archive:
        for records in (refused[:1], refused[:1], refused):
            archive.store(records)
    assert salvage(tmp_path / "archive.sqlite", tmp_path / "new.sqlite").lost == []
