"""A package at a terminal: written whole or not at all, and proven by the receipt that is in it."""

import zipfile
from pathlib import Path

import pytest

from corpus.archive import Archive
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.conftest import index
from tests.journey.command import khobao

NAME = "khobao_lu-quet_any_any_n5_c5.bag.zip"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = Settings(tmp_path / "data")
    made.data.mkdir()
    with Archive(made.archive) as archive:
        archive.store([reading(f"lu-{number}", "Lũ quét", lede="Lũ quét về bản.") for number in range(5)])
        index(made, archive)
    return made.data


@pytest.fixture
def package(data: Path, tmp_path: Path) -> Path:
    ran = khobao(data, "export", "lũ quét", "--package", "--output", tmp_path, "--form", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert f"{NAME}: 5 rows, of change 5" in ran.out
    return tmp_path / NAME


def test_it_is_proven_as_it_is_and_unpacked(data: Path, package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as packed:
        packed.extractall(tmp_path / "unpacked")
    for place in (package, tmp_path / "unpacked", tmp_path / "unpacked" / NAME.removesuffix(".bag.zip")):
        ran = khobao(data, "verify", place)
        assert ran.code == 0, ran
        assert "a BagIt bag, every file of which is what was written" in ran.out
        assert "The archive gives the same 5 rows of change 5, in the same order." in ran.out
        assert "khobao-package-" not in ran.out


def test_what_was_changed_in_it_is_told(data: Path, package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as packed:
        packed.extractall(tmp_path / "unpacked")
    (changed,) = (tmp_path / "unpacked").glob("*/data/*.jsonl")
    changed.write_bytes(changed.read_bytes().replace(b'"rank": 3', b'"rank": 4'))
    ran = khobao(data, "verify", tmp_path / "unpacked")
    assert ran.code == 1
    assert "not what was written" in ran.out
    assert "changed in row 3" in ran.out
    said = khobao(data, "verify", tmp_path / "unpacked", "--json")
    assert said.code == 1
    assert said.json["file"]
    assert "not what was written" in said.err


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_one_that_was_cut_off_is_refused(data: Path, package: Path, share: float) -> None:
    whole = package.read_bytes()
    package.write_bytes(whole[: int(len(whole) * share)])
    ran = khobao(data, "verify", package)
    assert ran.code == 2
    assert "it cannot be unpacked" in ran.err
    assert "take the package away once more" in ran.err


def test_a_zip_of_something_else_is_refused(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        packed.writestr("a.txt", "khác")
    ran = khobao(data, "verify", tmp_path / "other.zip")
    assert ran.code == 2
    assert "there is no BagIt bag in it" in ran.err


def test_no_file_is_written_over(data: Path, package: Path, tmp_path: Path) -> None:
    before = package.read_bytes()
    again = khobao(data, "export", "lũ quét", "--package", "--output", package)
    assert again.code == 2
    assert "there is such a file" in again.err
    assert package.read_bytes() == before
    assert khobao(data, "export", "lũ", "--package", "--output", package, "--overwrite").code == 0
    assert package.read_bytes() != before
    assert not list(tmp_path.glob("*.part"))


def test_one_that_was_stopped_is_begun_anew(data: Path, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"PK")
    ran = khobao(data, "export", "lũ quét", "--package", "--output", tmp_path)
    assert ran.code == 2
    assert "begin anew with --overwrite" in ran.err
    assert khobao(data, "export", "lũ quét", "--package", "--output", tmp_path, "--overwrite").code == 0
    assert khobao(data, "verify", tmp_path / NAME).code == 0
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--package",), "--package goes with --output"),
        (("--package", "--output", "x", "--resume"), "--resume"),
        (("--package", "--output", "x", "--json"), "--json"),
        (("--package", "--output", "x", "--view", "timeline"), "--package is of articles"),
        (("--package", "--output", "nowhere/x"), "this cannot be written"),
    ],
)
def test_what_does_not_go_together_is_refused(data: Path, given: tuple[str, ...], said: str) -> None:
    ran = khobao(data, "export", "lũ quét", *given)
    assert ran.code == 2
    assert said in ran.err


def _encrypt(package: Path) -> None:
    """Marks every file of a zip as encrypted."""
    data = bytearray(package.read_bytes())
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        found = -1
        while (found := data.find(sign, found + 1)) >= 0:
            data[found + place] |= 1
    package.write_bytes(data)


def test_one_that_is_encrypted_is_refused(data: Path, package: Path) -> None:
    _encrypt(package)
    ran = khobao(data, "verify", package)
    assert (ran.code, ran.out) == (2, "")
    assert "it cannot be unpacked" in ran.err


@pytest.mark.parametrize("name", ["bagit.txt", "manifest-sha256.txt"])
def test_what_is_no_text_is_told(data: Path, package: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(package) as packed:
        packed.extractall(tmp_path / "unpacked")
    (changed,) = (tmp_path / "unpacked").glob(f"*/{name}")
    changed.write_bytes(b"\xff\xfe")
    ran = khobao(data, "verify", tmp_path / "unpacked")
    assert ran.code == 1
    assert "not what was written" in ran.out


def test_one_without_a_receipt_is_refused(data: Path, package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as packed:
        kept = [one for one in packed.namelist() if not one.endswith("receipt.json")]
        packed.extractall(tmp_path / "unpacked", kept)
    ran = khobao(data, "verify", tmp_path / "unpacked")
    assert ran.code == 2
    assert f"{tmp_path / 'unpacked'}: there is no receipt in it" in ran.err
