"""What has not changed is not sent again: the archive's number is the page's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web.route import Freshness
from search_app.web.routes import ROUTES
from tests.web.samples import sample_addresses

PATHS = [
    "/",
    "/?q=lao+cai",
    "/article/bsh-2014-002",
    "/api/search?q=lao+cai",
    "/coverage",
    "/search.atom?q=lao",
]


KEPT = {
    Freshness.STATE: ("private, no-cache", "W"),
    Freshness.MINUTE: ("private, max-age=60", '"'),
    Freshness.ALWAYS: (None, ""),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_had_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    since = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304


@pytest.mark.parametrize("path", PATHS)
def test_another_language_is_another_page(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    other = "&" if "?" in path else "?"
    again = client.get(f"{path}{other}lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_an_error_is_never_kept(client: FlaskClient, settings: Settings) -> None:
    assert settings.data.is_dir()
    assert "ETag" not in client.get("/?page=abc").headers


def test_every_address_is_as_fresh_as_its_row_says(app: Flask, client: FlaskClient) -> None:
    """Where what stands there can be had at all."""
    addresses = sample_addresses(app)
    tried = set()
    for route in ROUTES:
        for endpoint in {route.endpoint, route.twins_endpoint} & addresses.keys():
            answer = client.get(addresses[endpoint], buffered=True)
            if answer.status_code == 200 and route.freshness is not Freshness.ITS_OWN:
                tried.add(route.freshness)
                kept = answer.headers.get("Cache-Control"), answer.headers.get("ETag", "")[:1]
                assert kept == KEPT[route.freshness], endpoint
    assert tried == set(KEPT)


def test_suggestions_are_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/suggest?q=gia+v")
    again = client.get("/api/suggest?q=gia+v", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
