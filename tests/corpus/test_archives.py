import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.readers.input import limits
from corpus.readers.input.limits import Limits
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading, Record
from tests.corpus.archives import tarred, zipped
from tests.corpus.records import AT, line, outline, read_bytes, refusals

_LINES = line("a-1") + b"\n" + line("a-2")
_FILES = {"2013/a.jsonl": _LINES, "b/c.txt": "Tin vắn\n\nMưa to.".encode(), "anh.jpg": b"\xff\xd8\xff"}
_PACKERS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, bz2.compress, lzma.compress]
_PACKERS.append(zstandard.compress)


def places(records: list[Record]) -> list[tuple[str, str]]:
    """Of each record the member it stood in, and its place or the reason of its refusal."""
    return [
        (found.provenance.file.partition("!")[2], found.provenance.place)
        if isinstance(found, Reading)
        else (found.file.partition("!")[2], found.reason)
        for found in records
    ]


def limited(folder: Path, raw: bytes, name: str, bounds: Limits) -> list[Record]:
    (folder / name).write_bytes(raw)
    options = ImportOptions(limits=bounds)
    return list(records_of(SourceFile.on_disk(folder / name, AT), options, Tally()))


@pytest.mark.parametrize("pack", _PACKERS)
@pytest.mark.parametrize("archive", [zipped, tarred])
def test_the_files_of_an_archive_are_read_in_place_whatever_packs_it(
    tmp_path: Path, archive: Callable[[dict[str, bytes]], bytes], pack: Callable[[bytes], bytes]
) -> None:
    found = [
        ("2013/a.jsonl", "line 1"),
        ("2013/a.jsonl", "line 2"),
        ("b/c.txt", "whole file"),
        ("anh.jpg", "unknown-format"),
    ]
    assert places(read_bytes(tmp_path, pack(archive(_FILES)), "kho")) == found


@pytest.mark.parametrize("pack", _PACKERS)
def test_a_member_may_be_packed_itself(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    for raw in (zipped({"a.jsonl": pack(_LINES)}), gzip.compress(tarred({"a.jsonl": pack(_LINES)}))):
        assert outline(read_bytes(tmp_path, raw, "kho")) == [("line 1", "a-1"), ("line 2", "a-2")]


def test_an_archive_in_an_archive_is_opened_to_a_depth_and_then_refused(tmp_path: Path) -> None:
    raw = zipped({"a.jsonl": _LINES})
    for number in range(3):
        raw = tarred({f"{number}.zip": raw}) if number % 2 else zipped({f"{number}.zip": raw})
    assert places(read_bytes(tmp_path, raw, "kho"))[0] == ("2.zip!1.zip!0.zip!a.jsonl", "line 1")
    deeper = zipped({"3.zip": raw})
    assert places(read_bytes(tmp_path, deeper, "kho")) == [("3.zip!2.zip!1.zip!0.zip", "too-deep-archive")]
    assert len(limited(tmp_path, deeper, "kho", Limits(depth=5))) == 2


def test_hidden_files_folders_and_links_are_left_out(tmp_path: Path) -> None:
    raw = zipped({".git/a.jsonl": _LINES, "__MACOSX/._a.jsonl": b"", "b/": b"", "a.jsonl": _LINES})
    assert {file for file, _ in places(read_bytes(tmp_path, raw, "kho"))} == {"a.jsonl"}
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        link = tarfile.TarInfo("noi.jsonl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert places(read_bytes(tmp_path, held.getvalue(), "kho.tar")) == [("", "empty-archive")]


def test_a_name_in_utf8_is_read_as_such_also_where_the_zip_does_not_say_so(tmp_path: Path) -> None:
    raw = bytearray(zipped({"Báo Tết.jsonl": _LINES}))
    for at in (6, raw.index(b"PK\x01\x02") + 8):
        raw[at + 1] &= ~0x08  # the flag that says UTF-8
    assert {file for file, _ in places(read_bytes(tmp_path, bytes(raw), "kho"))} == {"Báo Tết.jsonl"}


def test_a_locked_member_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.jsonl": _LINES, "b.jsonl": _LINES}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = places(read_bytes(tmp_path, bytes(raw), "kho"))
    assert found == [("a.jsonl", "locked"), ("b.jsonl", "line 1"), ("b.jsonl", "line 2")]


def test_a_zip_member_without_a_name_is_read_by_what_it_is(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, archive.open(zipfile.ZipInfo(""), "w") as nameless:
        nameless.write(_LINES)
    assert places(read_bytes(tmp_path, held.getvalue(), "kho.zip")) == [("", "line 1"), ("", "line 2")]


def test_a_member_whose_sum_is_wrong_gives_what_stood_before_and_a_refusal(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.jsonl": _LINES + b"\n", "b.jsonl": _LINES}, zipfile.ZIP_STORED))
    raw[raw.index(b"a-2")] ^= 1
    found = places(read_bytes(tmp_path, bytes(raw), "kho"))
    assert ("a.jsonl", "damaged") in found
    assert found[-2:] == [("b.jsonl", "line 1"), ("b.jsonl", "line 2")]


def test_a_tar_cut_short_gives_its_whole_members_and_a_refusal(tmp_path: Path) -> None:
    raw = tarred({"a.jsonl": _LINES, "b.jsonl": b"\n".join(line(f"b-{n}") for n in range(500))})
    found = places(read_bytes(tmp_path, gzip.compress(raw[:20_000]), "kho.tgz"))
    assert found[:2] == [("a.jsonl", "line 1"), ("a.jsonl", "line 2")]
    assert len(found) > 50
    assert {reason for _, reason in found if not reason.startswith("line")} <= {"cut-short", "damaged"}


@pytest.mark.slow
def test_a_large_member_of_a_streamed_tar_is_read_whole(tmp_path: Path) -> None:
    many = b"\n".join(line(f"b-{n}", body="Nước lên. " * 200) for n in range(3000))
    found = read_bytes(tmp_path, gzip.compress(tarred({"b.jsonl": many, "c.jsonl": _LINES}), 1), "kho.tgz")
    assert (len(found), refusals(found)) == (3002, [])


def test_a_bomb_is_refused_by_its_ratio_and_what_stood_before_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 1_000_000)
    raw = zipped({"a.jsonl": _LINES, "b.jsonl": b"\0" * 30_000_000, "c.jsonl": _LINES})
    found = read_bytes(tmp_path, raw, "kho.zip")
    assert outline(found) == [("line 1", "a-1"), ("line 2", "a-2"), ("whole file", "bomb")]
    assert "--limit ratio=" in str(refusals(found)[0].message)
    assert len(limited(tmp_path, raw, "kho.zip", Limits(ratio=100_000))) == 5


def test_limits_of_bytes_and_members_are_kept(tmp_path: Path) -> None:
    raw = zipped({f"{n}.jsonl": line(f"a-{n}") for n in range(9)})
    assert outline(limited(tmp_path, raw, "kho", Limits(members=3)))[-1] == ("whole file", "too-many-members")
    assert outline(limited(tmp_path, raw, "kho", Limits(bytes=300)))[-1] == ("whole file", "bomb")


_RAW = st.sampled_from([zipped(_FILES), tarred(_FILES), gzip.compress(tarred(_FILES)), bz2.compress(_LINES)])
_CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8)


@settings(deadline=None, max_examples=200)  # it writes files
@given(_RAW, _CHANGES, st.integers(0, 3000))
def test_a_mutated_archive_never_raises(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    changed = bytearray(raw[: len(raw) - cut] if cut < len(raw) else raw)
    for place, value in changes:
        changed[place % len(changed)] = value
    folder = tmp_path_factory.getbasetemp()
    first, again = (outline(read_bytes(folder, bytes(changed), "kho.tar")) for _ in range(2))
    assert first == again
    assert first


@pytest.mark.parametrize("option", ["ratio=" + "9" * 5000, "ratio=0", "ratio=²", "x=1", "bytes"])
def test_a_limit_that_is_none_is_refused(option: str) -> None:
    with pytest.raises(UserError, match=option[:20]):
        Limits.parse([option])
