"""What was refused or cleaned is read again: from its file, else from the record that the archive keeps."""

from dataclasses import replace
from pathlib import Path

from corpus.archive import Archive
from corpus.context import Context
from corpus.ingest import ingest
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.options import ImportOptions
from corpus.recleaning import clean_again
from corpus.retry import retry
from tests.corpus.records import line, quiet, reading, with_raw

OPTIONS = ImportOptions()

MAPPED = replace(OPTIONS, fields=FieldMap.parse(["paragraphs=than"]))


def take(archive: Archive, path: Path) -> None:
    assert ingest([path], archive, options=OPTIONS, on_progress=quiet).adds_up


def silent(_done: int, _total: int) -> None:
    """Shows nothing."""


def test_a_mended_file_is_taken_and_its_refusal_says_so(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "bao.jsonl"
    path.write_bytes(line("bao-1") + b"\n{\n" + line("bao-3"))
    take(archive, path)
    path.write_bytes(b"\n".join([line("bao-1"), line("bao-2"), line("bao-3")]))

    found = retry(archive, options=OPTIONS, on_progress=quiet)

    assert (found.open_before, found.taken, found.gone) == (1, 1, ())
    assert found.receipt.adds_up
    assert [one.taken_as for one in archive.refusals()] == ["bao-2"]
    assert list(archive.refusals(open_only=True)) == []


def test_what_is_still_wrong_stays_refused(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "bao.jsonl"
    path.write_bytes(line("bao-1") + b"\n{")
    take(archive, path)
    found = retry(archive, options=OPTIONS, on_progress=quiet)
    assert (found.open_before, found.taken) == (1, 0)
    assert [one.place for one in archive.refusals(open_only=True)] == ["line 2"]


def test_a_file_that_is_gone_is_read_as_it_was_kept_or_said_to_be_gone(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "bao.json"
    path.write_bytes(b'{"title": "L\xc5\xa9"}')
    take(archive, path)
    path.unlink()
    found = retry(archive, options=OPTIONS, on_progress=quiet)
    assert found.receipt.seen == 1
    assert found.receipt.adds_up
    assert found.gone == ()


def test_a_record_that_is_in_the_archive_is_not_refused_by_a_retry(archive: Archive, tmp_path: Path) -> None:
    """Here the options that mend one record refuse the other."""
    path = tmp_path / "bao.jsonl"
    other = b'{"id": "bao-2", "title": "Ch\xe1\xbb\xa3", "than": "b"}'
    both = b'{"id": "bao-1", "title": "T", "than": [{}], "body": "b"}'
    path.write_bytes(both + b"\n" + other)
    take(archive, path)
    found = retry(archive, options=MAPPED, on_progress=quiet)
    assert (found.open_before, found.taken) == (1, 1)
    assert (found.receipt.seen, found.receipt.refused, found.receipt.adds_up) == (1, 0, True)
    assert [one.taken_as for one in archive.refusals()] == ["bao-2"]


def test_a_record_that_moved_to_the_place_of_a_refused_one_does_not_resolve_it(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "bao.jsonl"
    path.write_bytes(line("bao-1") + b"\n{\n" + line("bao-3"))
    take(archive, path)
    path.write_bytes(line("bao-1") + b"\n" + line("bao-3"))
    found = retry(archive, options=OPTIONS, on_progress=quiet)
    assert found.taken == 0
    assert [one.taken_as for one in archive.refusals()] == [None]


def test_a_refused_record_that_moved_is_known_by_its_bytes(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "bao.jsonl"
    other = b'{"id": "bao-2", "title": "T", "than": "b"}'
    path.write_bytes(line("bao-1") + b"\n" + other)
    take(archive, path)
    path.write_bytes(line("bao-1") + b"\n\n\n" + other)
    found = retry(archive, options=MAPPED, on_progress=quiet)
    assert found.taken == 1
    assert [one.taken_as for one in archive.refusals()] == ["bao-2"]


def test_a_kept_record_is_taken_at_its_place_and_its_refusal_says_so(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "Ch\u00e0o!.jsonl"
    path.write_bytes(line("bao-1") + b'\n{"id": "bao-2", "title": "T", "than": "b"}\n{')
    take(archive, path)
    path.unlink()
    found = retry(archive, options=MAPPED, on_progress=quiet)
    assert (found.taken, found.gone, found.receipt.refused) == (1, (), 0)
    assert [one.taken_as for one in archive.refusals()] == ["bao-2", None]
    kept = archive.article("bao-2")
    assert kept is not None
    assert (kept.provenance.file, kept.provenance.place) == (path.as_posix(), "line 2")


def test_a_name_that_holds_the_mark_of_members_is_a_file_where_there_is_one(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "Ch\u00e0o!.jsonl"
    path.write_bytes(b"{")
    take(archive, path)
    path.write_bytes(line("bao-1"))
    found = retry(archive, options=OPTIONS, on_progress=quiet)
    assert (found.taken, found.gone) == (1, ())


def test_cleaning_again_changes_nothing_where_the_reader_is_the_same(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "bao.jsonl"
    path.write_bytes(b"\n".join([line("bao-1"), line("bao-2", "Lũ trên sông Thao", summary="Nước rút.")]))
    take(archive, path)
    number = archive.number
    found = clean_again(archive, store=True, on_progress=silent)
    assert (found.articles, found.same, found.without, found.changes, found.faults) == (2, 2, 0, (), ())
    assert number == archive.number


def test_what_cleaning_makes_otherwise_is_a_new_version_that_says_which_fields(archive: Archive) -> None:
    """An article as an earlier release read it: with a lede that is none."""
    raw = line("bao-1", summary="Nước rút.")
    before = reading("bao-1", "Chợ đêm mở lại", lede="BTO - Nước rút.", paragraphs=("Khách đến đông.",))
    archive.store([with_raw(replace(before, context=Context(stem="bao")), raw)])

    planned = clean_again(archive, store=False, on_progress=silent)
    assert [one.fields for one in planned.changes] == [("lede",)]
    assert len(archive.versions("bao-1")) == 1

    clean_again(archive, store=True, on_progress=silent)
    assert [one.article.lede for one in archive.versions("bao-1")] == ["BTO - Nước rút.", "Nước rút."]


def test_an_article_without_its_record_is_counted_and_one_that_is_refused_now_is_said(
    archive: Archive,
) -> None:
    bad = with_raw(replace(reading("bao-2"), context=Context(stem="bao")), b"{")
    archive.store([reading("bao-1"), bad])
    found = clean_again(archive, store=True, on_progress=silent)
    assert (found.articles, found.same, found.without) == (2, 0, 1)
    assert [(one.article_id, one.reason) for one in found.faults] == [("bao-2", "bad-json")]
