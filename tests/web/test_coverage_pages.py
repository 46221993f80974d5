"""What the archive holds and what is missing: each number is exact, and a link to what it counts."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from corpus.archive import ArchiveReader
from corpus.coverage import coverage
from search_app.settings import Settings
from tests.web.html import read_html


@pytest.fixture(scope="module")
def archive(settings: Settings) -> ArchiveReader:
    return ArchiveReader(settings.archive)


def test_the_sources_add_up_to_the_archive(client: FlaskClient, archive: ArchiveReader) -> None:
    found = client.get("/api/coverage").get_json()
    assert sum(one["articles"] for one in found["sources"]) == archive.counts().articles
    assert found["all"]["articles"] == archive.counts().articles
    for one in found["sources"]:
        assert sum(one["days"].values()) + one["coarse"] + one["undated"] == one["articles"]


def test_the_csv_says_the_same_as_the_archive(client: FlaskClient, archive: ArchiveReader) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/coverage.csv").text)))
    assert sum(int(row["articles"]) for row in rows) == archive.counts().articles


def test_a_number_leads_to_a_search_that_finds_as_many(client: FlaskClient, archive: ArchiveReader) -> None:
    source = coverage(archive).sources[0]
    day, count = source.days[0]
    found = client.get(
        "/api/search", query_string={"source": source.source, "from": day.isoformat(), "to": day.isoformat()}
    ).get_json()
    assert found["total"] == count
    page = client.get("/coverage", query_string={"source": source.source}).text
    assert f"from={day.isoformat()}" in page


@pytest.mark.parametrize("path", ["/coverage", "/coverage/undated", "/coverage/short", "/coverage/refused"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_page_answers_in_both_languages(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, query_string={"lang": language})
    assert answer.status_code == 200
    assert read_html(answer.text).texts


def test_an_undated_article_is_listed_and_linked(client: FlaskClient) -> None:
    assert "/article/yearless" in client.get("/coverage/undated").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/coverage?source=khong-co", 400),
        ("/coverage/undated?page=0", 400),
        ("/raw/khong-co", 404),
        ("/raw/bsh-2014-002?as=pdf", 400),
    ],
)
def test_what_cannot_be_is_said(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_raw_record_stands_beside_what_cleaning_made_of_it(client: FlaskClient) -> None:
    page = client.get("/raw/bsh-2014-002")
    assert page.status_code == 200
    assert "bsh-2014-002" in page.text
