"""A receipt is read as it was written; one that was changed, cut off or is none is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from search_app.answer.exporting.receipt import MOST_LISTED, Receipt, ReceiptFile
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.api.parameters import read_selection
from search_app.api.receipts import read_receipt, receipt_of_articles, write_receipt

FILE = ReceiptFile(
    "khobao_lu_any_any_n12_c15.csv", "csv", ("rank", "id"), spreadsheet=False, size=12, sha256="0" * 64
)


@pytest.fixture(scope="module")
def receipt(service: Service) -> Receipt:
    found = service.exporting.export(Selection("lũ quét ubnd OR lũ", collapse_stories=True, excluded={}))
    return receipt_of_articles("0-1", found.facts, found.ids, FILE)


def test_it_is_read_as_it_was_written(receipt: Receipt) -> None:
    assert read_receipt(write_receipt(receipt), "r.json") == receipt
    many = replace(receipt, result=replace(receipt.result, ids=None))
    assert read_receipt(write_receipt(many), "r.json") == many
    assert len(receipt.result.ids or ()) <= MOST_LISTED


def test_its_parameters_ask_for_the_same(service: Service, receipt: Receipt) -> None:
    again = service.exporting.facts(read_selection(receipt.parameters))
    assert (again.ids_sha256, again.sorted_sha256) == (
        receipt.result.ids_sha256,
        receipt.result.sorted_sha256,
    )


@given(st.data())
def test_one_that_was_changed_is_refused(receipt: Receipt, data: st.DataObject) -> None:
    text = write_receipt(receipt)
    said = json.loads(text)
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = {"number": said[name] + 1 if isinstance(said[name], int) else 0, "text": "khác"}[
        data.draw(st.sampled_from(["number", "text"]))
    ]
    with pytest.raises(UserError, match=r"r\.json"):
        read_receipt(json.dumps(said), "r.json")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "1", '{"receipt": 1}', '{"receipt": "1", "receipt_sha256": ""}', "[" * 5_000],
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"r\.json"):
        read_receipt(text, "r.json")


@given(st.integers(0, 2_000))
def test_one_that_was_cut_off_is_refused(receipt: Receipt, kept: int) -> None:
    text = write_receipt(receipt)
    with pytest.raises(UserError, match=r"r\.json"):
        read_receipt(text[: min(kept, len(text) - 3)], "r.json")


def test_a_query_too_long_to_be_asked_again_has_no_receipt(service: Service) -> None:
    facts = service.exporting.facts(Selection("lũ"))
    long = replace(facts, pinned=replace(facts.pinned, query="lũ " * 1_500))
    with pytest.raises(UserError, match="4500 characters"):
        receipt_of_articles("0-1", long, [], FILE)
