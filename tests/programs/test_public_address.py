"""Where do absolute addresses come from? From KHOBAO_URL, or from loopback; never from a request's Host."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from lxml import etree
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from benchmarks.same_answers.addresses import Known, addresses
from search_app.app import create_app
from search_app.bootstrap import open_reading, open_service
from search_app.public_url import is_loopback, read_public_url
from search_app.settings import Settings
from search_app.web.tag_uris import article_tag
from tests.programs.test_feeds import ATOM, OPENSEARCH, SITEMAP, xml
from tests.web.articles import ODD_ID, SLASH_ID
from tests.web.html import read_html

EVIL = "evil.example"
AT_ROOT, BELOW = "https://baochi.example.vn", "https://example.vn/khobao"
ADDRESSES = [
    address
    for address in addresses(Known(["markup", "bsh-2014-002", ODD_ID, SLASH_ID], "Báo Sông Hồng"))
    if "/static/" not in address
]
GRAMMARS = Path(__file__).with_name("grammars")
Make = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def made(settings: Settings) -> Make:
    """A client of an app at a public address; "" for none."""
    service, clients = open_service(settings), dict[str, FlaskClient]()

    def make(url: str) -> FlaskClient:
        if url not in clients:
            public = read_public_url({"KHOBAO_URL": url})
            clients[url] = create_app(service, replace(settings, url=public)).test_client()
        return clients[url]

    return make


def get(client: FlaskClient, path: str, host: str) -> TestResponse:
    return client.get(path, headers={"Host": host})


# Where it is set


@pytest.mark.parametrize("path", ["/", "/?q=lao+cai", "/nowhere", "/sitemap.xml", "/static/page.css"])
def test_another_host_is_misdirected(made: Make, path: str) -> None:
    answer = get(made(AT_ROOT), path, EVIL)
    assert answer.status_code == 421
    assert f"{AT_ROOT}/" in read_html(answer.text).all("h1")[0].text
    assert EVIL not in answer.text


@pytest.mark.parametrize("path", ["/api/search", "/search.json", "/api/nowhere", "/coverage.json"])
def test_another_host_is_misdirected_in_json_too(made: Make, path: str) -> None:
    answer = get(made(BELOW), path, EVIL)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (421, "misdirected")
    assert f"{BELOW}/" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((one, 200) for one in ("baochi.example.vn", "BAOCHI.example.vn", "baochi.example.vn:443")),
        *((one, 200) for one in ("localhost:8080", "127.0.0.1:8080", "[::1]:8080")),
        *((one, 421) for one in ("baochi.example.vn:8080", "www.baochi.example.vn", "10.0.0.7", "a@b")),
    ],
)
def test_its_own_host_and_loopback_are_served(made: Make, host: str, status: int) -> None:
    assert get(made(AT_ROOT), "/api/search?q=lao", host).status_code == status
    assert get(made(AT_ROOT), "/healthz", host).status_code == 200


def found_in(client: FlaskClient, host: str) -> dict[str, list[str]]:
    """All absolute addresses that programs are given, by what gives them."""
    feed = xml(get(client, "/search.atom?q=lao+cai&size=3", host).data)
    search = xml(get(client, "/opensearch.xml", host).data)
    maps, locs = (xml(get(client, path, host).data) for path in ("/sitemap.xml", "/sitemap-1.xml"))
    page = read_html(get(client, "/article/markup", host).text)
    cited = get(client, "/cite/csv?id=markup", host).text.removeprefix("\ufeff")
    basket = get(client, "/basket.json?id=markup", host).get_json()
    linked = json.loads(page.all("script", type="application/ld+json")[0].text)
    robots = get(client, "/robots.txt", host).text
    return {
        "feed": [one.attrib["href"] for one in feed.iter(f"{ATOM}link")],
        "search": [one.attrib["template"] for one in search.iter(f"{OPENSEARCH}Url")]
        + [search.findtext(f"{OPENSEARCH}Image") or ""],
        "sitemap": [one.text or "" for root in (maps, locs) for one in root.iter(f"{SITEMAP}loc")],
        "cited": [row["permalink"] for row in csv.DictReader(io.StringIO(cited))],
        "basket": [row["permalink"] for row in basket],
        "permalink": [one.text for one in page.all("a", class_="permalink")],
        "JSON-LD": [linked["@id"], linked["url"]],
        "DC": [
            one.attributes["content"]
            for one in page.all("meta")
            if one.attributes.get("name") == "DC.identifier"
        ],
        "robots": [line.removeprefix("Sitemap: ") for line in robots.splitlines() if "Sitemap:" in line],
    }


@pytest.mark.parametrize("url", [AT_ROOT, BELOW])
@pytest.mark.parametrize("host", ["", "127.0.0.1:8080", "localhost"])
def test_every_absolute_address_is_the_public_one_whatever_the_host(made: Make, url: str, host: str) -> None:
    client = made(url)
    found = found_in(client, host or url.split("/")[2])
    for name, given_ in found.items():
        assert given_, name
        for address in given_:
            assert address.startswith(f"{url}/"), (name, address)
            asked = address.removeprefix("https://").partition("/")[2].replace("{searchTerms}", "lao")
            assert get(client, f"/{asked}", host or url.split("/")[2]).status_code == 200
    assert get(client, "/api/openapi.json", host or url.split("/")[2]).get_json()["servers"] == [{"url": url}]


@pytest.mark.parametrize("path", ["/khobao/article/markup", "/article/markup", "/khobao", "/khobao/"])
def test_a_proxy_may_pass_the_path_on_or_take_it_away(made: Make, path: str) -> None:
    answer = get(made(BELOW), path, "example.vn")
    assert answer.status_code == 200
    links = [one for one in read_html(answer.text).marked_with("href") if one.startswith("/")]
    assert links
    assert [one for one in links if not one.startswith("/khobao/")] == []


def test_a_path_that_only_begins_alike_is_not_the_prefix(made: Make) -> None:
    assert get(made(BELOW), "/khobaoarticle/markup", "example.vn").status_code == 404


# Where it is not


def test_loopback_is_answered_with_addresses_of_loopback(made: Make) -> None:
    for host in ("127.0.0.1:8080", "localhost", "[::1]:8080"):
        for name, given_ in found_in(made(""), host).items():
            assert given_, name
            assert [one for one in given_ if not one.startswith(f"http://{host}/")] == [], name
    assert "servers" not in get(made(""), "/api/openapi.json", "localhost").get_json()


@pytest.mark.parametrize("path", ["/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml"])
def test_what_cannot_do_without_an_address_names_the_setting(made: Make, path: str) -> None:
    answer = get(made(""), path, EVIL)
    assert answer.status_code == 404
    assert "KHOBAO_URL=https://" in read_html(answer.text).all("h1")[0].text


def test_crawlers_are_told_what_to_leave_alone_all_the_same(made: Make) -> None:
    answer = get(made(""), "/robots.txt", EVIL)
    assert answer.status_code == 200
    assert "Disallow: /api/" in answer.text
    assert "Sitemap:" not in answer.text
    assert "KHOBAO_URL" in answer.text


def test_a_feed_without_an_address_has_links_relative_to_itself(made: Make) -> None:
    """It is of the published form, and its links lead on."""
    client = made("")
    answer = get(client, "/search.atom?q=lao+cai&size=3", EVIL)
    etree.RelaxNG(etree.parse(GRAMMARS / "atom.rng")).assertValid(etree.fromstring(answer.data))
    links = [one.attrib["href"] for one in xml(answer.data).iter(f"{ATOM}link")]
    assert len(links) > 5
    for link in links:
        assert link.startswith("/")
        path = urljoin(f"http://{EVIL}/search.atom", link).removeprefix(f"http://{EVIL}")
        assert get(client, path, EVIL).status_code == 200


def test_an_article_without_an_address_is_named_by_its_archive(made: Make, settings: Settings) -> None:
    client, uuid = made(""), open_reading(settings).uuid
    page = get(client, "/article/markup", EVIL).text
    tag = article_tag(uuid, "markup")
    (linked,) = (one.text for one in read_html(page).all("script", type="application/ld+json"))
    assert json.loads(linked)["@id"] == tag
    assert "url" not in json.loads(linked)
    assert f'<meta name="DC.identifier" content="{tag}">' in page
    assert f"Kho Báo {uuid}, markup" in page
    assert get(client, "/basket.json?id=markup", EVIL).get_json()[0]["permalink"] == tag
    for style in ("vi", "apa", "bib", "ris", "json"):
        assert uuid in get(client, f"/cite/{style}?id=markup", EVIL).text
    assert "opensearch" not in page
    assert "opensearch" in get(client, "/article/markup", "localhost").text


@pytest.mark.parametrize("url", ["", AT_ROOT])
def test_no_answer_says_the_host_that_was_asked(made: Make, url: str) -> None:
    """Of any address: not in its body, not in its headers."""
    for path in ADDRESSES:
        for header in ("Host", "X-Forwarded-Host"):
            host = "hostile.example:8123" if header == "Host" else "localhost"
            answer = made(url).get(path, headers={"Host": host} | {header: "hostile.example:8123"})
            assert b"hostile.example" not in answer.data, path
            assert "hostile.example" not in str(answer.headers), path


ODD_HOSTS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30).map("9q{}z7".format)
"""Marked, so that none is by chance what stands in the answer anyway, as an address of ours."""


@given(ODD_HOSTS)
@profile(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_header_never_comes_back(made: Make, host: str) -> None:
    for path in ("/search.atom?q=lao&size=1", "/cite/bib?id=markup", "/sitemap.xml", "/robots.txt"):
        answer = made("").get(path, environ_overrides={"HTTP_HOST": host})
        assert is_loopback(host) or host.encode() not in answer.data


_NO_NAMES = ["a..b", ".a", "a" * 64, "xn--a", "a..b:8080", "é.vn", "a b", "[::1", "a:b:c"]


@pytest.mark.parametrize("host", _NO_NAMES)
@pytest.mark.parametrize("path", ["/", "/?q=lao", "/search.atom?q=lao", "/robots.txt", "/api/search?q=lao"])
def test_a_host_that_no_name_can_be_is_any_other_host(made: Make, host: str, path: str) -> None:
    app, builder = made("").application, EnvironBuilder(path)
    status = {
        name: run_wsgi_app(app.wsgi_app, builder.get_environ() | {"HTTP_HOST": name})[1]
        for name in (host, "other.example")
    }
    assert status[host] == status["other.example"]


def test_ids_are_the_same_at_every_address(made: Make, settings: Settings) -> None:
    uuid, path = open_reading(settings).uuid, "/search.atom?q=lao+cai&size=3&page="
    asked = [("", EVIL, 1), ("", "localhost:1", 2), (AT_ROOT, "127.0.0.1", 1), (BELOW, "example.vn", 1)]
    feeds = [xml(get(made(url), f"{path}{page}", host).data) for url, host, page in asked]
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds}) == 1
    ids = [[one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] for feed in feeds]
    assert ids[0] == ids[2] == ids[3]
    assert len({*ids[0], *ids[1]}) == 6
    assert all(f":{uuid}/article/" in (one or "") for one in ids[0])
