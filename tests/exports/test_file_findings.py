"""Whatever became of a file is said: whole, cut off after which row, longer, changed in which row, gone."""

import hashlib
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.answer.exporting.findings import FileFinding, FileVerdict
from search_app.answer.exporting.receipt import ReceiptFile
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.api.receipts import receipt_file
from search_app.formats.exports.file_findings import find_of_file
from search_app.formats.exports.forms import ExportForm, Layout, write_export
from tests.exports.conftest import ADDRESSES

LAYOUT = Layout(ADDRESSES, ("rank", "id", "title", "score"))
LINES = [form for form in ExportForm if form is not ExportForm.TEXTS]


def pieces(service: Service, form: ExportForm) -> list[bytes]:
    return list(write_export(form, LAYOUT, service.exporting.export(Selection("lũ quét")).rows))


def told(form: ExportForm, data: bytes) -> ReceiptFile:
    return receipt_file("x", form, LAYOUT, len(data), hashlib.sha256(data).hexdigest())


def ends_of(form: ExportForm, written: list[bytes]) -> list[int]:
    """Where each row ends."""
    ends = list(accumulate(map(len, written)))
    return ends[1:] if form is ExportForm.CSV else ends[:-1] if form is ExportForm.CSL else ends


def found(folder: Path, data: bytes, of: ReceiptFile, written: list[bytes] | None) -> FileFinding:
    path = folder / "x"
    path.write_bytes(data)
    return find_of_file(path, of, None if written is None else lambda: iter(written))


@pytest.mark.parametrize("form", list(ExportForm))
@pytest.mark.parametrize("is_known", [True, False])
def test_a_whole_one_is_whole_and_one_with_more_is_whole_before_it(
    service: Service, tmp_path: Path, form: ExportForm, is_known: bool
) -> None:
    written = pieces(service, form)
    data = b"".join(written)
    known = written if is_known else None
    assert found(tmp_path, data, told(form, data), known).verdict is FileVerdict.WHOLE
    for more in (b"\n", data):
        longer = found(tmp_path, data + more, told(form, data), known)
        assert (longer.verdict, longer.size) == (FileVerdict.ADDED, len(data) + len(more))


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("form", LINES)
def test_one_that_was_cut_off_anywhere_says_after_which_row(
    service: Service, tmp_path: Path, form: ExportForm, is_known: bool
) -> None:
    written = pieces(service, form)
    data, ends = b"".join(written), ends_of(form, written)
    for size in range(0, len(data), 7):
        cut = found(tmp_path, data[:size], told(form, data), written if is_known else None)
        rows = sum(end <= size for end in ends)
        assert (cut.verdict, cut.rows, cut.is_proven) == (FileVerdict.CUT_OFF, rows, is_known)


def test_a_zip_that_was_cut_off_has_the_texts_before_it(service: Service, tmp_path: Path) -> None:
    written = pieces(service, ExportForm.TEXTS)
    data = b"".join(written)
    rows = [
        found(tmp_path, data[:size], told(ExportForm.TEXTS, data), written).rows or 0
        for size in range(0, len(data), 50)
    ]
    assert rows == sorted(rows)
    assert (rows[0], rows[-1]) == (0, 12)


@given(data=st.data(), form=st.sampled_from(LINES))
def test_one_that_was_changed_says_in_which_row(
    service: Service, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, form: ExportForm
) -> None:
    written = pieces(service, form)
    whole, ends = bytearray(b"".join(written)), ends_of(form, written)
    of = told(form, bytes(whole))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    finding = found(tmp_path_factory.mktemp("changed"), bytes(whole), of, written)
    before = sum(end <= place for end in ends)
    assert (finding.verdict, finding.rows, finding.is_proven) == (FileVerdict.CHANGED, before, True)
    unknown = found(tmp_path_factory.mktemp("unknown"), bytes(whole), of, None)
    assert (unknown.verdict, unknown.rows, unknown.is_proven) == (FileVerdict.CHANGED, None, False)


def test_rows_are_certain_only_where_the_archive_writes_the_same_file(
    service: Service, tmp_path: Path
) -> None:
    written = pieces(service, ExportForm.CSV)
    data = b"".join(written)

    def other() -> Iterator[bytes]:
        yield from written[:-1]
        yield b"another row\r\n"

    path = tmp_path / "x"
    path.write_bytes(data[:-9])
    finding = find_of_file(path, told(ExportForm.CSV, data), other)
    assert (finding.verdict, finding.rows, finding.is_proven) == (FileVerdict.CUT_OFF, 11, False)


def test_one_that_is_not_there_is_missing(tmp_path: Path) -> None:
    finding = find_of_file(tmp_path / "x", told(ExportForm.CSV, b"a"), None)
    assert (finding.verdict, finding.size, finding.rows) == (FileVerdict.MISSING, None, None)
