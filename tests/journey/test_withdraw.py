"""``khobao withdraw`` takes an article out of every answer, and ``--state erased`` out of every file."""

import json
from pathlib import Path

import pytest

from corpus.data_folder import ARCHIVE, ERASURES
from tests.journey.command import khobao

TELLING = "Quỳnhkỳlạ"


def record(article_id: str, body: str, title: str = "Chợ nổi Cái Răng") -> dict[str, str]:
    return {"id": article_id, "title": title, "body": body, "source": "Báo Sông", "published": "2013-05-27"}


def write(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


TELLING_RECORD = record("kể", f"Ở {TELLING} có {TELLING} lạ.", f"{TELLING} kể")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    others = [
        record(f"bai-{number}", f"Ghe thuyền tụ về từ sáng sớm, chuyến {number}.") for number in range(20)
    ]
    given = write(
        tmp_path / "bai.jsonl", *others, record("kể", f"Ở {TELLING} có {TELLING} lạ.", f"{TELLING} kể")
    )
    assert khobao(tmp_path / "kho", "add", given).code == 0
    return tmp_path / "kho"


def found(data: Path, query: str) -> list[str]:
    told = khobao(data, "search", query, "--json", "--as-typed").json
    return [hit["id"] for hit in told["hits"]]  # type: ignore[attr-defined] # JSON


def holding(data: Path, text: str) -> list[str]:
    """The files of a folder that have a text, in either case."""
    forms = {form.encode() for form in (text, text.lower())}
    return [
        path.name
        for path in data.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


@pytest.mark.parametrize("state", ["hidden", "tombstone", "erased"])
def test_what_is_withdrawn_is_found_no_more(data: Path, state: str) -> None:
    assert found(data, TELLING) == ["kể"]
    done = khobao(
        data, "withdraw", "kể", "--state", state, "--reason", "toà soạn yêu cầu", "--by", "An", "--json"
    )
    assert (done.code, done.json["state"], done.json["id"]) == (0, state, "kể")
    assert found(data, TELLING) == []
    assert found(data, "ghe thuyền") != []
    assert khobao(data, "verify").code == 0
    (one,) = khobao(data, "withdrawals", "--json").lines
    assert khobao(data, "status", "--json").json["withdrawn_by_state"] == {state: 1}
    assert f"1 {state}" in khobao(data, "status").out
    assert {"id": "kể", "state": state, "reason": "toà soạn yêu cầu", "by": "An"}.items() <= one.items()


def test_what_is_reinstated_is_found_again(data: Path) -> None:
    khobao(data, "withdraw", "kể", "--state", "hidden", "--reason", "xem lại")
    assert khobao(data, "reinstate", "kể").code == 0
    assert found(data, TELLING) == ["kể"]
    assert khobao(data, "withdrawals").out == ""


def test_many_are_withdrawn_from_a_file_or_none(data: Path, tmp_path: Path) -> None:
    listed = tmp_path / "ds.txt"
    listed.write_text("# danh sách\nbai-1\nbai-2\tsai sự thật\n\n", "utf-8")
    assert khobao(data, "withdraw", "--from", listed, "--state", "tombstone", "--reason", "rút").code == 0
    told = {one["id"]: one["reason"] for one in khobao(data, "withdrawals", "--json").lines}
    assert told == {"bai-1": "rút", "bai-2": "sai sự thật"}
    listed.write_text("bai-3\nkhông-có\n", "utf-8")
    failed = khobao(data, "withdraw", "--from", listed, "--state", "hidden", "--reason", "rút")
    assert failed.code == 2
    assert "không-có" in failed.err
    assert len(khobao(data, "withdrawals", "--json").lines) == 2


def test_a_dry_run_says_what_would_be_done(data: Path) -> None:
    done = khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "x", "--dry-run", "--json")
    assert done.json["removed"]["raws"] == 1  # type: ignore[index] # JSON
    assert found(data, TELLING) == ["kể"]


def test_no_file_of_the_folder_has_the_words_of_what_is_erased(data: Path, tmp_path: Path) -> None:
    khobao(data, "backup", tmp_path / "ban-sao")
    khobao(data, "backup", tmp_path / "ban-sao", "--restore")
    assert ARCHIVE in holding(data, TELLING)
    assert any("until" in name for name in holding(data, TELLING))
    assert khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "toà án").code == 0
    assert holding(data, TELLING) == []
    assert khobao(data, "verify").code == 0
    (line,) = (data / ERASURES).read_text("utf-8").splitlines()
    assert {"id", "digest", "date"} <= json.loads(line).keys()


def test_a_copy_that_is_brought_back_has_nothing_of_what_was_erased_since(data: Path, tmp_path: Path) -> None:
    khobao(data, "backup", tmp_path / "ban-sao")
    khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "toà án")
    assert khobao(data, "backup", tmp_path / "ban-sao", "--restore").code == 0
    assert holding(data, TELLING) == []
    assert khobao(data, "verify").code == 0
    again = write(tmp_path / "lai.jsonl", TELLING_RECORD)
    assert khobao(data, "add", again, "--json").json["erased_earlier"] == 1
    assert holding(data, TELLING) == []


def test_where_no_list_says_what_was_erased_a_copy_is_brought_back_only_when_told(
    data: Path, tmp_path: Path
) -> None:
    khobao(data, "backup", tmp_path / "ban-sao")
    khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "toà án")
    refused = khobao(tmp_path / "moi", "backup", tmp_path / "ban-sao", "--restore")
    assert refused.code == 2
    assert "--no-erasures" in refused.err
    given = ("--erasures", data / ERASURES)
    assert khobao(tmp_path / "moi", "backup", tmp_path / "ban-sao", "--restore", *given).code == 0
    assert holding(tmp_path / "moi", TELLING) == []
    assert khobao(tmp_path / "moi", "verify").code == 0
    assert khobao(tmp_path / "hai", "backup", tmp_path / "ban-sao", "--restore", "--no-erasures").code == 0
    assert found(tmp_path / "hai", TELLING) == ["kể"]


def test_an_embargo_is_of_days_to_come(data: Path) -> None:
    done = khobao(data, "withdraw", "kể", "--state", "hidden", "--reason", "x", "--until", "31/5/2199")
    assert done.code == 0
    assert found(data, TELLING) == []
    (one,) = khobao(data, "withdrawals", "--json").lines
    assert one["until"] == "2199-05-30T17:00:00+00:00"
    assert khobao(data, "verify").code == 0
    for wrong in ("31/5/1999", "mai", "2030"):
        assert (
            khobao(data, "withdraw", "bai-1", "--state", "hidden", "--reason", "x", "--until", wrong).code
            == 2
        )


def test_an_id_with_an_at_sign_is_an_article(data: Path, tmp_path: Path) -> None:
    khobao(data, "add", write(tmp_path / "at.jsonl", record("tin@2", "Bài có a còng.")))
    assert khobao(data, "withdraw", "tin@2", "--state", "hidden", "--reason", "x").code == 0
    assert found(data, "còng") == []


def test_a_folder_that_has_a_list_stores_nothing_that_it_names(data: Path, tmp_path: Path) -> None:
    khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "toà án")
    fresh = tmp_path / "moi"
    fresh.mkdir()
    (fresh / ERASURES).write_bytes((data / ERASURES).read_bytes())
    told = khobao(fresh, "add", write(tmp_path / "lai.jsonl", TELLING_RECORD), "--json").json
    assert (told["erased_earlier"], told["new"]) == (1, 0)


@pytest.mark.parametrize("line", ["{oops", "[]", '{"id": 1}', '{"id": "q\\ud800"}', "[" * 100_000])
def test_a_list_that_cannot_be_understood_stops_a_command_before_it_acts(data: Path, line: str) -> None:
    khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "toà án")
    whole = (data / ERASURES).read_text("utf-8")
    (data / ERASURES).write_text(whole + line + "\n", "utf-8")
    failed = khobao(data, "withdraw", "bai-1", "--state", "hidden", "--reason", "x")
    assert (failed.code, "line 2" in failed.err) == (2, True)
    assert "bai-1" not in khobao(data, "withdrawals").out
    (data / ERASURES).unlink()  # the remedy: without the line, or without the list
    assert khobao(data, "withdraw", "bai-1", "--state", "hidden", "--reason", "x").code == 0
    assert (data / ERASURES).read_text("utf-8") == whole


def test_another_text_under_the_number_of_an_erased_one_is_erased_too(data: Path, tmp_path: Path) -> None:
    """A copy that is brought back gives numbers again; erasures are told apart by their digests."""
    khobao(data, "backup", tmp_path / "ban-sao")
    khobao(data, "add", write(tmp_path / "hai.jsonl", record("kể", "Bản hai.", "Kể")))
    khobao(data, "withdraw", "kể@2", "--state", "erased", "--reason", "x")
    khobao(data, "backup", tmp_path / "ban-sao", "--restore")
    khobao(data, "add", write(tmp_path / "ba.jsonl", record("kể", "Bản ba có chữ quỳnhbakỳlạ.", "Kể")))
    assert khobao(data, "withdraw", "kể@2", "--state", "erased", "--reason", "x").code == 0
    assert holding(data, "quỳnhbakỳlạ") == []
    assert len((data / ERASURES).read_text("utf-8").splitlines()) == 2


def test_an_erased_article_goes_from_archives_moved_aside_with_versions_of_theirs(
    data: Path, tmp_path: Path
) -> None:
    khobao(data, "backup", tmp_path / "ban-sao")
    khobao(data, "add", write(tmp_path / "hai.jsonl", record("kể", "Bản hai có chữ quỳnhhaikỳlạ.", "Kể")))
    khobao(data, "backup", tmp_path / "ban-sao", "--restore")
    assert any("until" in name for name in holding(data, "quỳnhhaikỳlạ"))
    khobao(data, "withdraw", "kể", "--state", "erased", "--reason", "x")
    assert holding(data, "quỳnhhaikỳlạ") == []


def test_a_reason_has_no_control_characters_and_is_not_empty(data: Path) -> None:
    assert khobao(data, "withdraw", "kể", "--state", "hidden", "--reason", "a\x01b\nc").code == 0
    assert khobao(data, "withdrawals", "--json").lines[0]["reason"] == "a b c"
    assert khobao(data, "withdraw", "bai-1", "--state", "hidden", "--reason", " ").code == 2
    assert khobao(data, "withdraw", "bai-1@" + "9" * 5_000, "--state", "hidden", "--reason", "x").code == 2
