"""What a spreadsheet opens runs nothing; what a program reads is what the archive holds, byte for byte."""

import csv
import io
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.build import build
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.formats.table import Cell, Table, csv_lines
from search_app.settings import Settings
from tests.web.html import read_html

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
"""Those that OWASP names; a source of news can be called so, as in "-30-"."""
ARTICLE = "/article/bảng.csv"
"""No table: the id of an article of the sample ends so."""
CELLS = st.text() | st.builds(str.__add__, st.sampled_from(BEGINNINGS), st.text()) | st.integers() | st.none()


def read(lines: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(lines, newline="")))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_no_cell_for_spreadsheets_begins_as_a_formula_and_none_is_lost(rows: list[tuple[Cell, Cell]]) -> None:
    table = Table(("a", "b"), rows)
    plain, guarded = (
        read("".join(csv_lines(table, spreadsheet=is_for_one)).removeprefix("\ufeff"))
        for is_for_one in (False, True)
    )
    for typed, before, after in zip(rows, plain[1:], guarded[1:], strict=True):
        for cell, raw, safe in zip(typed, before, after, strict=True):
            assert safe in {raw, f"'{raw}"}
            assert not (isinstance(cell, str) and safe.startswith(BEGINNINGS))


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An archive whose fields all begin as formulas do."""
    settings = Settings(tmp_path_factory.mktemp("formulas"))
    readings = [
        Reading(
            Article(f"{mark}a{place}", f"{mark}HYPERLINK lũ", f"{mark}lũ", source=f"{mark}Báo"),
            Provenance(f"{mark}tệp", "p", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00"),
        )
        for place, mark in enumerate("=+-@")
    ]  # fmt: skip
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store(readings)
        build(archive, writer, lambda _done, _total: None, workers=0)
    return create_app(open_service(settings), settings).test_client()


@pytest.mark.parametrize(
    "path",
    ["/search.csv?q=l%C5%A9", "/facet/source.csv?q=l%C5%A9", "/coverage/undated.csv", "/coverage.csv",
     "/basket.csv?id=%3Da0", "/cite/csv?id=%3Da0", "/article/%3Da0.csv", "/versions/%3Da0.csv"],
)  # fmt: skip
def test_every_csv_is_raw_or_for_spreadsheets(formulas: FlaskClient, path: str) -> None:
    raw = read(formulas.get(path).text.removeprefix("\ufeff"))
    guarded = read(formulas.get(f"{path}{'&' if '?' in path else '?'}excel=1").text.removeprefix("\ufeff"))
    assert any(cell.startswith(BEGINNINGS) for row in raw for cell in row)
    assert not any(cell.startswith(BEGINNINGS) for row in guarded for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in guarded] == raw


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=lao+cai&stories=1&page=2", "/article/bsh-2014-002?q=lao", "/basket?id=bsh-2012-001",
     "/coverage", "/coverage/undated", "/coverage/refused", "/facet/source?q=lao", "/versions/revised",
     "/why/bsh-2012-002?q=l%C3%BAa", "/changes/nbpn-2013-001?against=ktcl-2013-001"],
)  # fmt: skip
def test_every_link_to_a_csv_is_for_spreadsheets(app: Flask, path: str) -> None:
    client = app.test_client()
    links = [
        one.attributes.get("href", "")
        for name in ("a", "link")
        for one in read_html(client.get(path).text).all(name)
    ]
    paths = {link: urlsplit(link).path for link in links}
    tables = [link for link, at in paths.items() if at.endswith((".csv", "/csv")) and unquote(at) != ARTICLE]
    assert tables
    assert all("excel=1" in urlsplit(link).query.split("&") for link in tables)
    assert {client.get(link).status_code for link in tables} == {200}


def test_a_flag_that_is_none_is_refused(app: Flask) -> None:
    answer = app.test_client().get("/search.csv?q=lao&excel=2")
    assert (answer.status_code, "excel" in answer.text) == (400, True)
