"""A chart, its table, its JSON and its CSV are of one source; the foot of a page says what is true."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Get


@pytest.mark.parametrize(
    "asked", ["", "?q=", "?q=lao+cai", "?q=&from=2013&to=2013", "?q=&undated=1&from=2013-05-20"]
)
def test_bars_table_json_and_csv_are_the_same(client: FlaskClient, page: Get, asked: str) -> None:
    """The page links to the CSV of its bars, and shows those that are not empty."""
    shown = page(f"/{asked}&lang=en" if asked else "/?lang=en")
    drawn = [int(one.attributes["data-n"]) for one in shown.elements if "data-n" in one.attributes]
    (href,) = {
        one.attributes["href"] for one in shown.all("a") if "/timeline.csv" in one.attributes.get("href", "")
    }
    rows = list(csv.DictReader(io.StringIO(client.get(href).text.removeprefix("\ufeff"))))
    told = client.get(f"/timeline.json{asked}").get_json()
    read = [{name: "" if one is None else str(one) for name, one in row.items()} for row in told]
    assert [row | {"query": ""} for row in read] == [
        row | {"query": ""} for row in rows
    ]  # here as understood
    bars = [int(row["articles"] or 0) for row in rows if row["first"]]
    elsewhere = sum(int(row["articles"]) for row in rows if not row["first"])
    assert drawn == [count for count in bars if count] != []
    listed = [int(one.text) for one in shown.all("td") if re.fullmatch("[0-9]+", one.text)]
    assert [count for count in listed if count][: len(drawn)] == drawn
    assert sum(bars) + elsewhere == client.get(f"/api/search{asked}").get_json()["total"]
    noted = [int(text.split()[0]) for text, _ in shown.texts if "in no bar" in text]
    assert sum(noted) == elsewhere


def test_the_foot_says_that_the_text_is_cleaned_and_an_article_links_its_record(page: Get) -> None:
    assert any("đã được làm sạch" in text for text, _ in page("/?lang=vi").texts)
    links = [one.attributes.get("href", "") for one in page("/article/bsh-2014-002").all("a")]
    assert links.count("/raw/bsh-2014-002") == 2
