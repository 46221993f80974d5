"""What became of an archive between two states, as ``khobao diff`` prints it."""

import csv
import io
from pathlib import Path

import pytest

from tests.corpus.records import line
from tests.journey.command import khobao

pytestmark = pytest.mark.slow  # starts commands


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles; then one of them otherwise and a third; then that is hidden."""
    folder = tmp_path_factory.mktemp("diff")
    kept, source = folder / "kho", folder / "bao.jsonl"
    for lines in (
        [line("song-1", source="Báo Sông", published="2013-05-26"), line("song-2", "Gió to")],
        [line("song-2", "Nắng to"), line("song-3", "Lũ rút")],
    ):
        source.write_bytes(b"\n".join(lines))
        assert khobao(kept, "add", source).code == 0
    assert khobao(kept, "withdraw", "song-1", "--state", "hidden", "--reason", "lý do").code == 0
    return kept


def test_a_line_says_what_became_of_an_article(data: Path) -> None:
    told = khobao(data, "diff", "2").out.splitlines()
    assert told == [
        "Change 2 to change 5: 1 entered, 1 changed, 1 vanished.",
        "Articles of the whole archive that are withdrawn now, and shown in no state: 1.",
        "+ song-3\t\t\tLũ rút",
        "~ song-2\t\t\tNắng to",
        "- song-1",
    ]
    assert khobao(data, "diff", "0", "2").out.splitlines()[-1] == "+ song-2\t\t\tGió to"


def test_a_query_is_asked_of_both_states(data: Path) -> None:
    assert khobao(data, "diff", "2", "now", "gió").out.splitlines()[-1] == "- song-2\t\t\tGió to"
    assert khobao(data, "diff", "2", "4", "lũ").out.splitlines()[-1] == "+ song-3\t\t\tLũ rút"
    assert khobao(data, "diff", "0", "now", "--source", "Báo Sông").out.splitlines()[2:] == []


def test_it_is_had_as_json_and_csv(data: Path) -> None:
    found = khobao(data, "diff", "2", "--json").json
    assert (found["older"], found["newer"], found["query"], found["withheld"]) == (2, 5, None, 1)
    listed = found["articles"]
    assert isinstance(listed, list)
    rows = list(csv.DictReader(io.StringIO(khobao(data, "diff", "2", "--csv").out)))
    assert [row["id"] for row in rows] == [one["id"] for one in listed] == ["song-3", "song-2", "song-1"]
    assert [row["mark"] for row in rows] == ["entered", "changed", "vanished"]


@pytest.mark.parametrize("asked", [("6",), ("x",), ("4", "2"), ("", "2"), ("1", "x")])
def test_a_state_that_cannot_be_is_said(data: Path, asked: tuple[str, ...]) -> None:
    ran = khobao(data, "diff", *asked)
    assert (ran.code, "Traceback" in ran.err, len(ran.err.splitlines())) == (2, False, 1)
