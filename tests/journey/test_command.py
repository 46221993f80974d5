"""The command: every door's name, its exit codes, and what bad input gets."""

import json
import lzma
import re
import resource
import shutil
import socket
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.archive import Archive
from tests.corpus.records import line, reading
from tests.journey.command import Ran, khobao
from tests.shared import SAMPLE

GOOD = {"id": "tốt-1", "title": "Giá vàng tăng", "summary": "Giá vàng sáng nay tăng mạnh.", "body": "Hết."}


def write(path: Path, *records: object) -> Path:
    """JSON lines; a string is written as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def ids(ran: Ran) -> list[str]:
    """The ids of a page of results, in order."""
    hits = ran.json["hits"]
    assert isinstance(hits, list)
    return [hit["id"] for hit in hits]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample corpus."""
    data = tmp_path_factory.mktemp("data") / "kho"
    assert khobao(data, "add", SAMPLE).code == 0
    return data


def test_add_prints_a_receipt_that_adds_up(loaded: Path) -> None:
    """And importing the same files again changes nothing."""
    receipt = khobao(loaded, "add", SAMPLE, "--json").json
    assert receipt["new"] == receipt["new_versions"] == receipt["refused"] == 0
    assert receipt["seen"] == receipt["unchanged"] == khobao(loaded, "status", "--json").json["articles"]


def test_search_finds_the_same_at_the_terminal_and_as_json(loaded: Path) -> None:
    found = khobao(loaded, "search", "lao cai", "--size", 3, "--json").json
    hits = found["hits"]
    assert isinstance(hits, list)
    assert len(hits) == 3
    assert (found["total"], found["scattered_total"]) == (7, 1)
    plain = khobao(loaded, "search", "lao cai", "--size", 3).out
    assert [hit["title"] in plain for hit in hits] == [True] * 3
    assert any("Lào Cai" in part["text"] for hit in hits for part in hit["snippet"] if part["hit"])


def test_pages_follow_each_other(loaded: Path) -> None:
    first, second = (
        ids(khobao(loaded, "search", "", "--size", 5, "--page", page, "--json")) for page in (1, 2)
    )
    assert first + second == ids(khobao(loaded, "search", "", "--size", 10, "--json"))


def test_status_and_verify_agree(loaded: Path) -> None:
    status = khobao(loaded, "status", "--json").json
    assert status["articles"] == status["indexed"] == 63
    assert status["archive_number"] == status["index_number"] == status["units_number"]
    assert khobao(loaded, "verify").code == 0


def test_status_says_how_far_the_table_of_units_is(loaded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kho"
    shutil.copytree(loaded, copy)
    held = khobao(copy, "status", "--json").json["units_number"]
    assert f"Units: change {held}\n" in khobao(copy, "status").out
    with Archive(copy / "archive.sqlite") as archive:
        archive.store([reading("moi", "Chợ nổi Cái Răng")])
    assert f"Units: change {held} of 64\n" in khobao(copy, "status").out
    (copy / "index" / "units.kho").unlink()
    assert "Units: no table\n" in khobao(copy, "status").out
    assert khobao(copy, "status", "--json").json["units_number"] is None


def test_batch_prints_a_trec_run(loaded: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tlào cai\nq2\tcó gì “lạ\n", "utf-8")
    lines = [line.split() for line in khobao(loaded, "batch", queries, "--depth", 7).out.splitlines()]
    assert [line[0] for line in lines] == ["q1"] * 7 + ["q2"] * 7
    assert all(line[1] == "Q0" and line[5] == "khobao" for line in lines)
    for name in ("q1", "q2"):
        mine = [line for line in lines if line[0] == name]
        assert [int(line[3]) for line in mine] == list(range(1, 8))
        scores = [float(line[4]) for line in mine]
        assert all(later < earlier for earlier, later in pairwise(scores))


def test_rebuild_gives_the_same_results(loaded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kho"
    shutil.copytree(loaded, copy)
    before = khobao(copy, "search", "đường", "--json").json
    assert khobao(copy, "rebuild").code == 0
    after = khobao(copy, "search", "đường", "--json").json
    assert before | {"took_ms": 0} == after | {"took_ms": 0}
    assert khobao(copy, "verify").code == 0


def test_the_house_speaks_vietnamese_first(loaded: Path) -> None:
    assert "bài" in khobao(loaded, "status", language="vi").out
    assert "articles" in khobao(loaded, "status", language="en").out
    assert "Cách dùng" in khobao(loaded, "--help", language="vi").out
    assert "Usage" in khobao(loaded, "--help", language="en").out


def test_a_broken_line_in_the_middle_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, '{"id": "x", "title": ', GOOD | {"id": "tốt-2"})
    ran = khobao(tmp_path / "kho", "add", path, "--json")
    assert ran.code == 0
    assert (ran.json["new"], ran.json["refused"]) == (2, 1)


BAD_RECORDS: list[object] = [
    {"id": "no-text", "title": "Chỉ có tít"},
    '{"id": "lone-surrogate", "title": "Tin", "body": "x \\ud800 y"}',
    GOOD | {"title": "Khác"},  # another text under an id of the same file
    GOOD | {"id": "long", "body": "tin tức " * 650_000},
    "[1, 2]",
]


def test_a_bad_record_is_refused_counted_and_nothing_else_is_lost(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, *BAD_RECORDS, GOOD | {"id": "tốt-2"})
    data = tmp_path / "kho"
    bad = len(BAD_RECORDS)
    ran = khobao(data, "add", path, "--json")
    assert (ran.code, ran.json["new"], ran.json["refused"], ran.json["seen"]) == (0, 2, bad, bad + 2)
    refused = map(json.loads, khobao(data, "refusals", "--json").out.splitlines())
    assert [one["place"] for one in refused] == [f"line {2 + each}" for each in range(bad)]
    again = khobao(data, "add", path, "--json").json
    assert (again["unchanged"], again["refused_before"], again["new"], again["refused"]) == (2, bad, 0, 0)
    assert khobao(data, "search", "giá vàng", "--json").json["total"] == 2


def test_what_records_lack_is_told_and_refuses_none(tmp_path: Path) -> None:
    records = (
        GOOD | {"title": " "},
        GOOD | {"id": "b", "published": "Unknown", "crawl_day": "2024-03-12"},
        GOOD | {"id": "c", "published": "2024-03-12"},
    )
    path = write(tmp_path / "a.jsonl", *records)
    receipt = khobao(tmp_path / "kho", "add", path, "--json").json
    assert (receipt["new"], receipt["undated"], receipt["untitled"]) == (3, 2, 1)
    assert (receipt["unreadable"], receipt["dated"]) == ({"published: 'Unknown'": 1}, {"crawl_day": 1})
    said = khobao(tmp_path / "other", "add", path).out
    assert "crawl_day looks like a date" in said
    mapped = khobao(tmp_path / "third", "add", path, "--map", "published=crawl_day", "--json").json
    assert mapped["undated"] == 2  # the two without that field


def test_invalid_utf8_is_refused_by_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b'\n{"id": "b", "title": "\xff\xfe", "body": "x"}\n')
    ran = khobao(tmp_path / "kho", "add", path, "--json")
    assert (ran.json["new"], ran.json["refused"]) == (1, 1)


def test_an_xz_cut_short_gives_what_is_whole_and_says_where_it_ends(tmp_path: Path) -> None:
    records = [GOOD | {"id": f"n-{number}", "body": f"Tin số {number * 7919}."} for number in range(2_000)]
    whole = lzma.compress("\n".join(json.dumps(one) for one in records).encode())
    path = tmp_path / "a.jsonl.xz"
    path.write_bytes(whole[: len(whole) // 2])
    receipt = khobao(tmp_path / "kho", "add", path, "--json").json
    assert isinstance(receipt["new"], int)
    assert 0 < receipt["new"] < len(records)
    assert receipt["refused"] == 1


def full_disk() -> None:
    """No file of the child grows past 200 KB; writing more fails, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def other_version(data: Path) -> None:
    """Makes the index one of another version."""
    manifest = next((data / "index").glob("*/manifest.json"))
    manifest.write_text(
        manifest.read_text("utf-8").replace('"analyser": "analysis 1', '"analyser": "analysis 0')
    )


MISTAKES: list[tuple[str, Callable[[Path, Path], Ran], int, str]] = [
    ("a missing file", lambda tmp, _: khobao(tmp / "k", "add", tmp / "none.jsonl"), 2, "none.jsonl"),
    ("a folder without articles", lambda tmp, _: khobao(tmp / "k", "add", tmp), 2, "no article"),
    (
        "an unknown target of --map",
        lambda tmp, _: khobao(tmp / "k", "add", SAMPLE, "--map", "tit=x"),
        2,
        "tit",
    ),
    ("no archive", lambda tmp, _: khobao(tmp / "k", "search", "x"), 3, "khobao add"),
    ("a query too long", lambda _, loaded: khobao(loaded, "search", "a " * 600), 2, "1000"),
    ("a size of nought", lambda _, loaded: khobao(loaded, "search", "a", "--size", "0"), 2, "100"),
    (
        "a run file that is none",
        lambda _, loaded: khobao(loaded, "batch", SAMPLE / "tin-mien-nui.jsonl"),
        2,
        "line 1",
    ),
    ("an option that is none", lambda _, loaded: khobao(loaded, "search", "--nope"), 2, "--nope"),
    (
        "a folder that cannot be made",
        lambda _, __: khobao(Path("/sys/khobao"), "add", SAMPLE),
        3,
        "/sys/khobao",
    ),
    ("a name too long", lambda tmp, _: khobao(tmp / "k", "add", "a" * 300), 2, "aaa: it cannot be reached"),
    ("a data folder with a name too long", lambda tmp, _: khobao(tmp / ("a" * 300), "status"), 3, "aaa"),
    (
        "--data with a name too long",
        lambda tmp, _: khobao(tmp / "k", "status", "--data", "a" * 300),
        2,
        "cannot be a path",
    ),
    ("a number past all", lambda _, loaded: khobao(loaded, "refusals", "--raw", 10**20), 2, str(10**20)),
    ("a page past all", lambda _, loaded: khobao(loaded, "search", "a", "--page", 10**20), 2, str(10**20)),
    ("an id that is no UTF-8", lambda _, loaded: khobao(loaded, "show", "\udcff"), 2, "\\udcff"),
    ("a query that is no UTF-8", lambda _, loaded: khobao(loaded, "search", "\udcff"), 2, "\\udcff"),
    ("nothing to add", lambda tmp, _: khobao(tmp / "k", "add", ""), 2, "empty"),
    ("an empty --data", lambda tmp, _: khobao(tmp / "k", "add", SAMPLE, "--data", ""), 2, "empty"),
    ("a full disk", lambda tmp, _: khobao(tmp / "k", "add", SAMPLE, before=full_disk), 3, "space"),
]


@pytest.mark.parametrize(
    ("act", "code", "says"), [rest for _, *rest in MISTAKES], ids=[name for name, *_ in MISTAKES]
)
def test_a_mistake_gets_one_clear_sentence(
    act: Callable[[Path, Path], Ran], code: int, says: str, tmp_path: Path, loaded: Path
) -> None:
    """What was wrong, the value, the remedy; 2 where the user can mend it, 3 the operator."""
    ran = act(tmp_path, loaded)
    assert ran.code == code
    assert says in ran.err


def test_after_a_full_disk_the_same_command_ends_the_work(tmp_path: Path) -> None:
    data = tmp_path / "kho"
    assert khobao(data, "add", SAMPLE, before=full_disk).code == 3
    assert khobao(data, "add", SAMPLE).code == 0
    assert khobao(data, "verify").code == 0


def test_an_index_of_another_version_is_refused_with_the_command_that_mends_it(
    loaded: Path, tmp_path: Path
) -> None:
    data = tmp_path / "kho"
    shutil.copytree(loaded, data)
    other_version(data)
    ran = khobao(data, "search", "lào cai")
    assert ran.code == 3
    assert "khobao rebuild" in ran.err
    assert khobao(data, "rebuild").code == 0
    assert khobao(data, "search", "lào cai").code == 0


def test_a_port_in_use_is_said_with_the_remedy(loaded: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = khobao(loaded, "serve", "--port", taken.getsockname()[1])
    assert ran.code == 2
    assert "--port" in ran.err


def test_a_mistyped_query_is_repaired_at_the_terminal_unless_asked_as_typed(
    loaded: Path, tmp_path: Path
) -> None:
    """A page, and a run; and both say or leave it."""
    clean = ids(khobao(loaded, "search", "lào cai", "--json"))
    assert ids(khobao(loaded, "search", "laof cai", "--json")) == clean
    assert "lào cai" in khobao(loaded, "search", "laof cai").out.splitlines()[2]
    assert khobao(loaded, "search", "laof cai", "--as-typed", "--json").json["total"] == 0
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tlaof cai\n", "utf-8")
    run = [line.split()[2] for line in khobao(loaded, "batch", queries, "--depth", 10).out.splitlines()]
    assert run == clean
    as_typed = khobao(loaded, "batch", queries, "--depth", 10, "--as-typed").out.splitlines()
    assert [line.split()[2] for line in as_typed] != clean


def test_refused_records_are_listed_and_their_bytes_come_back(tmp_path: Path) -> None:
    bad = b'{"id": "x", "title": "'
    (tmp_path / "bao.jsonl").write_bytes(line("bao-1") + b"\n" + bad + b"\n")
    assert khobao(tmp_path / "data", "add", tmp_path / "bao.jsonl").code == 0
    listed = khobao(tmp_path / "data", "refusals", "--json").json
    assert (listed["place"], listed["reason"], listed["taken_as"]) == ("line 2", "bad-json", None)
    assert khobao(tmp_path / "data", "refusals", "--raw", 1).out.strip() == bad.decode()


def test_an_article_is_shown_as_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "bao.jsonl").write_bytes(line("bao-1"))
    khobao(tmp_path / "data", "add", tmp_path / "bao.jsonl")
    assert "Chợ đêm mở lại" in khobao(tmp_path / "data", "show", "bao-1").out
    assert khobao(tmp_path / "data", "show", "bao-1", "--json").json["title"] == "Chợ đêm mở lại"
    assert khobao(tmp_path / "data", "show", "bao-1", "--version", 2).code == 2
    assert khobao(tmp_path / "data", "show", "bao-2").code == 2


@pytest.mark.parametrize(
    "command", [("rebuild",), ("clean", "--again"), ("add", "--retry"), ("upgrade",)], ids=" ".join
)
def test_only_an_import_makes_an_archive(command: tuple[str, ...], tmp_path: Path) -> None:
    ran = khobao(tmp_path / "mistyped", *command)
    assert ran.code == 3
    assert "khobao add" in ran.err
    assert not (tmp_path / "mistyped").exists()


def test_no_control_character_of_an_article_or_a_name_reaches_the_terminal(tmp_path: Path) -> None:
    """ESC could paint the window, a newline feign a line; JSON keeps them."""
    data, path = tmp_path / "data", tmp_path / "b\to\x1bx.jsonl"
    bad = {"id": "a", "title": "Chợ\x1b[31m\n đêm", "summary": "Một\x1b]0;x\x07 câu.", "source": "b\x9b\to"}
    write(path, bad, "{\x1b")
    ran = [khobao(data, "add", path, "--encoding", "x\x1b"), khobao(data, "add", path)]
    ran += [khobao(data, *command) for command in (["search", "chợ"], ["show", "a"], ["refusals"])]
    for one in ran:
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", one.out + one.err)
    assert "Chợ\\x1b[31m" in ran[2].out
    assert ran[4].out.count("\t") == len(["file", "place", "reason", "message"])
    assert "\x1b" in str(khobao(data, "show", "a", "--json").json["title"])


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.100 bản ghi"), ("en", "1,100 records")])
def test_numbers_are_written_as_the_language_writes_them(language: str, shown: str, tmp_path: Path) -> None:
    write(tmp_path / "bao.jsonl", *["{"] * 1100)
    assert shown in khobao(tmp_path / "data", "add", tmp_path / "bao.jsonl", language=language).out


def test_a_search_says_where_the_index_lags_behind_the_archive(loaded: Path, tmp_path: Path) -> None:
    """As after a build that was killed; the JSON of the page stays as it is."""
    data = tmp_path / "kho"
    shutil.copytree(loaded, data)
    assert khobao(data, "search", "lào cai").err == ""
    with Archive(data / "archive.sqlite") as archive:
        number = archive.number
        archive.store([reading()])
    for ran in (khobao(data, "search", "lào cai"), khobao(data, "search", "lào cai", "--json")):
        assert ran.code == 0
        assert f"up to change {number} of {number + 1}" in ran.err
        assert "khobao rebuild" in ran.err


def test_verify_keeps_its_result_whatever_of_the_archive_cannot_be_read(tmp_path: Path) -> None:
    """Stories and suggestions are made of the archive: a damaged one does not end it there."""
    paper = write(tmp_path / "bao.jsonl", *({"id": n, "title": f"Tin {n}", "body": "Mưa to."} for n in "ab"))
    khobao(tmp_path, "add", paper)
    connection = sqlite3.connect(tmp_path / "archive.sqlite", isolation_level=None)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE versions SET content = CAST(x'7bff' AS TEXT) WHERE article_id = 'b'")
    connection.close()
    verified = khobao(tmp_path, "verify")
    assert verified.code == 3
    assert (
        "the archive is damaged (Could not decode to UTF-8 column 'content')" in verified.out + verified.err
    )
    assert "The result is kept" in verified.out + verified.err
