"""Is the description of the API whole, valid and true? Every answer fits the schema that it names."""

import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from marshmallow import Schema
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search_app.formats.answers.article import ArticleAnswer, ChangesAnswer, ExplainAnswer
from search_app.formats.answers.items import (
    CollocationsAnswer,
    ComparisonAnswer,
    KeywordsAnswer,
    NgramsAnswer,
)
from search_app.formats.answers.search import SearchAnswer
from search_app.formats.answers.state import (
    AliveAnswer,
    CoverageAnswer,
    FaultAnswer,
    HealthAnswer,
    SuggestAnswer,
)

EXAMPLES = int(os.environ.get("KHOBAO_API_EXAMPLES", "25"))
"""Requests an address; `make api` sends 10,000 in all."""


@pytest.fixture(scope="session")
def api(app: Flask) -> BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


def test_it_is_valid_openapi_3_1(client: FlaskClient) -> None:
    description = client.get("/api/openapi.json").get_json()
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_address_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = set(client.get("/api/openapi.json").get_json()["paths"])
    rules = {rule.rule.replace("<article:article_id>", "{article_id}") for rule in app.url_map.iter_rules()}
    ours = {rule for rule in rules if rule.startswith(("/api/", "/healthz"))}
    assert ours - {"/api/openapi.json"} == described


@pytest.mark.parametrize(
    "path",
    [
        "/api/search",
        "/api/article/{article_id}",
        "/api/explain/{article_id}",
        "/api/changes/{article_id}",
        "/api/collocations",
        "/api/keywords",
        "/api/ngrams",
        "/api/compare",
        "/api/receipt",
        "/api/suggest",
        "/api/coverage",
        "/healthz",
        "/healthz/live",
        "/healthz/ready",
    ],
)
def test_no_request_breaks_it_or_is_answered_otherwise(api: BaseSchema, path: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=api[path]["GET"].as_strategy())
    def check(case: "schemathesis.Case[Any]") -> None:
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"},  # the test's client unpacks nothing
            checks=[
                not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_schema_conformance,
            ],
        )

    check()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/api/search?q=lao+cai", SearchAnswer),
        ("/api/search?q=laof+cai&size=3", SearchAnswer),
        ("/api/search?q=ubnd+y%C3%AAn+b%C3%A1i", SearchAnswer),
        ("/api/search?q=%22a+(&lang=en", SearchAnswer),
        ("/search.json?q=lao+cai", SearchAnswer),
        ("/api/article/bsh-2014-002?q=lao+cai", ArticleAnswer),
        ("/article/bsh-2014-002.json", ArticleAnswer),
        ("/api/explain/bsh-2014-002?q=lao+cai", ExplainAnswer),
        ("/api/changes/ktcl-2013-001", ChangesAnswer),
        ("/api/collocations?q=gi%C3%A1", CollocationsAnswer),
        ("/collocations.json?q=xyzzy&unit=syllable", CollocationsAnswer),
        ("/api/keywords?q=gi%C3%A1&direction=asc", KeywordsAnswer),
        ("/keywords.json", KeywordsAnswer),
        ("/api/ngrams?length=3", NgramsAnswer),
        ("/api/compare?q=gi%C3%A1&other_q=l%C3%BAa&other_from=2013", ComparisonAnswer),
        ("/api/compare?q=gi%C3%A1&other_from=x", FaultAnswer),
        ("/api/suggest?q=lao", SuggestAnswer),
        ("/api/coverage", CoverageAnswer),
        ("/coverage.json", CoverageAnswer),
        ("/healthz", HealthAnswer),
        ("/healthz/live", AliveAnswer),
        ("/healthz/ready", HealthAnswer),
        ("/api/article/khong-co", FaultAnswer),
        ("/api/search?page=0", FaultAnswer),
    ],
)
def test_full_answers_fit_their_schemas(client: FlaskClient, path: str, answer: type[Schema]) -> None:
    """What generated requests hardly find: answers that are full."""
    assert answer().validate(client.get(path).get_json()) == {}
