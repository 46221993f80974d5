import os
import subprocess
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.ingest import ingest
from corpus.readers.documents import plain
from corpus.readers.folder import files_of
from corpus.readers.html import page_file as html_file
from corpus.readers.input.source_file import SourceFile
from corpus.readers.json import document as json_file
from corpus.readers.json import lines as jsonl
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import Reader, known_to
from corpus.readers.warc import crawl_file as warc_file
from corpus.records import Refusal
from tests.corpus.records import AT, line, quiet

_OBJECT = line("a-1")


@pytest.mark.parametrize(
    ("name", "raw", "reader"),
    [
        ("a.jsonl", _OBJECT, jsonl),
        ("a.jsonl", b"hong\n" + _OBJECT, jsonl),
        ("a.jsonl", b"[" + _OBJECT + b"]", json_file),
        ("a.json", _OBJECT, json_file),
        ("a.json", _OBJECT + b"\n" + _OBJECT, jsonl),
        ("a.json", b'{\n  "id": "a"\n}', json_file),
        ("a.JSON", b"", json_file),
        ("data", _OBJECT + b"\n" + _OBJECT, jsonl),
        ("data", b"[" + _OBJECT + b"]", json_file),
        ("a.txt", b"Tin", plain),
        ("a.txt", b"[Video] Tin", plain),
        ("a.txt", b"{Tin}", plain),
        ("a.txt", _OBJECT, json_file),
        ("a.html", b"<html>", html_file),
        ("a", b"WARC/1.0\r\n", warc_file),
        ("a.css", b"p{}", None),
        ("a.jpg", b"\xff\xd8\xff", None),
        ("data", b"Tin", None),
    ],
)
def test_a_file_is_known_by_its_content_and_then_by_its_name(
    tmp_path: Path, name: str, raw: bytes, reader: Reader | None
) -> None:
    (tmp_path / name).write_bytes(raw)
    assert known_to(SourceFile.on_disk(tmp_path / name, AT), ImportOptions()) is reader


def _tree(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_OBJECT)


def _names(folder: Path) -> list[str]:
    return [
        found.name.removeprefix(f"{folder.as_posix()}/")
        for found in files_of([folder], ImportOptions(), AT)
        if isinstance(found, SourceFile)
    ]


def test_folders_are_walked_in_sorted_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    _tree(tmp_path, "b/2.json", "b/1.json", "a.json", ".an/x.json", "b/.x.json", "Z.json")
    assert _names(tmp_path) == ["Z.json", "a.json", "b/1.json", "b/2.json"]


def test_a_link_back_to_its_folder_is_no_endless_walk(tmp_path: Path) -> None:
    _tree(tmp_path, "a.json")
    (tmp_path / "vong").symlink_to(tmp_path)
    assert _names(tmp_path) == ["a.json"]


def test_a_link_to_a_file_outside_its_folder_is_followed_only_when_asked(tmp_path: Path) -> None:
    _tree(tmp_path, "kho/a.json", "kho/b/c.json", "ngoai.json")
    (tmp_path / "kho" / "b" / "ngoai.json").symlink_to(tmp_path / "ngoai.json")
    (tmp_path / "kho" / "b" / "trong.json").symlink_to("../a.json")
    (tmp_path / "kho2").symlink_to(tmp_path / "kho")
    for given in ("kho", "kho2"):
        found = list(files_of([tmp_path / given], ImportOptions(), AT))
        assert [getattr(file, "reason", "") for file in found] == ["", "", "link-outside", ""]
        assert all(
            isinstance(file, SourceFile)
            for file in files_of([tmp_path / given], ImportOptions(follow=True), AT)
        )


def test_a_pipe_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    _tree(tmp_path, "a.json")
    os.mkfifo(tmp_path / "b.json")
    assert _names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("name", ["khong-co.jsonl", "rong", "anh"])
def test_all_paths_are_checked_before_any_is_read(tmp_path: Path, name: str) -> None:
    _tree(tmp_path, "a.json", "anh/a.css")
    (tmp_path / "anh" / "a.css").write_bytes(b"p{}")
    (tmp_path / "rong").mkdir()
    with pytest.raises(UserError, match=name):
        files_of([tmp_path / "a.json", tmp_path / name], ImportOptions(), AT)


def test_a_name_that_is_not_utf8_can_be_stored() -> None:
    name = SourceFile.on_disk(Path(os.fsdecode(b"b\xe1o.txt")), AT).name
    assert name == "b\\xe1o.txt"


def test_a_file_that_is_missing_when_its_turn_comes_is_still_listed(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "khong-co.json")
    found = files_of([tmp_path], ImportOptions(), AT)
    assert [isinstance(file, Refusal) for file in found] == [False]


def test_a_file_whose_name_is_no_utf_8_is_imported_under_an_escaped_name(tmp_path: Path) -> None:
    folder = tmp_path / "u"
    folder.mkdir()
    (folder / os.fsdecode(b"b\xe1o.jsonl")).write_bytes(b'{"title": "T", "body": "b"}')
    with Archive(tmp_path / "kho.sqlite") as archive:
        receipt = ingest([folder], archive, options=ImportOptions(), on_progress=quiet)
        assert (receipt.new, receipt.refused) == (1, 0)
        (head,) = archive.heads_since(0)
        kept = archive.article(head.article_id)
    assert kept is not None
    assert (kept.context.stem, kept.provenance.file) == (r"b\xe1o", rf"{folder}/b\xe1o.jsonl")


def test_a_path_that_the_disk_or_its_rights_keep_shut_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(_path: Path, **_options: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", shut)
    with pytest.raises(UserError, match="it cannot be reached: Permission denied"):
        files_of([tmp_path / "a.jsonl"], ImportOptions(), AT)


def removed(path: Path) -> None:
    """Whatever its depth; Python's own ways call themselves for each folder."""
    subprocess.run(["/bin/rm", "-rf", str(path)], check=True)


def test_a_folder_of_any_depth_is_walked(tmp_path: Path, archive: Archive) -> None:
    """Deeper than Python calls itself."""
    folder = tmp_path / "vao"
    folder.mkdir()
    deepest = str(folder)
    for _ in range(1200):
        deepest += "/a"
        os.mkdir(deepest)  # noqa: PTH102 - a path of a thousand parts is slow to make anew each time
    (Path(deepest) / "b.jsonl").write_bytes(line("sau"))
    (folder / "c.jsonl").write_bytes(line("nong"))
    try:
        receipt = ingest([folder], archive, options=ImportOptions(), on_progress=quiet)
    finally:
        removed(folder)
    assert (receipt.new, receipt.refused) == (2, 0)


def test_what_no_path_can_name_is_refused_and_the_rest_is_read(tmp_path: Path, archive: Archive) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "c.jsonl").write_bytes(line("nong"))
    here = os.open(folder, os.O_RDONLY)
    for _ in range(30):  # one folder in another, past the longest path
        os.mkdir("b" * 200, dir_fd=here)
        inner = os.open("b" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    try:
        receipt = ingest([folder], archive, options=ImportOptions(), on_progress=quiet)
    finally:
        removed(folder)
    assert (receipt.new, receipt.refusals) == (1, {"unreadable": 1})
