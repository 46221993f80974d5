"""Where nothing is found, which word or filter took everything away? Each is counted, each a link."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.html import Page


def rows(page: Page) -> list[tuple[str, int]]:
    """The rows of the tables."""
    names = [one.text for one in page.all("th", scope="row")]
    counts = [int(one.text.replace(".", "")) for one in page.all("td")]
    return list(zip(names, counts, strict=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=xyzzy+lao+cai&as_typed=1", ("Bỏ xyzzy", 8)),
        ("q=" + quote('xyzzy "Lào Cai"') + "&as_typed=1", ("Bỏ xyzzy", 7)),
        ("q=gi%C3%A1&from=1990&to=1990", ("Bỏ bộ lọc “1990”", 0)),
        ("q=" + quote('"lao cai"') + "&as_typed=1", ("bỏ ngoặc kép", 7)),
        ("q=" + quote("đuờng") + "&as_typed=1", ("không dấu", 0)),
    ],
)
def test_what_took_everything_away_is_said_with_its_count(
    page: Get, query: str, expected: tuple[str, int]
) -> None:
    found = dict(rows(page(f"/?{query}")))
    assert expected[0] in found
    assert found[expected[0]] >= min(expected[1], 1)


@pytest.mark.parametrize(
    "query",
    [
        "q=xyzzy+lao+cai&source=TMN&from=2000&as_typed=1",
        "q=lao+cai&year=&not_year=&as_typed=1",  # a value chosen and excluded at once goes as one
        "q=lao+cai&source=TMN&not_source=TMN&section=xyzzy&as_typed=1",
        "q=xyzzy+lao+cai&from=2013&to=2013&as_typed=1",
        "q=xyzzy+lao+cai&from=2013&to=5-2014&as_typed=1",
    ],
)
def test_every_way_finds_what_it_says(client: FlaskClient, page: Get, query: str) -> None:
    found = page(f"/?{query}")
    counts = dict(rows(found))
    assert counts
    assert len(set(rows(found))) == len(counts), "one filter, two counts"
    links = {one.text: one.attributes["href"] for one in found.all("a") if one.text in counts}
    assert {name for name, count in counts.items() if count} == set(links)
    for name, href in links.items():
        query = href.partition("?")[2]
        assert client.get(f"/api/search?{query}&as_typed=1").get_json()["total"] == counts[name]


def test_where_no_single_step_helps_the_filters_go_together(page: Get) -> None:
    query = quote('"ruong bac thang"')
    found = page(f"/?q={query}&section={quote('Bóng đá')}&year=1999&as_typed=1")
    assert "Và khi không lọc gì:" in found.all("section", class_="nothing")[0].text
    assert dict(rows(found))["bỏ ngoặc kép"] > 0


def test_where_something_is_found_nothing_is_said(page: Get) -> None:
    assert page("/?q=lao+cai").all("section", class_="nothing") == []
