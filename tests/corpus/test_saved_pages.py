"""What lies in the folder of a page that was saved complete is part of the page, and is only counted."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.ingest import ingest
from corpus.readers.input.saved_pages import PART
from corpus.readers.input.source_file import Tally
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading
from tests.corpus.archives import tarred, zipped
from tests.corpus.html_pages import modern
from tests.corpus.html_pages.story import LONG
from tests.corpus.records import articles, line, quiet, read, refusals

_PAGE = modern.boxes(LONG, "https://bao.example/1.html").encode()
_PARTS = {"a.json": line("x"), "khung.html": _PAGE, "a.js.tải xuống": b"x()", "b/c.txt": b"x"}


@pytest.mark.parametrize(
    "ending", ["_files", ".files", "_tập_tin", "_tệp", "-Dateien", "_fichiers", "_FILES"]
)
def test_the_parts_of_a_saved_page_are_counted_and_not_read(
    tmp_path: Path, archive: Archive, ending: str
) -> None:
    (tmp_path / "bao").mkdir()
    (tmp_path / "bao" / "Lũ lên.HTM").write_bytes(_PAGE)
    for name, raw in _PARTS.items():
        path = tmp_path / "bao" / f"Lũ lên{ending}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    receipt = ingest([tmp_path / "bao"], archive, options=ImportOptions(), on_progress=quiet)
    assert (receipt.new, receipt.refused, receipt.seen) == (1, 0, 1)
    assert receipt.passed_over == {PART: len(_PARTS)}


def test_a_folder_without_its_page_is_read_and_so_is_one_that_is_given(
    tmp_path: Path, archive: Archive
) -> None:
    folder = tmp_path / "bao" / "Lũ_files"
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(line("x"))
    receipt = ingest([tmp_path / "bao"], archive, options=ImportOptions(), on_progress=quiet)
    assert (receipt.new, receipt.passed_over) == (1, {})
    shutil.copy(folder / "a.json", folder / "b.json")
    (tmp_path / "bao" / "Lũ.html").write_bytes(_PAGE)
    given = ingest([folder], archive, options=ImportOptions(), on_progress=quiet)
    assert (given.seen, given.passed_over) == (2, {})


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_the_same_holds_within_an_archive(tmp_path: Path, pack: object) -> None:
    files = {"2013/Lũ.html": _PAGE, **{f"2013/Lũ_files/{name}": raw for name, raw in _PARTS.items()}}
    files["2013/Khác_files/a.json"] = line("x")
    path, tally = tmp_path / "kho.bin", Tally()
    path.write_bytes(pack(files))  # type: ignore[operator] # either packs a mapping
    found = read(path, tally=tally)
    assert len(articles(found)) == 2
    assert not refusals(found)
    assert dict(tally.passed_over) == {PART: len(_PARTS)}


_BARE = b"<html><head><title>T</title></head><body><h1>" + "Đò mở lại".encode() + b"</h1>"
_BARE += b"".join(f"<p>{text}</p>".encode() for text in LONG.paragraphs)
_FROM = b"<!-- saved from url=(0030)https://bao.example/do-mo.html -->"


def test_a_saved_page_has_the_address_that_it_was_saved_from_and_keeps_its_id(
    tmp_path: Path, archive: Archive
) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<!doctype html>" + _FROM + _BARE)
    (found,) = read(path)
    assert isinstance(found, Reading)
    assert found.article.url == "https://bao.example/do-mo.html"
    assert found.article.id.startswith("bao-example-")
    before = replace(found, article=replace(found.article, id="a-0123456789ab", url=""))
    archive.store([before])
    receipt = ingest([path], archive, options=ImportOptions(), on_progress=quiet)
    assert (receipt.new, receipt.new_versions) == (0, 1)
    assert [head.article_id for head in archive.heads_since(0)] == ["a-0123456789ab"]
