"""What a page says holds on the next one too: exports, filters, errors, numbers as they are printed."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Get

MANY = "người dân vùng cao"  # four words: the best come first, whatever they lack


@pytest.mark.parametrize("query", [MANY, "lao cai", '"lào cai" sapa', "lũ quét ở vùng cao"])
@pytest.mark.parametrize("narrowed", ["", "&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng"])
def test_an_export_holds_every_match_and_a_feed_no_other(
    client: FlaskClient, query: str, narrowed: str
) -> None:
    found = client.get(f"/api/search?q={query}&size=100{narrowed}").get_json()
    matching = [hit["id"] for hit in found["hits"] if not (hit["lacks"] or hit["scattered"])]
    answer = client.get(f"/search.csv?q={query}&fields=id{narrowed}")
    assert len(matching) == found["total"] == int(answer.headers["X-Total-Count"])
    assert [row["id"] for row in csv.DictReader(io.StringIO(answer.text))] == matching
    feed = client.get(f"/search.atom?q={query}&size=100&sort=relevance{narrowed}").text
    assert feed.count("<entry>") == found["total"]


def test_what_filters_take_away_is_not_mended(client: FlaskClient) -> None:
    """Quotes stay where the phrase stands in the archive, only not in this paper."""
    found = client.get('/api/search?q="cá hồi vân"&source=Kinh Tế Cửu Long').get_json()
    assert (found["total"], found["repaired"]) == (0, None)
    assert client.get('/api/search?q="cá hồi vân"').get_json()["total"] == 1


def test_choosing_a_value_that_is_left_out_takes_it_back(page: Get) -> None:
    source = "source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng"
    for state in (f"/?q=lao+cai&{source}", f"/?q=lao+cai&not_{source}"):
        hrefs = [one.attributes["href"] for one in page(state).all("a") if "href" in one.attributes]
        both = [href for href in hrefs if f"&{source}" in href and f"not_{source}" in href]
        assert both == []


@pytest.mark.parametrize(
    ("bad", "kept"),
    [
        ("from=32/5/2013", "/?q=l%C5%A9&g=2&source=A&sort=newest"),
        ("page=x", "/?q=l%C5%A9&g=2&source=A&sort=newest"),
        ("from=2014&to=2012", "/?q=l%C5%A9&g=2&source=A&sort=newest"),
    ],
)
def test_an_error_loses_only_what_cannot_be(client: FlaskClient, bad: str, kept: str) -> None:
    answer = client.get(f"/?q=lũ&source=A&sort=newest&{bad}")
    assert answer.status_code == 400
    assert f'href="{kept.replace("&", "&amp;")}"' in answer.text


@pytest.mark.parametrize("number", ["1.000", "1,000", "1 000"])
def test_a_page_is_taken_as_it_is_printed(client: FlaskClient, number: str) -> None:
    assert client.get(f"/api/search?q=lao&page={number}").get_json()["page"] == 1000
    assert client.get("/api/search?q=lao&page=999999999999999999").status_code < 500


def test_decimals_are_written_as_the_language_writes_them(client: FlaskClient) -> None:
    assert ",0" not in client.get("/why/bsh-2012-001?q=l%C5%A9&lang=en").text.partition("<table")[2]
    worth = client.get("/api/explain/bsh-2012-001?q=lũ").get_json()["score"]
    assert f"{worth:.3f}".replace(".", ",").rstrip("0") in client.get("/why/bsh-2012-001?q=lũ&lang=vi").text


def test_the_table_of_a_source_is_of_that_source(client: FlaskClient) -> None:
    text = client.get("/coverage.csv?source=Tin Miền Núi").text
    assert {line.partition(",")[0] for line in text.splitlines()[1:]} == {"Tin Miền Núi"}
    assert client.get("/coverage.json?source=Không có").status_code == 400


def test_a_reason_counts_the_names_that_the_page_counted(client: FlaskClient) -> None:
    asked = "q=ubnd&not_also=Ủy ban nhân dân"
    hit = client.get(f"/api/search?{asked}").get_json()["hits"][0]
    told = client.get(f"/api/explain/{hit['id']}?{asked}").get_json()
    assert told["score"] == pytest.approx(hit["score"])
