"""A package is a bag that BagIt's own program finds valid, and all in it says the same of the result."""

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from flask.testing import FlaskClient

from search_app.answer.exporting.facts import ids_digest
from search_app.answer.hits import WithdrawnMeanwhileError
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.api.receipts import read_receipt
from search_app.app import create_app
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.forms import ExportForm, Layout
from search_app.settings import Settings
from search_app.web.packing import PackedResult, package_pieces
from tests.exports.conftest import ADDRESSES
from tests.web.html import read_html

QUERIES = ("lũ quét", "", "không có gì", "nước dâng")


@pytest.fixture(scope="module")
def client(service: Service, archive: object) -> FlaskClient:  # noqa: ARG001 - it is to be there
    return create_app(service, Settings(Path())).test_client()


def packed(service: Service, query: str, form: ExportForm = ExportForm.CSV) -> PackedResult:
    layout = Layout(ADDRESSES, ("rank", "id", "hits"))
    found = service.exporting.export(Selection(query), extras_of(layout.columns))
    return PackedResult(found, form, layout, "vi", "tag:x", ("Kho Báo <1>",))


def unpacked(data: bytes, folder: Path) -> Path:
    """The bag of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        zipped.extractall(folder)
    (bag,) = folder.iterdir()
    return bag


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("form", list(ExportForm))
def test_it_is_a_valid_bag(service: Service, tmp_path: Path, query: str, form: ExportForm) -> None:
    order = packed(service, query, form)
    bag = unpacked(b"".join(package_pieces(service, order)), tmp_path)
    assert bag.name == order.name.removesuffix(".bag.zip")
    opened = bagit.Bag(str(bag))
    assert opened.validate()
    assert opened.info["External-Identifier"] == "tag:x"
    receipt = read_receipt((bag / "data" / "receipt.json").read_text("utf-8"), "receipt.json")
    held = (bag / "data" / order.file).read_bytes()
    assert (receipt.file.name, receipt.file.size) == (order.file, len(held))
    assert receipt.file.sha256 == hashlib.sha256(held).hexdigest()
    ids = (bag / "data" / "ids.txt").read_bytes()
    assert receipt.result.ids_sha256 == hashlib.sha256(ids).hexdigest() == ids_digest(order.found.ids)
    if form is ExportForm.CSV:
        rows = list(csv.DictReader(io.StringIO(held.decode(), newline="")))
        assert [row["id"] for row in rows] == ids.decode().splitlines()
    series = list(csv.DictReader(io.StringIO((bag / "data" / "timeline.csv").read_text("utf-8"))))
    assert sum(int(row["articles"] or 0) for row in series) == receipt.result.articles


def test_one_that_was_changed_is_not_valid(service: Service, tmp_path: Path) -> None:
    bag = unpacked(b"".join(package_pieces(service, packed(service, "lũ"))), tmp_path)
    ids = bag / "data" / "ids.txt"
    ids.write_bytes(ids.read_bytes().replace(b"lu-1", b"lu-0"))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_its_page_says_all_in_both_languages(service: Service, tmp_path: Path) -> None:
    order = packed(service, "lũ quét")
    bag = unpacked(b"".join(package_pieces(service, order)), tmp_path)
    page = read_html((bag / "data" / "README.html").read_text("utf-8"))
    sections = page.all("section")
    assert [one.attributes["lang"] for one in sections] == ["vi", "en"]
    links = [one.attributes["href"] for one in page.all("a")]
    assert links == [order.file, "receipt.json", "ids.txt", "timeline.csv", "timeline.svg"] * 2
    assert {path.name for path in (bag / "data").iterdir()} == {*links, "README.html"}
    text = (bag / "data" / "README.html").read_text("utf-8")
    for said in ("lũ_quét", order.found.facts.ids_sha256, "Kho Báo &lt;1&gt;", "như đã gõ", "as typed"):
        assert said in text


def test_what_is_withdrawn_meanwhile_leaves_no_whole_package(service: Service) -> None:
    order = packed(service, "lũ quét")
    less = iter(list(order.found.rows)[1:])
    with pytest.raises(WithdrawnMeanwhileError):
        list(package_pieces(service, replace(order, found=replace(order.found, rows=less))))


def test_it_is_had_over_http(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get("/search.bag.zip?q=lũ+quét&fields=id,story&excel=1")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    name = "khobao_lu-quet_any_any_n12_c15"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}.bag.zip"
    bag = unpacked(answer.data, tmp_path)
    assert bagit.Bag(str(bag)).validate()
    receipt = read_receipt((bag / "data" / "receipt.json").read_text("utf-8"), "receipt.json")
    assert (receipt.file.columns, receipt.file.spreadsheet) == (("id", "story"), True)
    plain = client.get(f"/search.csv?q=lũ+quét&fields=id,story&excel=1&as_of={receipt.change}")
    assert hashlib.sha256(plain.data).hexdigest() == receipt.file.sha256
