"""What has not changed is not sent again: the archive's number is the page's."""

import pytest
from flask.testing import FlaskClient

from search_app.settings import Settings

PATHS = [
    "/",
    "/?q=lao+cai",
    "/article/bsh-2014-002",
    "/api/search?q=lao+cai",
    "/coverage",
    "/search.atom?q=lao",
]


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
