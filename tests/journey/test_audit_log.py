"""What a command stored is in the audit log, and what the archive's rights are is set by a command."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.earlier_formats import write_archive
from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.archive_upgrade import FORMAT
from corpus.audit import actor_of, audit_rows
from corpus.fixity import check
from corpus.ingest import Receipt, ingest
from corpus.readers.records.options import ImportOptions
from search_app.cli import writing
from search_app.settings import Settings
from tests.corpus.records import line, reading, with_raw
from tests.journey.command import Ran, khobao
from tests.shared import SAMPLE

pytestmark = pytest.mark.slow  # starts commands


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two articles of one paper and one of another; a record was refused."""
    lines = [
        line("xom-1", source="Báo Xóm", published="2013-05-26"),
        line("xom-2", "Nước rút", source="BÁO XÓM", published="2014-01-02"),
        line("lang-1", "Mưa", source="Báo Làng"),
        b'{"id": "x"}',
    ]
    (tmp_path / "bao.jsonl").write_bytes(b"\n".join(lines))
    assert khobao(tmp_path / "kho", "add", tmp_path / "bao.jsonl").code == 0
    return tmp_path / "kho"


def logged(data: Path, *options: object) -> list[dict[str, object]]:
    """The rows that ``khobao log --json`` prints."""
    return [json.loads(row) for row in khobao(data, "log", "--json", *options).out.splitlines()]


def done(data: Path) -> list[object]:
    return [row["action"] for row in logged(data)]


def set_rights(data: Path, *options: object) -> Ran:
    return khobao(data, "source", "set", "báo xóm", "--rights", "© Báo Xóm", *options)


def test_an_import_is_told_once_with_what_it_stored(data: Path) -> None:
    (row,) = logged(data)
    assert row["number"] == 1
    assert row["actor"] == actor_of()
    assert row["action"] == "add"
    assert row["detail"] == {
        "paths": str(data.parent / "bao.jsonl"), "files": 1, "new": 3, "new_versions": 0, "refused": 1,
        "first_change": 1, "last_change": 3,
    }  # fmt: skip
    assert khobao(data, "add", data.parent / "bao.jsonl").code == 0
    assert len(logged(data)) == 1, "the same import again stores nothing"


def test_a_refusal_alone_is_stored_and_told(data: Path, tmp_path: Path) -> None:
    (tmp_path / "hong.jsonl").write_bytes(b"{")
    assert khobao(data, "add", tmp_path / "hong.jsonl").code == 0
    newest, _ = logged(data)
    detail = newest["detail"]
    assert isinstance(detail, dict)
    assert (detail["refused"], "first_change" in detail) == (1, False)


def test_an_import_that_an_error_ends_is_told_too(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*arguments: object, **options: object) -> Receipt:
        ingest(*arguments, **options)  # type: ignore[arg-type]  # as given
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "ingest", stopped)
    (tmp_path / "moi.jsonl").write_bytes(line("moi", source="Báo Làng"))
    with pytest.raises(KeyboardInterrupt):
        writing.add(Settings(data), [tmp_path / "moi.jsonl"], ImportOptions(), str)
    newest, _ = logged(data)
    told = {"paths": str(tmp_path / "moi.jsonl"), "stopped_early": 1, "first_change": 4, "last_change": 4}
    assert newest["detail"] == told


def test_refused_records_that_are_read_again_are_told(data: Path, tmp_path: Path) -> None:
    assert khobao(data, "add", "--retry").code == 0
    assert done(data) == ["add"], "nothing was taken"
    text = (tmp_path / "bao.jsonl").read_bytes().replace(b'{"id": "x"}', line("x", source="Báo Làng"))
    (tmp_path / "bao.jsonl").write_bytes(text)
    assert khobao(data, "add", "--retry").code == 0
    newest, _ = logged(data)
    assert newest["action"] == "retry"
    assert newest["detail"] == {
        "files": 1, "new": 1, "new_versions": 0, "refused": 0, "taken": 1, "first_change": 4, "last_change": 4
    }  # fmt: skip


def test_what_cleaning_again_stored_is_told(data: Path) -> None:
    assert khobao(data, "clean", "--again").code == 0
    assert done(data) == ["add"], "nothing differed"
    with Archive(data / "archive.sqlite") as archive:
        archive.store([with_raw(reading("song-1"), line("song-1", "Cầu mới"))])
    assert khobao(data, "clean", "--again", "--dry-run").code == 0
    assert done(data) == ["add"], "nothing was stored"
    assert khobao(data, "clean", "--again").code == 0
    newest, _ = logged(data)
    assert newest["action"] == "clean"
    assert newest["detail"] == {"articles": 4, "new_versions": 1, "first_change": 5, "last_change": 5}


@pytest.mark.parametrize("command", [("upgrade",), ("add", SAMPLE)])
def test_an_upgrade_is_told_whichever_command_made_it(tmp_path: Path, command: tuple[object, ...]) -> None:
    write_archive(tmp_path / "archive.sqlite", [reading()], format_number=2)
    assert khobao(tmp_path, *command).code == 0
    oldest = logged(tmp_path)[-1]
    assert (oldest["action"], oldest["detail"]) == ("upgrade", {"archive_from": 2, "archive_to": FORMAT})
    assert khobao(tmp_path, "upgrade").code == 0
    assert done(tmp_path).count("upgrade") == 1, "there was nothing more to upgrade"


def test_a_copy_that_is_brought_back_and_a_salvage_are_told(data: Path, tmp_path: Path) -> None:
    assert khobao(data, "backup", tmp_path / "ban").code == 0
    assert done(data) == ["add"], "a copy changes nothing"
    assert khobao(data, "backup", tmp_path / "ban", "--restore").code == 0
    assert done(data) == ["restore", "add"]
    assert khobao(data, "salvage", tmp_path / "moi").code == 0
    assert done(tmp_path / "moi") == ["salvage", "restore", "add"]
    assert khobao(data, "verify").code == 0


def test_the_log_is_read_by_date_and_number_in_both_languages(data: Path) -> None:
    assert set_rights(data, "--by", "Lan").code == 0
    assert [row["action"] for row in logged(data, "-n", 1)] == ["rights"]
    assert logged(data, "--since", "1/2013") == logged(data)
    assert logged(data, "--since", "2999") == []
    (newest, _) = khobao(data, "log").out.splitlines()
    number, _, actor, action, detail = newest.split("\t")
    assert (number, actor, action) == ("2", "Lan", "set the rights of a source")
    assert detail == "source: BÁO XÓM; rights: © Báo Xóm; change: 4"
    assert "ghi bản quyền của một nguồn" in khobao(data, "log", language="vi").out
    wrong = khobao(data, "log", "--since", "hôm kia")
    assert (wrong.code, "--since is “hôm kia”, which is no date" in wrong.err) == (2, True)


def test_a_damaged_log_is_said_in_a_sentence(data: Path) -> None:
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        connection.execute("DROP TRIGGER audit_stays")
        connection.execute("UPDATE audit SET detail = '{'")
        connection.commit()
    ran = khobao(data, "log")
    assert (ran.code, "audit: the row 1 does not fit its digest" in ran.err) == (3, True)
    assert khobao(data, "verify").code == 3


def test_rights_are_a_change_that_no_index_lags_behind(data: Path) -> None:
    ran = set_rights(data, "--licence", "https://xom.example/quyen", "--by", "Lan")
    assert (ran.code, ran.out) == (0, "BÁO XÓM: © Báo Xóm <https://xom.example/quyen> (change 4)\n")
    status = khobao(data, "status", "--json").json
    assert (status["archive_number"], status["index_number"], status["units_number"]) == (4, 4, 4)
    assert status["next"] == []
    assert khobao(data, "verify").code == 0
    again = set_rights(data, "--licence", "https://xom.example/quyen")
    assert (again.code, "nothing changed" in again.out) == (0, True)
    assert khobao(data, "status", "--json").json["archive_number"] == 4
    back = khobao(data, "source", "set", "Báo Xóm", "--rights", "")
    assert (back.code, back.out) == (0, "BÁO XÓM: its rights are taken back (change 5)\n")


def test_sources_are_listed_with_their_rights(data: Path) -> None:
    assert set_rights(data, "--licence", "https://xom.example/quyen").code == 0
    first, second = (json.loads(row) for row in khobao(data, "sources", "--json").out.splitlines())
    assert first == {
        "name": "BÁO XÓM", "articles": 2, "first": "2013-05-26", "last": "2014-01-02",
        "rights": "© Báo Xóm", "licence": "https://xom.example/quyen",
    }  # fmt: skip
    assert second == {
        "name": "Báo Làng", "articles": 1, "first": None, "last": None, "rights": None, "licence": None
    }  # fmt: skip
    said = khobao(data, "sources", language="vi").out.splitlines()
    assert said[0] == "BÁO XÓM\t2\t2013-05-26 – 2014-01-02\t© Báo Xóm\thttps://xom.example/quyen"
    assert said[1] == "Báo Làng\t1\tkhông rõ ngày nào"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["Báo Xon", "--rights", "©"], "Báo Xon: the archive has no such source; near it are BÁO XÓM"),
        (
            ["Nhân Dân", "--rights", "©"],
            "Nhân Dân: the archive has no such source; list all with: khobao sources",
        ),
        (["Báo Xóm", "--rights", "©", "--licence", "javascript:alert(1)"], "which is no address of the web"),
        (["Báo Xóm", "--rights", "©", "--licence", "https://"], "--licence is “https://”"),
        (["Báo Xóm", "--rights", " ", "--licence", "https://xom.example"], "--rights is empty"),
    ],
)
def test_what_cannot_be_set_is_said_with_the_remedy(data: Path, options: list[str], said: str) -> None:
    ran = khobao(data, "source", "set", *options)
    assert ran.code == 2
    assert said in ran.err
    with ArchiveReader(data / "archive.sqlite") as archive:
        assert archive.number == 3
        assert len(list(audit_rows(archive))) == 1
        assert check(archive).faults == []
