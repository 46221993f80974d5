import gzip
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.input import limits
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.readers.tables import database
from corpus.records import Reading, Record
from tests.corpus.archives import zipped
from tests.corpus.records import AT, articles, outline, read_bytes, refusals


def made(folder: Path, *statements: str, name: str = "kho.sqlite") -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def taken(path: Path, options: ImportOptions | None = None) -> list[Record]:
    return list(records_of(SourceFile.on_disk(path, AT), options or ImportOptions(), Tally()))


_ENDLESS = (
    "CREATE VIEW v(title, body) AS WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a FROM n)"
    " SELECT a, a FROM n"
)
_TABLES = (
    "CREATE TABLE bai (id INTEGER PRIMARY KEY, tieu_de TEXT, noi_dung TEXT, anh BLOB)",
    "INSERT INTO bai VALUES (7, 'Lũ lên', 'Một.' || char(10) || 'Hai.', x'ffd8'), (8, 'Lũ rút', 'Ba.', NULL)",
    "CREATE TABLE nguoi (ten TEXT, body TEXT)",
    "INSERT INTO nguoi VALUES ('An', 'b')",
    _ENDLESS,
)


def test_every_table_that_names_a_title_and_a_text_is_read_and_no_view(tmp_path: Path) -> None:
    found = taken(made(tmp_path, *_TABLES))
    assert outline(found) == [("table bai row 1", "7"), ("table bai row 2", "8")]
    assert articles(found)[0].paragraphs == ("Một.", "Hai.")
    for one in found:
        assert isinstance(one, Reading)
        assert database.article(one.raw, one.context) == one.article


def test_a_database_is_the_same_in_a_zip_and_packed(tmp_path: Path) -> None:
    raw = made(tmp_path, *_TABLES).read_bytes()
    for packed in (zipped({"kho.db": raw}), gzip.compress(raw)):
        assert len(articles(read_bytes(tmp_path, packed, "kho"))) == 2


def test_a_table_or_a_query_can_be_asked_for(tmp_path: Path) -> None:
    path = made(tmp_path, *_TABLES)
    assert len(taken(path, ImportOptions(table="bai"))) == 2
    asked = "SELECT ten AS title, body, body FROM nguoi"
    assert outline(taken(path, ImportOptions(query=asked)))[0][0] == "query row 1"
    (refused,) = refusals(taken(path, ImportOptions(table="khong")))
    assert (refused.reason, "bai, nguoi" in str(refused.message)) == ("no-table", True)


@pytest.mark.parametrize("query", ["DELETE FROM bai", "ATTACH '/tmp/x' AS x", "SELECT * FROM khong", "lạ"])
def test_a_query_that_is_no_question_is_refused_and_changes_nothing(tmp_path: Path, query: str) -> None:
    path = made(tmp_path, *_TABLES)
    before = path.read_bytes()
    assert [one.reason for one in refusals(taken(path, ImportOptions(query=query)))] == ["bad-database"]
    assert (path.read_bytes(), [found.name for found in tmp_path.iterdir()]) == (before, ["kho.sqlite"])


def test_bytes_in_a_field_are_refused_and_text_that_is_no_text(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "CREATE TABLE a (title, body)",
        "INSERT INTO a VALUES ('T', x'ff'), (CAST(x'54ff' AS TEXT), 'b'), ('T', 'b')",
    )
    assert [reason for _, reason in outline(taken(path))][:2] == ["wrong-type", "not-utf-8"]


def test_what_stands_behind_a_value_too_large_to_hold_is_read(tmp_path: Path) -> None:
    rows = [
        f"INSERT INTO bai SELECT 'Chợ phiên {number}', 'Nước lên.', zeroblob({size})"
        for number, size in enumerate((10, 20_000_000, 300_000_000, 10, 10))
    ]
    path = made(tmp_path, "CREATE TABLE bai (title TEXT, body TEXT, anh BLOB)", *rows)
    assert [title for _, title in outline(taken(path))][1:3] == ["record-too-large"] * 2
    assert [one.title for one in articles(taken(path))] == ["Chợ phiên 0", "Chợ phiên 3", "Chợ phiên 4"]
    without = ImportOptions(query="SELECT title, body FROM bai;")  # as the refusal says
    assert len(articles(taken(path, without))) == len(rows)


def test_changes_that_wait_beside_the_file_are_not_passed_over(tmp_path: Path) -> None:
    path = made(tmp_path, *_TABLES)
    (tmp_path / "kho.sqlite-wal").write_bytes(b"x")
    assert [one.reason for one in refusals(taken(path))] == ["unfinished"]


@pytest.mark.slow
def test_a_file_that_gives_more_than_it_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 50_000)
    asked = (
        "WITH RECURSIVE n(title, body) AS (SELECT 1, 1 UNION ALL SELECT title + 1, 1 FROM n) SELECT * FROM n"
    )
    path = made(tmp_path, *_TABLES)
    options = ImportOptions(query=asked, limits=limits.Limits(ratio=2))
    assert outline(taken(path, options))[-1] == ("whole file", "bomb")


@settings(deadline=None, max_examples=60)  # it writes files
@given(st.lists(st.tuples(st.integers(0, 16_000), st.integers(0, 255)), max_size=12))
def test_a_mutated_database_never_raises(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.sqlite"
    raw = bytearray((whole if whole.exists() else made(folder, *_TABLES, name=whole.name)).read_bytes())
    for place, value in changes:
        raw[place % len(raw)] = value
    found = [outline(read_bytes(folder, bytes(raw), "b.sqlite")) for _ in range(2)]
    assert found[0] == found[1]


@pytest.mark.parametrize("raw", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + b"x" * 83, b"x" * 50])
def test_a_file_shorter_than_a_databases_header_is_refused_and_nothing_else_ends(
    raw: bytes, tmp_path: Path
) -> None:
    assert outline(read_bytes(tmp_path, raw, "kho.sqlite")) == [("whole file", "bad-database")]
    assert outline(read_bytes(tmp_path, gzip.compress(raw), "kho.sqlite.gz")) == [
        ("whole file", "bad-database")
    ]
