"""``khobao export`` and ``khobao verify RECEIPT`` at a terminal: what they write, say and end with."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.withdrawals import WithdrawalState
from search_app.api.receipts import read_receipt
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.cli.stopping import StoppedError, stopped_by_signals
from search_app.formats.exports.columns import COLUMNS
from search_app.formats.exports.forms import ExportForm
from search_app.public_url import PublicUrl
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.exported import asked_for, store, withdraw, write
from tests.journey.command import KHOBAO, Ran, environment, khobao

QUERY = "lũ quét"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that no test changes."""
    settings = Settings(tmp_path_factory.mktemp("kho"))
    for number in range(6):
        lede = f"Lũ quét về bản, {number} nhà bị cuốn trôi."
        store(settings, reading(f"lu-{number}", f"Lũ quét {number}", lede=lede, source="Báo Suối"))
    return settings.data


def verdicts(ran: Ran) -> tuple[object, object]:
    """Of the file and of the archive."""
    file, archive = ran.json["file"], ran.json["archive"]
    assert isinstance(file, dict)
    assert isinstance(archive, dict)
    return file["verdict"], archive["verdict"]


def test_without_a_file_rows_go_to_standard_output(data: Path) -> None:
    ran = khobao(data, "export", QUERY, "--columns", "id,hits", "--sort", "oldest")
    assert (ran.code, ran.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert {row["id"] for row in rows} == {f"lu-{number}" for number in range(6)}
    assert {row["hits"] for row in rows} == {"2"}


def test_the_rows_are_those_of_the_same_address(data: Path) -> None:
    settings = Settings(data, url=PublicUrl("https://kho.example", "/bao"))
    client = create_app(open_service(settings), settings).test_client()
    options = ["--columns", ",".join(COLUMNS), "--excel"]
    os.environ["KHOBAO_URL"] = "https://kho.example/bao/"
    try:
        ran = khobao(data, "export", QUERY, *options)
    finally:
        del os.environ["KHOBAO_URL"]
    address = f"/bao/search.csv?q={QUERY}&fields={options[1]}&excel=1"
    answer = client.get(address, base_url="https://kho.example")
    assert ran.out == answer.data.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("form", list(ExportForm))
def test_every_form_is_had_and_proven(data: Path, tmp_path: Path, form: ExportForm) -> None:
    path = tmp_path / f"lũ.{form}"
    ran = khobao(data, "export", QUERY, "--output", path)
    receipt = tmp_path / f"lũ.{form}.receipt.json"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{path}: 6 rows, of change 6; {receipt.name} proves it.\n"
    told = read_receipt(receipt.read_text("utf-8"), "x")
    assert (told.file.form, told.file.name) == (form, path.name)
    assert told.file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    verified = khobao(data, "verify", receipt)
    assert (verified.code, verified.err) == (0, "")
    assert verified.out == (
        f"{path}: whole: {path.stat().st_size:,} bytes, 6 rows.\n"
        "The archive gives the same 6 rows of change 6, in the same order.\n"
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([path.name, receipt.name])


def test_in_a_folder_it_is_named_for_what_it_holds(data: Path, tmp_path: Path) -> None:
    for options, name in (
        ((), "khobao_lu-quet_any_any_n6_c6.csv"),
        (("--form", "ris", "--from", "2013"), "khobao_lu-quet_2013-01-01_any_n0_c6.ris"),
        (("--view", "timeline", "--form", "jsonl"), "khobao_timeline_lu-quet_any_any_n4_c6.jsonl"),
    ):
        ran = khobao(data, "export", QUERY, "--output", tmp_path, *options)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"{tmp_path / name}: ")
        assert khobao(data, "verify", tmp_path / f"{name}.receipt.json").code == 0


def test_its_receipt_is_printed_as_json(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    ran = khobao(data, "export", QUERY, "--output", path, "--json")
    assert ran.out == (tmp_path / "x.csv.receipt.json").read_text("utf-8")
    assert ran.json["query"] == QUERY


def test_rows_of_views_are_exported_as_their_addresses_have_them(data: Path) -> None:
    client = create_app(open_service(Settings(data)), Settings(data)).test_client()
    for view, own, address in (
        ("concordance", ["sort=left", "left=2"], "/concordance.csv?sort=left&left=2&"),
        ("facet-source", ["by=name"], "/facet/source.csv?by=name&"),
        ("ngrams", ["least=1", "length=2"], "/ngrams.csv?least=1&length=2&"),
    ):
        options = [option for one in own for option in ("--parameter", one)]
        ran = khobao(data, "export", QUERY, "--view", view, *options)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == client.get(f"{address}q={QUERY}").data.decode().replace("\r\n", "\n")


REFUSED: list[tuple[list[str], str]] = [
    (["--resume"], "--resume goes with --output"),
    (["--overwrite"], "--overwrite goes with --output"),
    (["--json"], "--json goes with --output"),
    (["--output", "x.csv", "--resume", "--overwrite"], "are given together"),
    (["--output", "x.txt"], "name the form with --form"),
    (["--form", "xls"], "form"),
    (["--columns", "id,nothing"], "columns"),
    (["--form", "ris", "--columns", "id"], "--columns goes with csv and jsonl"),
    (["--form", "jsonl", "--excel"], "--excel goes with csv"),
    (["--view", "nothing"], "view"),
    (["--view", "timeline", "--form", "ris"], "have no form ris"),
    (["--view", "timeline", "--columns", "id"], "--columns goes with csv and jsonl of articles"),
    (["--view", "timeline", "--parameter", "unit"], "write it as NAME=VALUE"),
    (["--view", "timeline", "--parameter", "untt=year"], "timeline does not take untt"),
    (["--parameter", "unit=year"], "--parameter goes with --view"),
    (["--output", "nowhere/x.csv"], "choose another place with --output"),
    (["--from", "32/5/2013"], "which is no date"),
    (["--as-of", "99"], "the archive has the changes 1 to 6"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = khobao(data, "export", QUERY, *options)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_options_of_one_kind_of_verification_do_not_go_with_the_other(data: Path, tmp_path: Path) -> None:
    khobao(data, "export", QUERY, "--output", tmp_path / "x.csv")
    receipt = tmp_path / "x.csv.receipt.json"
    for options in (("--resume",), ("--sample", "1")):
        ran = khobao(data, "verify", receipt, *options)
        assert (ran.code, "does not go with a receipt" in ran.err) == (2, True)
    for options in (("--all",), ("--json",), ("--file", str(receipt))):
        ran = khobao(data, "verify", *options)
        assert (ran.code, "goes with a receipt" in ran.err) == (2, True)
    for path in (tmp_path / "x.csv", tmp_path / "nothing", data / "archive.sqlite"):
        ran = khobao(data, "verify", path)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_what_became_of_a_file_is_said(data: Path, tmp_path: Path) -> None:
    path, receipt = tmp_path / "x.csv", tmp_path / "x.csv.receipt.json"
    khobao(data, "export", QUERY, "--output", path)
    whole = path.read_bytes()
    row = whole.index(b"lu-", whole.index(b"lu-") + 1)
    for changed, verdict, said in (
        (whole[:-5], "cut_off", "cut off after row 5 of 6"),
        (whole + b"abc", "bytes_added", "whole, but 3 bytes were added"),
        (whole[:row] + b"LU-" + whole[row + 3 :], "changed", "changed in row 2; the 1 rows before it are as"),
        (None, "missing", "the archive alone is asked"),
    ):
        path.unlink() if changed is None else path.write_bytes(changed)
        ran = khobao(data, "verify", receipt)
        assert ran.code == 1
        assert said in ran.out
        assert "The archive gives the same 6 rows" in ran.out
        as_json = khobao(data, "verify", receipt, "--json")
        assert (as_json.code, as_json.json["well"], verdicts(as_json)) == (1, False, (verdict, "equal"))
    moved = tmp_path / "y.csv"
    moved.write_bytes(whole)
    assert khobao(data, "verify", receipt, "--file", moved).code == 0


def test_what_was_withdrawn_is_named_to_staff(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "kho")
    settings.data.mkdir()
    store(settings, *(reading(f"lu-{n}", f"Lũ quét {n}", lede="Lũ về.") for n in range(50)))
    path, receipt = tmp_path / "x.csv", tmp_path / "x.csv.receipt.json"
    khobao(settings.data, "export", QUERY, "--output", path)
    withdraw(settings, WithdrawalState.HIDDEN, *(f"lu-{n}" for n in range(20)))
    withdraw(settings, WithdrawalState.TOMBSTONE, "lu-20", "lu-21")
    withdraw(settings, WithdrawalState.ERASED, "lu-22")
    ran = khobao(settings.data, "verify", receipt)
    assert ran.code == 1
    first, second, third, *rest = ran.out.splitlines()
    assert first.endswith("bytes, 50 rows.")
    assert second == (
        "The archive gives the same 50 rows of change 50 but for 23, which were withdrawn since."
    )
    assert third == "The others stand in the same order."
    assert (len(rest), rest[-1]) == (21, "… and 3 more; --all names them")
    every = khobao(settings.data, "verify", receipt, "--all").out.splitlines()
    assert len(every) == 26
    assert sum(" hidden since " in line for line in every) == 20
    (erased,) = (line for line in every if "erased" in line)
    assert erased.startswith("- lu-22: erased since 20")
    assert erased.endswith(", by An: vì thử")
    told = khobao(settings.data, "verify", receipt, "--json").json["archive"]
    assert isinstance(told, dict)
    assert {one["id"]: one["state"] for one in told["missing"]}["lu-21"] == "tombstone"
    assert (told["verdict"], told["same_order"], told["rows"]) == ("withdrawn", True, 27)


def test_words_are_vietnamese_by_default(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    ran = khobao(data, "export", QUERY, "--output", path, language="vi")
    assert ran.out.endswith("6 dòng, của thay đổi 6; x.csv.receipt.json chứng cho tệp này.\n")
    assert (
        "Kho cho đúng 6 dòng của thay đổi 6, đúng thứ tự cũ."
        in khobao(data, "verify", tmp_path / "x.csv.receipt.json", language="vi").out
    )


@pytest.fixture(scope="module")
def long_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose export fills more than the buffer of a pipe."""
    settings = Settings(tmp_path_factory.mktemp("dai"))
    with Archive(settings.archive):
        pass
    store(settings, *(reading(f"lu-{n}", f"Lũ quét {n}", lede="Lũ về. " * 400) for n in range(400)))
    return settings.data


def begun(data: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    """A command whose standard output is a pipe that nobody empties."""
    command = [str(KHOBAO), *map(str, arguments)]
    return subprocess.Popen(command, env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_stopped_ends_at_once_with_a_sentence(long_data: Path, number: signal.Signals) -> None:
    with begun(long_data, "export", QUERY, "--columns", "id,lede") as running:
        assert running.stdout
        assert running.stdout.read(10).startswith(b"id,lede")
        running.send_signal(number)
        _out, err = running.communicate(timeout=60)
    assert running.returncode == 128 + number
    assert err.decode().startswith("Stopped after ")
    assert err.decode().endswith(" of 400 rows.\n")


def test_an_output_that_is_closed_early_is_no_fault(long_data: Path) -> None:
    with begun(long_data, "export", QUERY, "--columns", "id,lede") as running:
        assert running.stdout
        assert running.stdout.read(10).startswith(b"id,lede")
        running.stdout.close()
        assert running.stderr
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_an_output_that_is_full_is_said_in_one_sentence(long_data: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [KHOBAO, "export", QUERY, "--columns", "id,lede"],
            env=environment(long_data),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)
    assert b"standard output cannot be written" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_a_file_is_written_leaves_what_goes_on(
    data: Path, tmp_path: Path, number: signal.Signals
) -> None:
    settings, path = Settings(data), tmp_path / "x.csv"

    def stop(done: int, _rows: int) -> None:
        if done == 3:
            os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with pytest.raises(StoppedError) as stopped, stopped_by_signals():
        write(settings, asked_for(QUERY), path, on_progress=stop)
    assert stopped.value.code == 128 + number
    assert signal.getsignal(number) is before
    assert (tmp_path / "x.csv.part").stat().st_size > 0
    assert not path.exists()
    assert write(settings, asked_for(QUERY), path, resume=True).receipt.result.rows == 6


def test_a_zip_is_one_that_others_read(data: Path, tmp_path: Path) -> None:
    khobao(data, "export", QUERY, "--output", tmp_path / "x.txt.zip")
    with zipfile.ZipFile(tmp_path / "x.txt.zip") as packed:
        assert packed.testzip() is None
        assert len(packed.namelist()) == 7


def test_json_lines_hold_what_a_table_holds(data: Path) -> None:
    lines = [json.loads(line) for line in khobao(data, "export", QUERY, "--form", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(khobao(data, "export", QUERY).out)))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
