import gzip
import hashlib
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.input.source_file import Tally
from corpus.readers.json.lines import MAX_LINE_BYTES
from corpus.records import MAX_RAW_BYTES, Reading, Record
from tests.corpus.records import articles, line, outline, read, read_bytes, refusals

_PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    (".gz", gzip.compress),
    (".xz", lzma.compress),
    (".zst", zstandard.compress),
]
_packed = pytest.mark.parametrize(("suffix", "pack"), _PACKERS)


def test_each_line_is_an_article_with_its_place_and_digest(tmp_path: Path) -> None:
    records = read_bytes(tmp_path, line("a-1") + b"\r\n\n" + line("a-2"))
    assert outline(records) == [("line 1", "a-1"), ("line 3", "a-2")]
    assert isinstance(records[1], Reading)
    provenance = records[1].provenance
    assert provenance.raw_sha256 == hashlib.sha256(line("a-2")).hexdigest()
    assert (provenance.file, provenance.reader) == ((tmp_path / "bao.jsonl").as_posix(), "jsonl")


@pytest.mark.parametrize(
    ("broken", "reason", "said"),
    [
        (b'{"id": "x", "title": }', "bad-json", "column 22"),
        (b'{"id": "x"} {"id": "y"}', "bad-json", "Extra data"),
        (b"{" * 50, "bad-json", "column 2"),
        (b"[" * 100_000, "too-deep", "flatten"),
        (b'{"id": ' + b"[" * 100_000, "too-deep", "flatten"),
        (b'"khong phai bai"', "not-an-article", "khong phai bai"),
        (b"[" * 400 + b"]" * 400, "not-an-article", "not an object"),
        (line("x")[:-1] + b', "id": "y"}', "duplicate-key", "'id'"),
        (b'{"title": "Ch\xff", "body": "b"}', "not-utf-8", "0xff"),
        (b'{"title": "T\\ud800", "body": "b"}', "lone-surrogate", "U+D800"),
        (b'{"title": "T\\u0000", "body": "b"}', "nul-character", "U+0000"),
        (b'{"title": ' + b"[" * 400 + b"1" + b"]" * 400 + b"}", "wrong-type", "title"),
        (b'{"title": "T", "body": {"p": 1}}', "wrong-type", "body"),
        (b'{"title": "T", "body": null}', "no-text", "text"),
    ],
)
def test_a_bad_record_is_refused_with_its_place_and_the_next_is_read(
    tmp_path: Path, broken: bytes, reason: str, said: str
) -> None:
    records = read_bytes(tmp_path, b"\n".join([line("a-1"), broken, line("a-2")]))
    assert outline(records) == [("line 1", "a-1"), ("line 2", reason), ("line 3", "a-2")]
    (refused,) = refusals(records)
    assert said in str(refused.message)
    assert refused.raw == broken[:MAX_RAW_BYTES]


def test_bad_utf8_is_placed_in_the_decompressed_stream(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + line("a-1") + b"\n{\xfe}"
    (refused,) = refusals(read_bytes(tmp_path, gzip.compress(raw), "bao.jsonl.gz"))
    assert f"byte {raw.index(0xFE)} " in str(refused.message)


def test_a_byte_order_mark_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    assert outline(read_bytes(tmp_path, b"\xef\xbb\xbf" + line("a-1"))) == [("line 1", "a-1")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.txt"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_utf16_and_utf32_are_read_whatever_the_name(tmp_path: Path, name: str, encoding: str) -> None:
    raw = (line("a-1").decode() + "\n" + line("a-2").decode()).encode(encoding)
    assert outline(read_bytes(tmp_path, raw, name)) == [("line 1", "a-1"), ("line 2", "a-2")]


def test_a_record_above_the_limit_is_skipped_without_being_held(tmp_path: Path) -> None:
    long = b'{"title": "' + b"x" * MAX_LINE_BYTES + b'"}'
    records = read_bytes(tmp_path, b"\n".join([line("a-1"), long, line("a-2")]))
    assert outline(records) == [("line 1", "a-1"), ("line 2", "record-too-large"), ("line 3", "a-2")]
    assert len(refusals(records)[0].raw) == MAX_RAW_BYTES


@_packed
def test_compressed_lines_read_as_plain_ones_whatever_the_name_says(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    raw = b"\n".join(line(f"a-{number}") for number in range(300))
    plain = outline(read_bytes(tmp_path, raw))
    assert outline(read_bytes(tmp_path, pack(raw), "a.jsonl" + suffix)) == plain
    assert outline(read_bytes(tmp_path, pack(raw), "a.jsonl")) == plain
    members = pack(raw[:5000]) + pack(raw[5000:])
    assert outline(read_bytes(tmp_path, members, "a.jsonl" + suffix)) == plain


def _varied(count: int) -> bytes:
    """Lines that do not compress to nothing, so that a file has many slices."""
    return b"".join(
        line(f"a-{n}", f"Tin số {n * 7919 % 10007} ngày {n * n % 9973}") + b"\n" for n in range(count)
    )


@pytest.mark.slow
@_packed
def test_all_whole_records_of_a_file_cut_short_are_read_then_one_refusal(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    raw = _varied(4000)
    members = pack(raw[:200_000]) + pack(raw[200_000:])  # zstd gives whole blocks only
    cut = members[: len(members) - len(members) // 3]
    records = read_bytes(tmp_path, cut, "a.jsonl" + suffix)
    assert [kind.reason for kind in refusals(records)] == ["cut-short"]
    assert len(records) == len(articles(records)) + 1
    assert len(articles(records)) >= raw[:200_000].count(b"\n")
    assert outline(records)[:-1] == outline(read_bytes(tmp_path, raw))[: len(records) - 1]
    assert outline(records) == outline(read_bytes(tmp_path, cut, "a.jsonl" + suffix))


@_packed
def test_all_records_before_a_damaged_place_are_read(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    whole, raw = pack(_varied(40)), _varied(40)
    records = read_bytes(tmp_path, whole + b"khong phai du lieu nen", "a.jsonl" + suffix)
    assert outline(records)[:-1] == outline(read_bytes(tmp_path, raw))
    assert refusals(records)[0].reason in {"damaged", "cut-short"}


def test_the_records_of_the_slice_that_fails_are_not_lost(tmp_path: Path) -> None:
    raw = _varied(2000)
    stored = bytearray(gzip.compress(raw, compresslevel=0))
    header, block = 10, int.from_bytes(stored[11:13], "little")
    stored[header + 5 + block + 3] ^= 0xFF  # the second block's length no longer fits its complement
    records = read_bytes(tmp_path, bytes(stored), "a.jsonl.gz")
    assert len(articles(records)) == raw[:block].count(b"\n")
    assert [refused.reason for refused in refusals(records)] == ["damaged"]


def test_the_same_id_with_the_same_content_is_no_matter(tmp_path: Path) -> None:
    records = read_bytes(tmp_path, line("a-1") + b"\n" + line("a-1").replace(b", ", b" , "))
    assert outline(records) == [("line 1", "a-1"), ("line 2", "a-1")]


def test_the_same_id_with_another_content_is_refused_and_names_the_first(tmp_path: Path) -> None:
    records = read_bytes(tmp_path, b"\n".join([line("a-1"), line("a-1", "Tin khác"), line("a-1")]))
    assert outline(records) == [("line 1", "a-1"), ("line 2", "duplicate-id"), ("line 3", "a-1")]
    assert "line 1" in str(refusals(records)[0].message)


def test_values_of_other_types_are_taken_where_their_meaning_is_plain(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "title": 1984,
        "body": ["Đoạn một.\nĐoạn hai.", None],
        "tags": "lũ, Lào Cai,",
        "author": ["A", "B"],
        "category": ["Kinh tế"],
        "date": 2013,
        "captions": "Bến đò.",
        "summary": None,
    }
    (found,) = articles(read_bytes(tmp_path, json.dumps(record).encode()))
    assert (found.id, found.title, found.paragraphs) == ("7", "1984", ("Đoạn một.", "Đoạn hai."))
    assert (found.tags, found.authors, found.section) == (("lũ", "Lào Cai"), ("A", "B"), "Kinh tế")
    assert (found.published.text, found.captions, found.lede) == ("2013", ("Bến đò.",), "")


def test_a_number_of_any_length_is_no_crash(tmp_path: Path) -> None:
    raw = b'{"title": "T", "body": "b", "n": ' + b"9" * 100_000 + b"}"
    assert len(articles(read_bytes(tmp_path, raw))) == 1


def test_a_missing_id_is_derived_from_the_url_and_else_from_source_title_and_date(tmp_path: Path) -> None:
    def ids(**fields: str) -> str:
        raw = json.dumps({"title": "Tin", "body": "b"} | fields).encode()
        return articles(read_bytes(tmp_path, raw, "Báo Đảng.2020.jsonl"))[0].id

    assert ids().startswith("bao-dang-")
    assert ids(url="https://a.example/1") == ids(url="https://a.example/1", title="Tin đã sửa")
    assert len({ids(), ids(source="BSH"), ids(published="2020-01-01"), ids(url="https://a.example/1")}) == 4
    assert ids() == ids(body="Thân bài đã sửa.")


def test_fields_that_nothing_takes_are_counted(tmp_path: Path) -> None:
    path, tally = tmp_path / "a.jsonl", Tally()
    path.write_bytes(line("a-1", views=3, content="Bản khác.", empty="") + b"\n" + line("a-2", views=4))
    read(path, tally=tally)
    assert tally.unused_fields == {"views": 2, "content": 1}


def _lines(raw: bytes) -> int:
    return sum(1 for part in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n") if part.strip())


@settings(deadline=None)  # it writes files
@given(
    st.one_of(st.binary(), st.lists(st.sampled_from([line("a-1"), line("a-2"), b"{", b"\n", b"\xff", b"[]"])))
)
def test_arbitrary_bytes_never_raise_and_every_line_is_one_record(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes | list[bytes]
) -> None:
    content = raw if isinstance(raw, bytes) else b"\n".join(raw)
    records: list[Record] = read_bytes(tmp_path_factory.mktemp("a"), content)
    whole_file = [place for place, _ in outline(records)] == ["whole file"]
    damaged = content[:6].startswith((b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"))
    assert whole_file or damaged or len(records) == _lines(content)


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_a_file_without_a_record_is_refused_so_that_it_is_counted(raw: bytes, tmp_path: Path) -> None:
    assert outline(read_bytes(tmp_path, raw)) == [("whole file", "no-records")]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("2021-09-13 07:30:00+07", "2021-09-13T07:30+07:00"),
        ("2021-09-13T07:30:00.000+0700", "2021-09-13T07:30+07:00"),
        ("2021-09-13 07:30:00 UTC", "2021-09-13T07:30+00:00"),
        ("2021/09/13", "2021-09-13"),
        ("2021/9/3 7:05", "2021-09-03T07:05"),
        ("20210913", "2021-09-13"),
        (20210913, "2021-09-13"),
        (2021.0, "2021"),
        ("Mon, 27 May 2013 07:10:00 +0700", "2013-05-27T07:10+07:00"),
        ("27 May 2013 07:10 GMT", "2013-05-27T07:10+00:00"),
        (float("nan"), ""),
    ],
)
def test_a_date_is_read_as_programs_export_it(tmp_path: Path, given: object, text: str) -> None:
    (one,) = articles(read_bytes(tmp_path, line("a-1", published=given)))
    assert one.published.text == text


@pytest.mark.parametrize(
    "given",
    ["20211313", "2021/02/30", "2021-09-13 27:30:00+07", "Mon, 30 Feb 2013 07:10:00", "Unknown", "0000-00-00",
     "N/A", "-", "hôm qua", "2013-02-30", True, {"x": 1}, [1, 2]],
)  # fmt: skip
def test_a_date_that_cannot_be_read_leaves_the_article_undated(tmp_path: Path, given: object) -> None:
    (one,) = articles(read_bytes(tmp_path, line("a-1", published=given)))
    assert (one.id, one.published.text) == ("a-1", "")


@pytest.mark.parametrize(
    ("raw", "title", "section"),
    [
        (b'{"title": NaN, "body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"title": Infinity, "body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"title": true, "body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"title": null, "body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"title": {"x": 1}, "body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"body": "Cau mot."}', "[Cau mot\u2026]", ""),
        (b'{"title": "T", "body": "b", "section": ["a", "b"]}', "T", "a"),
        (b'{"title": "T", "body": "b", "section": true}', "T", ""),
        (b'{"title": "T", "body": "b", "source": {"x": 1}, "tags": 1.5, "section": {"name": "S"}}', "T", "S"),
    ],
)
def test_one_bad_field_refuses_no_article(tmp_path: Path, raw: bytes, title: str, section: str) -> None:
    (one,) = articles(read_bytes(tmp_path, raw))
    assert (one.title, one.section) == (title, section)


def test_a_whole_number_with_a_point_is_one_and_nan_is_nothing(tmp_path: Path) -> None:
    raw = b'{"id": 12.0, "title": 1984.0, "text": NaN, "body": "b", "tags": [NaN, 5.0], "views": NaN}'
    (one,) = articles(read_bytes(tmp_path, raw))
    assert (one.id, one.title, one.paragraphs, one.tags) == ("12", "1984", ("b",), ("5",))
