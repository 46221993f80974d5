"""khobao timeline and counts say what the pages say; a query that cannot be asked is skipped and told."""

import csv
import io
from pathlib import Path

import pytest

from tests.journey.command import khobao
from tests.shared import SAMPLE


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample corpus."""
    data = tmp_path_factory.mktemp("counts") / "kho"
    assert khobao(data, "add", SAMPLE).code == 0
    return data


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_timeline_prints_the_rows_of_each_query_and_they_add_up(loaded: Path) -> None:
    asked = ("timeline", "giá", "--with", "lũ", "--unit", "year")
    told = khobao(loaded, *asked, "--json").json
    rows = table(khobao(loaded, *asked, "--csv").out)
    assert [series["query"] for series in told["series"]] == ["giá", "lũ"]  # type: ignore[attr-defined]
    for series in told["series"]:  # type: ignore[attr-defined]
        own = [row for row in rows if row["query"] == series["query"]]
        for column in ("articles", "hits", "stories", "held_articles", "held_syllables"):
            assert sum(int(row[column] or 0) for row in own) == series[column]
        search = khobao(loaded, "search", series["query"], "--json").json
        assert [series["articles"], series["stories"], series["hits"]] == [
            search["total"], search["stories"], search["hits_total"],
        ]  # fmt: skip
    printed = khobao(loaded, *asked).out
    assert all(row["first"] in printed for row in rows)


def test_search_says_its_hits(loaded: Path) -> None:
    hits = khobao(loaded, "search", "giá", "--json").json["hits_total"]
    assert f" {hits} hits (" in khobao(loaded, "search", "giá").out.splitlines()[0]
    assert "hits" not in khobao(loaded, "search", "").out.splitlines()[0]


def test_counts_prints_a_row_for_each_query_and_skips_what_cannot_be_asked(
    loaded: Path, tmp_path: Path
) -> None:
    queries, folder = tmp_path / "queries.txt", tmp_path / "each"
    queries.write_text(f"giá\nq2\tlũ năm:2013\n{'a' * 1001}\nq4\txyzzy\n", "utf-8")
    ran = khobao(loaded, "counts", queries, "--each", folder)
    assert (ran.code, ran.err.startswith("3: ")) == (2, True)
    rows = table(ran.out)
    assert [row["id"] for row in rows] == ["1", "q2", "q4"]
    for row, path in zip(rows, sorted(folder.iterdir()), strict=True):
        each = table(path.read_text("utf-8"))
        assert len(each) == int(row["articles"])
        assert sum(int(one["hits"]) for one in each) == int(row["hits"] or 0)
        assert [one["published"] for one in each if one["published"]] == sorted(
            one["published"] for one in each if one["published"]
        )
    search = khobao(loaded, "search", "giá", "--json").json
    assert [int(rows[0][name]) for name in ("articles", "stories", "hits")] == [
        search["total"], search["stories"], search["hits_total"],
    ]  # fmt: skip
    assert float(rows[0]["per_million"]) == int(rows[0]["hits"]) * 10**6 / int(rows[0]["held_syllables"])
    assert rows[2]["articles"] == "0"


def test_what_cannot_be_read_or_drawn_is_said(loaded: Path, tmp_path: Path) -> None:
    nowhere = khobao(loaded, "counts", tmp_path / "nowhere.txt")
    assert (nowhere.code, "Errno" in nowhere.err, "no such file" in nowhere.err) == (2, False, True)
    (tmp_path / "old.txt").write_bytes("giá".encode("utf-16"))
    assert "UTF-8" in khobao(loaded, "counts", tmp_path / "old.txt").err
    assert "--csv" in khobao(loaded, "timeline", "giá", "--json", "--csv").err
    assert khobao(loaded, "timeline", "giá", "--with", "a", "--split", "source").code != 0
    assert khobao(loaded, "timeline", "giá", *["--with", "a"] * 6).code != 0


def test_a_person_reads_notes_and_errors_in_vietnamese(loaded: Path) -> None:
    wrong = khobao(loaded, "timeline", "giá", "--unit", "zzz", language="vi")
    assert "không phải một trong" in wrong.err
    assert "is not one of" not in wrong.err
    printed = khobao(loaded, "timeline", "giá", "--unit", "month", language="vi").out
    assert "begins" not in printed
    assert "bắt đầu từ đây (2" in printed
    assert "* " in printed.splitlines()[-1]
