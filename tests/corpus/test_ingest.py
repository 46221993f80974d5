import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import ingest as ingesting
from corpus.archive import Archive
from corpus.errors import UserError
from corpus.fixity import check
from corpus.ingest import BATCH_RECORDS, SHOWN_NAMES, Progress, Receipt, batches, ingest
from corpus.readers.input.source_file import MOST_NAMES
from corpus.readers.records.options import ImportOptions
from tests.corpus.records import line, quiet, reading

_KILLED_AFTER_ONE_BATCH = """
import os, signal, sys
from pathlib import Path
from corpus.archive import Archive
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from corpus.readers.input.source_file import MOST_NAMES

def die(progress):
    os.kill(os.getpid(), signal.SIGKILL)

ingest([Path(sys.argv[1])], Archive(Path(sys.argv[2])), options=ImportOptions(), on_progress=die)
"""


def take(archive: Archive, *paths: Path) -> Receipt:
    receipt = ingest(paths, archive, options=ImportOptions(), on_progress=quiet)
    assert receipt.adds_up
    return receipt


def many(folder: Path, count: int) -> Path:
    path = folder / "bao.jsonl"
    path.write_bytes(b"\n".join(line(f"a-{number}") for number in range(count)))
    return path


def test_a_receipt_says_what_became_of_every_record(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(line("a-1", views=1) + b"\n{\n" + line("a-2"))
    (folder / "b.txt").write_text("Tin vắn\n\nMưa to.", "utf-8")
    (folder / "c.css").write_bytes(b"p{}")
    first = take(archive, folder)
    assert (first.files, first.seen, first.new, first.refused) == (3, 5, 3, 2)
    assert first.refusals == {"bad-json": 1, "unknown-format": 1}
    assert first.unused_fields == {"views": 1}


def test_a_receipt_stays_short_whatever_names_an_input_holds(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    names: dict[str, object] = {f"x{number:05}" + "y" * 100: 1 for number in range(12_000)}
    path.write_bytes(line("a-1", "Chợ đêm mở lại", **names))
    receipt = take(archive, path)
    assert receipt.new == 1
    assert list(receipt.unused_fields)[:2] == ["x00000" + "y" * 74, "x00001" + "y" * 74]
    assert (len(receipt.unused_fields), receipt.more_unused_fields) == (SHOWN_NAMES, MOST_NAMES - SHOWN_NAMES)


def test_the_same_command_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("a-1") + b"\n{\n" + line("a-1", "Tin khác"))
    take(archive, path)
    number = archive.number
    again = take(archive, path)
    assert (again.new, again.unchanged, again.refused, again.refused_before) == (0, 1, 0, 2)
    assert archive.number == number


def test_a_corrected_article_is_a_new_version(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("a-1"))
    take(archive, path)
    path.write_bytes(line("a-1", body="Khách đã về."))
    assert take(archive, path).new_versions == 1


def test_an_import_stopped_midway_keeps_what_it_counted_and_goes_on(archive: Archive, tmp_path: Path) -> None:
    path = many(tmp_path, 2 * BATCH_RECORDS + 10)

    def stop_after_one_batch(_progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([path], archive, options=ImportOptions(), on_progress=stop_after_one_batch)
    assert archive.counts().articles == BATCH_RECORDS
    rest = take(archive, path)
    assert (rest.unchanged, rest.new) == (BATCH_RECORDS, BATCH_RECORDS + 10)


def test_an_import_killed_midway_keeps_what_it_counted_and_goes_on(archive: Archive, tmp_path: Path) -> None:
    path = many(tmp_path, 2 * BATCH_RECORDS + 10)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_AFTER_ONE_BATCH, str(path), str(archive._path)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert archive.counts().articles == BATCH_RECORDS
    assert check(archive).faults == []
    assert take(archive, path).new == BATCH_RECORDS + 10


def test_progress_grows_to_the_bytes_on_disk_and_the_records(archive: Archive, tmp_path: Path) -> None:
    path = many(tmp_path, BATCH_RECORDS + 1)
    seen: list[Progress] = []
    ingest([path], archive, options=ImportOptions(), on_progress=seen.append)
    size = path.stat().st_size
    assert seen[-1] == Progress(size, size, BATCH_RECORDS + 1)
    assert [progress.records for progress in seen] == [BATCH_RECORDS, BATCH_RECORDS + 1]


def test_a_batch_ends_with_the_record_that_makes_it_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH_BYTES", 3000)
    long = reading(paragraphs=("x" * 1000,))
    assert [len(batch) for batch in batches([reading(), long, reading()])] == [2, 1]


def test_a_missing_path_stops_before_anything_is_read(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="khong-co"):
        take(archive, many(tmp_path, 1), tmp_path / "khong-co")
    assert archive.number == 0


def test_what_the_disk_keeps_shut_is_refused_and_the_rest_goes_on(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    many(folder, 3)
    (folder / "a.jsonl").symlink_to(folder / "khong-co")
    (folder / "vong.jsonl").symlink_to(folder / "vong.jsonl")
    receipt = take(archive, folder)
    assert (receipt.new, receipt.refusals) == (3, {"unreadable": 2})


def test_a_file_and_its_folder_given_together_are_one_import(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    path = many(folder, 3)
    receipt = take(archive, path, folder)
    assert (receipt.seen, receipt.new, receipt.merged, receipt.unchanged) == (6, 3, 3, 0)


_FILES = st.dictionaries(
    st.sampled_from(["a.jsonl", "b.json", "c.txt", "d.bin", "e.jsonl.gz"]),
    st.one_of(st.binary(), st.sampled_from([line("a-1"), line("a-1", "Tin khác"), b"\x1f\x8b\x08"])),
    min_size=1,
)


@settings(deadline=None, max_examples=40)  # it waits for the disk
@given(_FILES)
def test_any_files_are_imported_and_the_receipt_adds_up(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("vao")
    (folder / "z.jsonl").write_bytes(line("z-1"))
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    with Archive(tmp_path_factory.mktemp("kho") / "a.db") as archive:
        first, again = take(archive, folder), take(archive, folder)
        counts = archive.counts()
    shutil.rmtree(folder)
    assert (again.new, again.new_versions, again.refused) == (0, 0, 0)
    assert (counts.versions, counts.refusals) == (first.new + first.new_versions, first.refused)


def test_an_id_with_a_step_is_refused_at_the_import_and_stays_where_it_was_stored(
    archive: Archive, tmp_path: Path
) -> None:
    """An earlier khobao took such ids: their archive must open."""
    archive.store([reading("../x")])
    assert [kept.article.id for kept in archive.versions("../x")] == ["../x"]
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("a/../b") + b"\n" + line("..") + b"\n" + line("a..b/c"))
    assert take(archive, path).refusals == {"bad-id": 2}
    (first, _) = archive.refusals()
    assert (first.place, first.raw, first.is_complete) == ("line 1", line("a/../b"), True)
    assert archive.article("a..b/c") is not None
