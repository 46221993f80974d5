"""How is the API described? As OpenAPI 3.1, made from the views, their parameters and their answers.

A view says with :func:`answers` what it takes and gives; the description is read off the app's own map of
addresses, so that a view without one is found by a test.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeVar

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import Schema
from werkzeug.routing import Rule

from search_app.formats.answers.state import FaultAnswer
from search_app.public_url import PublicUrl

OPENAPI = "3.1.0"
_ARTICLE = "article_id"
_VIEW = "_khobao_described"
_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_FAULTS = {
    400: "a parameter or a query that cannot be",
    404: "the archive holds no such article",
    410: "the article is withdrawn; it is answered with its citation, the reason and the moment",
    405: "another method than GET",
    413: "a body that is too long",
    414: "an address that is too long",
    421: "a host that is not that of the public address",
    500: "a bug",
    503: "the archive or the index cannot be read",
}
_OF_AN_ARTICLE = (404, 410)
"""Of every address that names an article: search_app.web.withdrawn looks before its view is called."""
_EVERYWHERE = (400, 405, 413, 414, 421, 500, 503)

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Described:
    """What a view takes and gives."""

    asked: type[Schema]
    answer: type[Schema]
    faults: tuple[int, ...]


def answers(asked: type[Schema], answer: type[Schema], *faults: int) -> Callable[[View], View]:
    """Says of a view what it takes and gives; ``faults`` beside those of every view, and of its address."""

    def describe(view: View) -> View:
        setattr(view, _VIEW, Described(asked, answer, faults))
        return view

    return describe


def description(app: Flask, address: PublicUrl | None = None) -> dict[str, Any]:
    """The description of every view that says what it takes and gives.

    Args:
        address: the public address; None: that at which the description was had.
    """
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Kho Báo",
        version=version("khobao"),
        openapi_version=OPENAPI,
        plugins=[plugin],
        info={
            "description": "Search in an archive of Vietnamese newspapers. Everything is read with GET;"
            " totals and counts are exact.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
    )
    if address:
        spec.options["servers"] = [{"url": str(address).rstrip("/")}]
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        view = app.view_functions[rule.endpoint]
        described: Described | None = getattr(view, _VIEW, None)
        if described and not rule.rule.endswith(".json"):  # the twin of a page says what its address says
            spec.path(
                _VARIABLE.sub(r"{\1}", rule.rule), operations={"get": _operation(rule, view, described)}
            )
    return spec.to_dict()


def _operation(rule: Rule, view: Callable[..., Any], described: Described) -> dict[str, Any]:
    variables = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in sorted(rule.arguments)
    ]
    of_an_article = _OF_AN_ARTICLE if _ARTICLE in rule.arguments else ()
    ok = {"description": "the answer", "content": _json(described.answer)}
    faults = {
        str(status): {"description": _FAULTS[status], "content": _json(FaultAnswer)}
        for status in sorted({*_EVERYWHERE, *of_an_article, *described.faults})
    }
    return {
        "operationId": view.__name__,
        "summary": (view.__doc__ or "").partition("\n")[0],
        "parameters": [*variables, {"in": "query", "schema": described.asked}],
        "responses": {"200": ok, **faults},
    }


def _json(schema: type[Schema]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _name(schema: type[Schema] | Schema | str) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__
