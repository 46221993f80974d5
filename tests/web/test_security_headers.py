"""Every address, in each form and with each kind of answer, has the same security headers and one cookie."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.web.routes import ROUTES

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
COOKIE = {"lang=en", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"}
VALUES = {
    "article_id": "bsh-2014-002",
    "filename": "page.css",
    "form": "csv",
    "identifier": "article/bsh-2014-002",
    "name": "source",
    "number": "1",
    "style": "bib",
    "what": "undated",
}


def addresses() -> Iterator[str]:
    """An address of every rule of the table, and of each of its forms."""
    for route in ROUTES:
        for rule in route.rules:
            address = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: VALUES[found[1]], rule)
            yield from (address + (f".{form}" if form else "") for form in route.forms)


ADDRESSES = [*addresses(), "/nowhere", "/article/nobody", "/?page=x", "/api/search?page=x"]


def test_the_table_of_this_test_is_whole(app: Flask) -> None:
    matched = {app.url_map.bind("localhost").match(address)[0] for address in addresses()}
    assert matched | {"twins.article"} >= {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_has_them_all_and_sets_the_language_alone(
    client: FlaskClient, path: str, scheme: str
) -> None:
    asked = f"{path}{'&' if '?' in path else '?'}lang=en"
    for answer in (
        client.get(asked, base_url=f"{scheme}://localhost", buffered=True),
        client.head(asked, base_url=f"{scheme}://localhost", buffered=True),
        client.post(asked, base_url=f"{scheme}://localhost", buffered=True),
    ):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        (cookie,) = answer.headers.getlist("Set-Cookie")
        said = {part for part in cookie.split("; ") if not part.startswith("Expires=")}
        assert said == COOKIE | ({"Secure"} if scheme == "https" else set())


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_answer_sets_a_cookie_unasked(client: FlaskClient, path: str) -> None:
    assert client.get(path, buffered=True).headers.getlist("Set-Cookie") == []


def test_an_answer_that_is_not_sent_again_has_them_too(client: FlaskClient) -> None:
    tag = client.get("/").headers["ETag"]
    answer = client.get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
