"""A copy of a living archive is of one state, proven, and brings back what it holds."""

import shutil
import threading
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.audit import audit_rows
from corpus.backup import back_up, bring_back
from corpus.data_folder import ARCHIVE
from corpus.errors import OperatorError
from corpus.fixity import check
from corpus.publishers import Publication
from corpus.rights import Rights
from tests.corpus.records import reading


def quiet(_done: int, _total: int) -> None:
    """Shows no progress."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    with Archive(folder / ARCHIVE) as archive:
        archive.store([reading(f"bai-{number}") for number in range(50)])
        archive.withdraw("bai-3")
    (folder / "names").mkdir()
    (folder / "names" / "bao.tsv").write_text("spelling\tSa Pa\tSapa\n", "utf-8")
    return folder


def test_a_copy_taken_beside_a_writer_is_of_one_state(data: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Archive(data / ARCHIVE) as archive:
            number = 0
            while not stop.is_set():
                archive.store([reading(f"them-{number}-{one}") for one in range(2)])
                number += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [back_up(data, tmp_path / f"ban-{copy}", quiet) for copy in range(3)]
    finally:
        stop.set()
        writing.join()
    for copy in made:
        with ArchiveReader(copy.path) as archive:
            counts = archive.counts()
            assert (counts.number, counts.articles) == (copy.number, copy.articles)
            assert (counts.articles - 49) % 2 == 0, "an import's batch is copied whole or not at all"
            assert check(archive).faults == []
    assert made[0].number <= made[1].number <= made[2].number


def test_a_copy_is_replaced_only_by_one_that_is_whole(data: Path, tmp_path: Path) -> None:
    before = back_up(data, tmp_path / "ban", quiet)
    kept = before.path.read_bytes()
    with Archive(data / ARCHIVE) as archive:
        archive.store([reading("moi")])
        archive._writer.execute("DROP TRIGGER versions_stay")
        archive._writer.execute(
            "UPDATE versions SET content = replace(content, 'Mưa', 'Nắng') WHERE change = 7"
        )
    with pytest.raises(OperatorError, match="not whole"):
        back_up(data, tmp_path / "ban", quiet)
    assert before.path.read_bytes() == kept


def test_what_was_lost_is_brought_back_and_nothing_is_overwritten(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "ban", quiet)
    for path in data.glob(f"{ARCHIVE}*"):
        path.write_bytes(path.read_bytes()[:5000])
    shutil.rmtree(data / "names")
    damaged = (data / ARCHIVE).read_bytes()
    found, moved = bring_back(tmp_path / "ban", data, quiet)
    assert (found.articles, found.number) == (49, 51)
    assert moved is not None
    assert moved.read_bytes() == damaged
    assert (data / "names" / "bao.tsv").exists()
    with Archive(data / ARCHIVE) as archive:
        assert archive.article("bai-7") is not None
        assert archive.store([reading("sau")])
        assert check(archive).faults == []


def test_a_damaged_copy_is_not_brought_back(data: Path, tmp_path: Path) -> None:
    copy = back_up(data, tmp_path / "ban", quiet).path
    copy.write_bytes(copy.read_bytes()[:9000])
    before = (data / ARCHIVE).read_bytes()
    with pytest.raises(OperatorError):
        bring_back(tmp_path / "ban", data, quiet)
    assert (data / ARCHIVE).read_bytes() == before
    with pytest.raises(OperatorError, match="no archive here"):
        bring_back(tmp_path / "khong-co", data, quiet)


def test_too_little_room_is_said_before_anything_is_begun(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(OperatorError, match="Nothing was begun"):
        back_up(data, tmp_path / "ban", quiet)
    assert not (tmp_path / "ban").exists()


def test_a_copy_has_the_log_and_the_rights_and_tells_that_it_was_brought_back(
    data: Path, tmp_path: Path
) -> None:
    with Archive(data / ARCHIVE) as archive:
        archive.set_rights(Publication("bao xom", "Báo Xóm"), Rights("© Báo Xóm"), "Lan")
        asked = "SELECT * FROM rights"
        told, rights = list(audit_rows(archive)), archive.rows(asked).fetchall()
    copy = back_up(data, tmp_path / "ban", quiet)
    with ArchiveReader(copy.path) as archive:
        assert (list(audit_rows(archive)), archive.rows(asked).fetchall()) == (told, rights)
    bring_back(tmp_path / "ban", tmp_path / "moi", quiet, actor="Minh")
    with ArchiveReader(tmp_path / "moi" / ARCHIVE) as archive:
        newest, *others = audit_rows(archive)
        assert (others, archive.rows(asked).fetchall(), archive.number) == (told, rights, copy.number)
        assert (newest.actor, newest.action) == ("Minh", "restore")
        assert newest.detail == {"from": str(tmp_path / "ban"), "change": copy.number}
        assert check(archive).faults == []
