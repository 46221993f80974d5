"""Of a file that was cut off at any byte, the rows that are whole are those that were written whole."""

import io
import zipfile
from collections.abc import Iterator
from itertools import accumulate

import pytest

from search_app.answer.exporting.rows import ExportRow
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.forms import ExportForm, Layout, has_columns, write_export
from search_app.formats.exports.held_rows import held_ids, held_rows
from tests.exports.conftest import ADDRESSES

COLUMNS = ("rank", "id", "title", "body", "context", "source")
QUERIES = ("lũ quét", "giá vàng", "không có gì")
CASES = [
    (form, query, spreadsheet)
    for form in ExportForm
    for query in QUERIES
    for spreadsheet in ((False, True) if form is ExportForm.CSV else (False,))
]


def exported(service: Service, query: str) -> tuple[list[ExportRow], list[str]]:
    found = service.exporting.export(Selection(query), extras_of(COLUMNS))
    return list(found.rows), found.ids


def layout(*, spreadsheet: bool = False) -> Layout:
    return Layout(ADDRESSES, COLUMNS, spreadsheet=spreadsheet)


def columns_of(form: ExportForm) -> tuple[str, ...]:
    return COLUMNS if has_columns(form) else ()


def ends_of(form: ExportForm, shown: Layout, rows: list[ExportRow]) -> Iterator[int]:
    """How long the file is with its head and each further row, by writing fewer rows."""
    for count in range(1, len(rows) + 1):
        pieces = list(write_export(form, shown, rows[:count]))
        if form is ExportForm.TEXTS:
            with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as packed:
                yield packed.getinfo("articles.csv").header_offset
        else:
            yield list(accumulate(map(len, pieces)))[-2 if form is ExportForm.CSL else -1]


@pytest.mark.parametrize(("form", "query", "spreadsheet"), CASES)
def test_whole_rows_are_found_wherever_a_file_was_cut_off(
    service: Service, form: ExportForm, query: str, spreadsheet: bool
) -> None:
    rows, ids = exported(service, query)
    shown = layout(spreadsheet=spreadsheet)
    data = b"".join(write_export(form, shown, rows))
    ends = list(ends_of(form, shown, rows))
    for size in range(len(data) + 1):
        cut = data[:size]
        held = [row.end for row in held_rows(form, io.BytesIO(cut))]
        assert held == [end for end in ends if end <= size], size
        if form is not ExportForm.TEXTS:
            told = held_ids(form, columns_of(form), io.BytesIO(cut))
            assert told == (None if form is ExportForm.BIBTEX else ids[: len(held)])
    if form is ExportForm.TEXTS:
        assert held_ids(form, (), io.BytesIO(data)) == ids
        assert held_ids(form, (), io.BytesIO(data[:-1])) is None


@pytest.mark.parametrize("form", [ExportForm.CSV, ExportForm.JSONL])
def test_rows_without_a_column_of_ids_tell_none(service: Service, form: ExportForm) -> None:
    rows, _ids = exported(service, "lũ quét")
    data = b"".join(write_export(form, Layout(ADDRESSES, ("rank",)), rows))
    assert held_ids(form, ("rank",), io.BytesIO(data)) is None


@pytest.mark.parametrize("form", list(ExportForm))
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 70_000, b'"', b"PK\x03\x04" + b"\xff" * 40, b"{\n}\n", b"\xff\n"]
)
def test_any_bytes_have_rows_or_none(form: ExportForm, data: bytes) -> None:
    ends = [row.end for row in held_rows(form, io.BytesIO(data))]
    assert ends == sorted(ends)
    assert all(end <= len(data) for end in ends)
    held_ids(form, ("id",), io.BytesIO(data))
