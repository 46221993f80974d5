"""A receipt whose digest fits and which nobody wrote is refused in words: anybody can make a digest."""

import hashlib
import json
from typing import Any

import pytest

from corpus.errors import UserError
from search_app.answer.exporting.receipt import ReceiptFile
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.api.receipts import read_receipt, receipt_of_articles, write_receipt

FILE = ReceiptFile("khobao_lu.csv", "csv", ("id",), spreadsheet=False, size=12, sha256="0" * 64)
CHANGED: list[dict[str, Any]] = [
    {"rows": "12"},
    {"rows": None},
    {"ids": None},
    {"ids": [1]},
    {"change": "x"},
    {"change": -1},
    {"change": 10**30},
    {"changed_at": "x"},
    {"changed_at": "2026-12-01T00:00:00"},
    {"view": "khác"},
    {"parameters": "q=1"},
    {"parameters": [{"name": "q", "value": 5}]},
    {"expansions": None},
    {"query": "\ud800"},
    *({"file": {name: value}} for name, value in (("name", 5), ("name", ""), ("name", ".."), ("size", "x"))),
    *({"file": {name: value}} for name, value in (("form", "exe"), ("columns", 5), ("columns", ["khác"]))),
    {"file": {"khác": 1}},
]


@pytest.fixture(scope="module")
def said(service: Service) -> dict[str, Any]:
    found = service.exporting.export(Selection("lũ quét"))
    text = write_receipt(receipt_of_articles("0-1", found.facts, found.ids, FILE))
    whole: dict[str, Any] = json.loads(text)
    del whole["receipt_sha256"]
    return whole


def _signed(said: dict[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps(said | {"receipt_sha256": digest})


@pytest.mark.parametrize("changed", CHANGED, ids=str)
def test_a_value_that_cannot_be_is_refused(said: dict[str, Any], changed: dict[str, Any]) -> None:
    file = {"file": said["file"] | changed["file"]} if "file" in changed else {}
    with pytest.raises(UserError, match=r"r\.json is no receipt"):
        read_receipt(_signed(said | changed | file), "r.json")


def test_one_that_lacks_a_value_is_refused(said: dict[str, Any]) -> None:
    for name in said.keys() - {"ids"}:
        with pytest.raises(UserError, match=r"r\.json is no receipt"):
            read_receipt(_signed({key: value for key, value in said.items() if key != name}), "r.json")


def test_one_that_is_whole_is_read(said: dict[str, Any]) -> None:
    assert read_receipt(_signed(said), "r.json").result.rows == said["rows"]
