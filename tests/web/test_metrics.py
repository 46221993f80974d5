"""Who may read the metrics, and what do they count? By route and code, and nothing that a client sends."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from indexer.engine import INDEX_FORMAT
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.settings import Settings, read_settings
from search_app.turns import Turns

Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    """Each sample of a text of metrics, by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def read(client: FlaskClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return samples(answer.text)


def value(found: Samples, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


PROXIED = ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto", "X-Forwarded-Host"]


@pytest.mark.parametrize("client_address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_a_program_on_this_machine_may_read_them(client: FlaskClient, client_address: str) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": client_address}).status_code == 200


@pytest.mark.parametrize("client_address", ["192.0.2.7", "2001:db8::1", "10.0.0.1", "", "unix:"])
@pytest.mark.parametrize("header", ["", "X-Forwarded-For", "X-Real-IP"])
def test_no_other_may_whatever_its_headers_say(client: FlaskClient, client_address: str, header: str) -> None:
    headers = {header: "127.0.0.1"} if header else {}
    answer = client.get("/metrics?lang=en", environ_base={"REMOTE_ADDR": client_address}, headers=headers)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not-local")
    assert "KHOBAO_METRICS=1" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize("header", PROXIED)
def test_nor_may_who_comes_by_a_proxy_of_this_machine(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_the_remedy_that_is_named_opens_them(settings: Settings) -> None:
    opened = replace(settings, shows_metrics=True)
    client = create_app(open_service(opened), opened).test_client()
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers={"Via": "1.1 proxy"})
    assert answer.status_code == 200


@pytest.mark.parametrize(("set_to", "is_on"), [("1", True), ("0", False), ("", False), (None, False)])
def test_what_is_private_is_on_only_where_its_variable_says_so(set_to: str | None, is_on: bool) -> None:
    names = {
        "KHOBAO_METRICS": "shows_metrics",
        "KHOBAO_LOG": "logs_requests",
        "KHOBAO_LOG_QUERIES": "logs_queries",
    }
    for variable, attribute in names.items():
        made = read_settings(None, {} if set_to is None else {variable: set_to})
        assert [getattr(made, name) for name in names.values()] == [
            is_on and name == attribute for name in names.values()
        ]


@pytest.mark.parametrize(
    ("path", "route", "status", "code"),
    [
        ("/?q=lao+cai", "web.search", "2xx", ""),
        ("/article/bsh-2014-002", "web.article", "2xx", ""),
        ("/facet/source.csv", "twins.facet", "2xx", ""),
        ("/api/search?page=abc", "api.search", "4xx", "bad-parameter"),
        ("/?q=" + "a" * 33_000, "web.search", "4xx", "too-large"),
        ("/nothing/here", "unknown", "4xx", "not-found"),
        ("/search.csv?q=nguoi", "export.results", "2xx", ""),
    ],
)
def test_a_request_is_counted_once_by_its_route(
    client: FlaskClient, path: str, route: str, status: str, code: str
) -> None:
    before = read(client)
    client.get(path, buffered=True)
    after = read(client)

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("khobao_requests_total", route=route, status=status) == 1
    assert more("khobao_request_duration_seconds_count", route=route) == 1
    if code:
        assert more("khobao_request_faults_total", code=code) == 1


def test_another_method_and_head_are_counted_too(client: FlaskClient) -> None:
    before = read(client)
    client.post("/", buffered=True)
    client.head("/search.csv?q=nguoi", buffered=True)
    after = read(client)
    for name, route, status in (("unknown", "unknown", "4xx"), ("head", "export.results", "2xx")):
        labels = {"route": route, "status": status}
        assert value(after, "khobao_requests_total", **labels) == (
            value(before, "khobao_requests_total", **labels) + 1
        ), name


def test_a_request_that_is_refused_for_lack_of_a_turn_is_counted(settings: Settings) -> None:
    turns = Turns(at_once=1, patience=0)
    turns.enter()  # somebody works, and nobody waits
    client = create_app(open_service(settings), settings, turns).test_client()
    before = read(client)  # itself needs no turn, nor do the signs of life
    assert client.get("/api/search?q=a", buffered=True).status_code == 503
    assert client.get("/healthz/live").status_code == client.get("/healthz/ready").status_code == 200
    after = read(client)
    assert value(after, "khobao_request_faults_total", code="busy") == (
        value(before, "khobao_request_faults_total", code="busy") + 1
    )


def test_they_say_what_the_archive_and_the_index_hold(client: FlaskClient, app: Flask) -> None:
    found = read(client)
    health = app.test_client().get("/healthz").get_json()
    for name, key in (
        ("khobao_articles", "articles"),
        ("khobao_articles_indexed", "indexed"),
        ("khobao_archive_change_number", "archive_number"),
        ("khobao_index_change_number", "index_number"),
    ):
        assert value(found, name) == health[key]
    assert value(found, "khobao_index_format_number") == INDEX_FORMAT
    assert value(found, "khobao_archive_readable") == 1
    refused = client.get("/api/coverage").get_json()["refused"]
    for one in refused:
        held = [
            value(found, "khobao_refusals", reason=one["reason"], taken_later=taken)
            for taken in ("yes", "no")
        ]
        assert held == [one["taken"], one["refusals"] - one["taken"]]


def test_no_label_is_made_of_what_a_client_sends(client: FlaskClient) -> None:
    for path in (
        "/?q=bimat",
        "/bimat",
        "/article/bimat?lang=bimat",
        "/api/search?page=bimat",
        "/facet/bimat",
    ):
        client.get(path, headers={"User-Agent": "bimat", "Host": "bimat.example"})
    client.open("/", method="BIMAT")
    assert "bimat" not in client.get("/metrics").text.lower()
