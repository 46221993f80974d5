"""A whole result is cited in every style; programs read it, and its link gives the same result."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_app.answer.exporting.facts import ids_digest
from search_app.formats.citations import Style
from search_app.formats.citations.searches import CitedSearch, cite_search
from tests.web.html import read_html

QUERIES = (
    "giá vàng",
    "ubnd lũ",
    '"giá {vàng}" & 50% \\ ~',
    "laof cai",
    "",
    "giá&from=2012&source=TMN&stories=1",
)


def cited(query: str, understood: str = "", articles: int = 3, link: str = "") -> CitedSearch:
    return CitedSearch(
        query, understood, ("from=2013-05-01",), articles, 70, date(2026, 11, 30), "ab" * 32, "7d44", link,
        "tag:x", date(2026, 12, 1),
    )  # fmt: skip


def test_the_styles_that_are_read() -> None:
    one = cited("lũ “quét”", "lũ_quét", 1_234, "https://kho.example/?q=l")
    assert cite_search(Style.VIETNAMESE, one) == (
        "Kho Báo 7d44 (2026), kết quả tìm “lũ ‘quét’” [hiểu là lũ_quét; from=2013-05-01], 1.234"
        f" bài, kho ở thay đổi 70, ngày 30/11/2026, SHA-256 của các mã bài {'ab' * 32},"
        " <https://kho.example/?q=l>, truy cập ngày 1/12/2026."
    )
    assert cite_search(Style.APA, one) == (
        "Kho Báo 7d44. (2026). Search for “lũ ‘quét’” [understood as lũ_quét; from=2013-05-01]"
        f" (1,234 articles; state of November 30, 2026, change 70; SHA-256 of ids {'ab' * 32}) [Data set]."
        " https://kho.example/?q=l"
    )
    assert cite_search(Style.CHICAGO, cited("lũ", articles=1)) == (
        "Kho Báo 7d44. Search for “lũ” [from=2013-05-01]. 1 article, state of November 30, 2026"
        f" (change 70). SHA-256 of ids {'ab' * 32}. Accessed December 1, 2026. tag:x."
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_programs_read_whatever_was_typed(query: str) -> None:
    one = cited(query, query)
    (record,) = rispy.loads(cite_search(Style.RIS, one))
    assert (record["type_of_reference"], record["accession_number"]) == ("DATA", "tag:x")
    assert record["authors"] == ["Kho Báo 7d44"]
    (item,) = json.loads(cite_search(Style.CSL, one))
    assert (item["type"], item["version"]) == ("dataset", "70")
    library = parse_string(cite_search(Style.BIBTEX, one))
    assert not library.failed_blocks
    assert library.entries[0].entry_type == "misc"


@pytest.mark.parametrize("query", QUERIES)
def test_its_link_gives_the_same_result(client: FlaskClient, query: str) -> None:
    (item,) = json.loads(client.get(f"/cite/search/json?q={query}", base_url="http://127.0.0.1").data)
    asked = urlsplit(item["URL"]).query
    by_story = "" if "stories=0" in asked else "&stories=1"  # a page shows each story once unless told
    rows = client.get(f"/search.jsonl?{asked}{by_story}&fields=id").text.splitlines()
    assert ids_digest(json.loads(row)["id"] for row in rows) in item["note"]
    assert f"{client.get(f'/api/search?{asked}').get_json()['total']} bài" in item["note"]


@pytest.mark.parametrize("style", list(Style))
def test_the_page_of_export_links_to_every_style(client: FlaskClient, style: Style) -> None:
    page = read_html(client.get("/export?q=giá+vàng&from=2012").text)
    (href,) = (
        one.attributes["href"]
        for one in page.all("a")
        if f"/cite/search/{style.value}?" in one.attributes["href"]
    )
    answer = client.get(href)
    assert answer.status_code == 200
    assert "from=2012-01-01" in answer.text
    assert "giá" in answer.text


def test_a_query_too_long_to_be_asked_again_is_refused(client: FlaskClient) -> None:
    answer = client.get(f"/cite/search/vi?q={'lũ ' * 900}")
    assert answer.status_code == 400
