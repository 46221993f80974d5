"""What a query may cost on page and API: a budget of nothing is passed at once, so nothing is timed."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.errors import UserError
from indexer.budget import OverBudgetError, QueryPart, Stage
from indexer.query import Dates, Match
from search_app.api.overdue import overdue
from search_app.api.parameter_schemas import SearchParameters
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.query.grammar import understand
from search_app.settings import QUERY_SECONDS, Settings, read_query_seconds
from search_app.turns import BusyError, Turns
from search_app.web.route import Evaluation, Route
from search_app.web.routes import ROUTES
from tests.web.samples import sample_addresses

ID = "ktcl-2013-001"
EVALUATING = {
    "web.search": "/?q=gạo",
    "web.facet": "/facet/source?q=gạo",
    "web.article": f"/article/{ID}?q=gạo",
    "web.why": f"/why/{ID}?q=gạo",
    "web.concordance": "/concordance?q=gạo",
    "web.changes": f"/changes/{ID}",
    "web.history": "/changes?q=gạo",
    "web.timeline": "/timeline?q=gạo",
    "web.timeline_svg": "/timeline.svg?q=gạo",
    "api.timeline": "/api/timeline?q=gạo",
    "web.basket": f"/basket?id={ID}",
    "web.cite": f"/cite?id={ID}",
    "web.citations": f"/cite/bib?id={ID}",
    "api.search": "/api/search?q=gạo",
    "api.article": f"/api/article/{ID}?q=gạo",
    "api.explain": f"/api/explain/{ID}?q=gạo",
    "api.changes": f"/api/changes/{ID}",
    "web.collocations": "/collocations?q=gạo",
    "web.keywords": "/keywords?q=gạo",
    "web.ngrams": "/ngrams?q=gạo",
    "web.compare": "/compare?q=gạo&other_q=lúa",
    "api.collocations": "/api/collocations?q=gạo",
    "api.keywords": "/api/keywords?q=gạo",
    "api.ngrams": "/api/ngrams?q=gạo",
    "api.compare": "/api/compare?q=gạo",
    "twins.collocations": "/collocations.csv?q=gạo",
    "twins.keywords": "/keywords.csv?q=gạo",
    "twins.ngrams": "/ngrams.csv?q=gạo",
    "twins.compare": "/compare.csv?q=gạo",
    "api.concordance": "/api/concordance?q=gạo&group=left",
    "api.suggest": "/api/suggest?q=gia+v",
    "discovery.suggestions": "/suggestions.json?q=gia+v",
    "feeds.atom": "/search.atom?q=gạo",
    "twins.history": "/changes.json?q=gạo",
    "twins.concordance": "/concordance.json?q=gạo",
    "twins.facet": "/facet/source.csv?q=gạo",
    "twins.timeline": "/timeline.json?q=gạo",
    "twins.basket": f"/basket.json?id={ID}",
    "export.page": "/export?q=gạo",
    "pages.timeline": "/export/timeline?q=gạo",
    "pages.concordance": "/export/concordance?q=gạo",
    "pages.collocations": "/export/collocations?q=gạo",
    "pages.keywords": "/export/keywords?q=gạo",
    "pages.ngrams": "/export/ngrams?q=gạo",
    "pages.compare": "/export/compare?q=gạo&other_q=lúa",
    "pages.facet": "/export/facet/source?q=gạo",
    "receipts.timeline": "/timeline.receipt.json?q=gạo",
    "receipts.collocations": "/collocations.receipt.json?q=gạo",
    "receipts.keywords": "/keywords.receipt.json?q=gạo",
    "receipts.ngrams": "/ngrams.receipt.json?q=gạo&form=jsonl",
    "receipts.compare": "/compare.receipt.json?q=gạo",
    "receipts.facet": "/facet/source.receipt.json?q=gạo",
}


def app_of(settings: Settings, turns: Turns | None = None, **changed: float) -> Flask:
    return create_app(open_service(settings), replace(settings, **changed), turns)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def hurried(settings: Settings) -> FlaskClient:
    """A client of an app whose queries may take no time."""
    return app_of(settings, query_seconds=0.0).test_client()


def _route_of(endpoint: str) -> Route:
    return next(route for route in ROUTES if endpoint in {route.endpoint, route.twins_endpoint})


def test_every_address_that_evaluates_a_query_is_tried(app: Flask) -> None:
    """A new address must say in its row which of both it does."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    evaluating = {one for one in endpoints if _route_of(one).evaluation is Evaluation.BUDGETED}
    assert evaluating == set(EVALUATING)


def test_what_evaluates_no_query_is_answered_without_any_budget(
    app: Flask, client: FlaskClient, hurried: FlaskClient
) -> None:
    addresses = sample_addresses(app)
    addresses = {one: path for one, path in addresses.items() if one not in EVALUATING}
    for path in addresses.values():
        assert hurried.get(path, buffered=True).status_code == client.get(path, buffered=True).status_code
    assert len(addresses) > 15


@pytest.mark.parametrize("path", EVALUATING.values(), ids=EVALUATING)
def test_a_query_past_the_budget_gets_503_and_nothing_of_what_was_found(
    client: FlaskClient, hurried: FlaskClient, path: str
) -> None:
    assert client.get(path, buffered=True).status_code == 200
    title = client.get(f"/api/article/{ID}").get_json()["title"]

    answer = hurried.get(path, buffered=True)

    assert answer.status_code == 503
    assert title not in answer.text
    assert "khobao search" in answer.text


@pytest.mark.parametrize("suffix", [".json", ".csv"])
@pytest.mark.parametrize(
    "page",
    [
        route.rules[0].partition("/<")[0].removeprefix("/")
        for route in ROUTES
        if route.table and route.evaluation is Evaluation.BUDGETED and route.rules[0].endswith("id>")
    ],
)
def test_the_twins_of_a_page_have_its_budget(hurried: FlaskClient, page: str, suffix: str) -> None:
    assert hurried.get(f"/{page}/{ID}{suffix}?q=gạo").status_code == 503


@pytest.mark.parametrize(
    "path",
    [
        "/search.csv?q=gạo",
        "/search.bib?q=gạo",
        "/search.jsonl?q=gạo&fields=id,context",
        "/concordance.jsonl?q=gạo",
    ],
)
def test_an_export_has_no_budget_and_is_byte_for_byte_the_same(
    client: FlaskClient, hurried: FlaskClient, path: str
) -> None:
    usual, unhurried = client.get(path), hurried.get(path)

    assert unhurried.status_code == 200
    assert unhurried.data == usual.data
    assert len(usual.data.splitlines()) > 2


def test_programs_are_told_by_code_that_it_was_the_budget(hurried: FlaskClient) -> None:
    assert hurried.get("/api/search?q=gạo").get_json()["error"]["code"] == "over-budget"


def _leaf(query: str) -> QueryPart:
    found = understand(query).query
    assert isinstance(found, Match | Dates)
    return found


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (_leaf('"giá vàng"~20'), ('"giá vàng"~20', "smaller number after ~")),
        (_leaf('tiêu_đề:"giá vàng"~20'), ('tiêu_đề:"giá vàng"~20', "smaller number after ~")),
        (_leaf("t*"), ("t*", "more letters before the star")),
        (_leaf("vàng"), ("vàng", "leave it out")),
        (_leaf("ngày:2013-05"), ("ngày:2013-05", "leave it out")),
        (Stage.CORRECTION, ("as_typed=1",)),
        (Stage.EXPANSION, ("widen=0",)),
        (Stage.HIGHLIGHTING, ("smaller page",)),
        (Stage.RANKING, ("by date or source",)),
    ],
)
def test_the_costliest_part_is_named_as_typed_and_how_to_ask_for_less(
    part: QueryPart, said: tuple[str, ...]
) -> None:
    message = str(overdue(OverBudgetError(part, 10.0)))

    assert all(one in message for one in (*said, "longer than 10 seconds", "nothing is shown"))
    named = set(re.findall(r"(\w+)=[01]", message))
    assert named <= SearchParameters().fields.keys(), "a remedy that is no parameter helps nobody"


def test_where_no_place_is_left_the_answer_says_to_ask_again(settings: Settings) -> None:
    turns = Turns(1, patience=0)
    turns.enter()
    answer = app_of(settings, turns).test_client().get("/api/search?q=gạo")

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_request_gives_its_place_back_however_it_ends(settings: Settings) -> None:
    turns = Turns(1, patience=0)
    client = app_of(settings, turns, query_seconds=0.0).test_client()
    for path in ("/?q=gạo", "/nowhere", "/?page=x", "/search.csv?q=gạo", "/static/page.css", "/help"):
        client.get(path, buffered=True)
    assert (turns._young, turns._old, len(turns._streams)) == (0, 0, 0)


def test_a_stream_takes_no_place_between_its_pieces_and_is_counted_until_it_is_left(
    settings: Settings,
) -> None:
    turns = Turns(1, most_streams=1, patience=0)
    client = app_of(settings, turns).test_client()
    stream = client.get("/search.csv?q=gạo")
    assert (turns._young, turns._old, len(turns._streams)) == (0, 0, 1)
    next(iter(stream.response))
    assert client.get("/api/search?q=gạo").status_code == 200
    with pytest.raises(BusyError):
        turns.open_stream()
    stream.close()
    assert not turns._streams


@pytest.mark.parametrize(("given", "seconds"), [({}, QUERY_SECONDS), ({"KHOBAO_QUERY_SECONDS": "2.5"}, 2.5)])
def test_the_budget_is_what_the_environment_says(given: Mapping[str, str], seconds: float) -> None:
    assert read_query_seconds(given) == seconds


@pytest.mark.parametrize("given", ["ten", "0", "-1", "nan", "inf", "1e999"])
def test_a_budget_that_is_no_time_is_refused_with_its_value(given: str) -> None:
    with pytest.raises(UserError, match="KHOBAO_QUERY_SECONDS"):
        read_query_seconds({"KHOBAO_QUERY_SECONDS": given})
