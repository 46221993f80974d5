"""Every form of file: whole it is what its readers read; broken off after any row it goes on to the same."""

import csv
import io
import json
import zipfile

import pytest

from search_app.answer.exporting.cursor import Cursor
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.formats.citations import Style, cite
from search_app.formats.exports.columns import COLUMNS, USUAL, extras_of
from search_app.formats.exports.forms import ExportForm, Layout, goes_on, has_columns, write_export
from tests.exports.conftest import ADDRESSES

QUERIES = ("lũ quét", "", "không có gì")
EVERY = tuple(COLUMNS)


def written(
    service: Service, form: ExportForm, query: str, columns: tuple[str, ...] = USUAL, after: int = 0
) -> bytes:
    cursor = Cursor(service.exporting.facts(Selection(query)).change, after) if after else None
    found = service.exporting.export(Selection(query), extras_of(columns), cursor)
    return b"".join(write_export(form, Layout(ADDRESSES, columns, after=after), found.rows))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("form", list(ExportForm))
def test_a_file_is_the_same_every_time(service: Service, form: ExportForm, query: str) -> None:
    assert written(service, form, query) == written(service, form, query)


@pytest.mark.parametrize("after", [1, 5, 12])
@pytest.mark.parametrize("form", [form for form in ExportForm if goes_on(form)])
def test_a_file_that_broke_off_goes_on_after_its_last_row(
    service: Service, form: ExportForm, after: int
) -> None:
    columns = EVERY if has_columns(form) else USUAL
    whole = written(service, form, "lũ quét", columns)
    rest = written(service, form, "lũ quét", columns, after)
    assert whole.endswith(rest)
    begun = service.exporting.export(Selection("lũ quét"), extras_of(columns))
    pieces = write_export(form, Layout(ADDRESSES, columns), [row for row in begun.rows if row.rank <= after])
    head = b"".join(pieces)
    tail = b"\n]\n" if form is ExportForm.CSL else b""
    assert head.removesuffix(tail) + rest == whole


@pytest.mark.parametrize("query", QUERIES)
def test_tables_and_json_lines_hold_the_same(service: Service, query: str) -> None:
    rows = list(
        csv.DictReader(io.StringIO(written(service, ExportForm.CSV, query, EVERY).decode(), newline=""))
    )
    lines = [
        json.loads(line) for line in written(service, ExportForm.JSONL, query, EVERY).decode().splitlines()
    ]
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert tuple(row) == tuple(line) == EVERY
        for name in set(EVERY) - {"context", "hits"}:
            value = line[name]
            told = [value] if not isinstance(value, list) else value
            assert row[name] == ("; " if name in {"author", "tag"} else "\n").join(map(str, told))
        assert len(line["context"]) == (line["hits"] or 0) == len(row["context"].splitlines())


@pytest.mark.parametrize("style", [Style.RIS, Style.BIBTEX, Style.CSL])
def test_citations_are_those_of_the_articles(service: Service, style: Style) -> None:
    form = {Style.RIS: ExportForm.RIS, Style.BIBTEX: ExportForm.BIBTEX, Style.CSL: ExportForm.CSL}[style]
    rows = list(service.exporting.export(Selection("")).rows)
    text = written(service, form, "").decode()
    for row in rows:
        assert cite(style, [ADDRESSES.cited(row)]).strip("[]\n") in text
    if form is ExportForm.CSL:
        assert [one["id"] for one in json.loads(text)] == [row.archived.article.id for row in rows]
        assert json.loads(written(service, form, "không có gì")) == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_zip_has_a_text_an_article_and_a_table_of_them(service: Service, query: str) -> None:
    rows = list(service.exporting.export(Selection(query)).rows)
    with zipfile.ZipFile(io.BytesIO(written(service, ExportForm.TEXTS, query))) as packed:
        assert packed.testzip() is None
        *names, table = packed.namelist()
        listed = list(csv.DictReader(io.StringIO(packed.read(table).decode(), newline="")))
        texts = [packed.read(name).decode() for name in names]
    assert [one["text"] for one in listed] == names
    assert [one["id"] for one in listed] == [row.archived.article.id for row in rows]
    for row, text, name in zip(rows, texts, names, strict=True):
        article = row.archived.article
        assert text.startswith(f"{article.title}\n")
        assert all(part in text for part in (article.lede, *article.paragraphs))
        assert name.isascii()
        assert name.count("/") == 1
