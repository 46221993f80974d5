"""Which addresses are there? One table: a row for each, with all that is true of it.

A new page is a row here, a view, a template and its tests. From the table come the addresses themselves, the
page's JSON and CSV and the links to them, what may be kept for how long, what has a budget, and what crawlers
are told; docs/programs.md and the tests are held against it.
"""

from collections.abc import Callable

from flask import Flask, Response

from search_app.api import views as api
from search_app.web import coverage, discovery, export, feeds, reading, static_files, twins, views
from search_app.web.route import Evaluation, Freshness, Route, attach_routes
from search_app.web.twins import twin_answer, with_suffixes

_NOTHING, _BUDGETED, _UNLIMITED = Evaluation.NOTHING, Evaluation.BUDGETED, Evaluation.UNLIMITED
_ID = "<article:article_id>"
_FORM = ".<any(json, csv):form>"

ROUTES: tuple[Route, ...] = (
    Route("web.search", ("/",), views.search, _BUDGETED),
    Route(
        "web.article", (f"/article/{_ID}",), reading.article, _BUDGETED, table=twins.article, json=api.article
    ),
    Route("web.versions", (f"/versions/{_ID}",), reading.versions, _NOTHING, table=twins.versions),
    Route(
        "web.why", (f"/why/{_ID}",), views.why, _BUDGETED, table=twins.why, json=api.explain, hidden="why/"
    ),
    Route("coverage.raw", (f"/raw/{_ID}",), coverage.raw, _NOTHING, hidden="raw/"),
    Route(
        "web.changes", (f"/changes/{_ID}",), views.changes, _BUDGETED, table=twins.changes, json=api.changes
    ),
    Route("web.facet", ("/facet/<name>",), views.facet, _BUDGETED, table=twins.facet),
    Route("web.timeline", ("/timeline",), None, _BUDGETED, table=twins.timeline),
    Route("web.basket", ("/basket",), reading.basket, _BUDGETED, table=twins.basket),
    Route("web.citations", ("/cite/<style>",), reading.citations, _BUDGETED),
    Route("web.how", ("/help",), views.how, _NOTHING),
    Route("web.style", ("/style",), reading.style, _NOTHING),
    Route("web.api_page", ("/api",), views.api_page, _NOTHING),
    Route("web.static", ("/static/<path:filename>",), static_files.static, _NOTHING, Freshness.ITS_OWN),
    Route("api.search", ("/api/search", "/search.json"), api.search, _BUDGETED, hidden="api/"),
    Route("api.article", (f"/api/article/{_ID}",), api.article, _BUDGETED, hidden="api/"),
    Route("api.explain", (f"/api/explain/{_ID}",), api.explain, _BUDGETED, hidden="api/"),
    Route("api.changes", (f"/api/changes/{_ID}",), api.changes, _BUDGETED, hidden="api/"),
    Route("api.suggest", ("/api/suggest",), api.suggest, _BUDGETED, Freshness.MINUTE, hidden="api/"),
    Route("api.coverage", ("/api/coverage",), api.coverage, _NOTHING, hidden="api/"),
    Route("api.openapi", ("/api/openapi.json",), api.openapi, _NOTHING, hidden="api/"),
    Route("api.health", (api.HEALTH,), api.health, _NOTHING, Freshness.ALWAYS),
    Route(
        "coverage.coverage", ("/coverage",), coverage.coverage, _NOTHING,
        table=twins.coverage, json=api.coverage,
    ),
    Route(
        "coverage.missing", ("/coverage/<any(undated, short):what>",), coverage.missing, _NOTHING,
        table=twins.missing, hidden="coverage/",
    ),
    Route(
        "coverage.refused", ("/coverage/refused",), coverage.refused, _NOTHING,
        table=twins.refused, hidden="coverage/",
    ),
    Route(
        "coverage.refused_raw", ("/coverage/refused/<int:number>/raw",), coverage.refused_raw, _NOTHING,
        hidden="coverage/",
    ),
    Route("export.results", ("/search.csv",), export.results, _UNLIMITED, hidden="search."),
    Route("feeds.atom", ("/search.atom",), feeds.atom, _BUDGETED, hidden="search."),
    Route("discovery.opensearch", ("/opensearch.xml",), discovery.opensearch, _NOTHING),
    Route("discovery.suggestions", ("/suggestions.json",), discovery.suggestions, _BUDGETED),
    Route("discovery.sitemap_index", ("/sitemap.xml",), discovery.sitemap_index, _NOTHING),
    Route("discovery.sitemap", ("/sitemap-<int:number>.xml",), discovery.sitemap, _NOTHING),
    Route("discovery.robots", ("/robots.txt",), discovery.robots, _NOTHING),
)  # fmt: skip


def register(app: Flask) -> None:
    """Lets an app answer at every address of the table."""
    attach_routes(app, ROUTES)
    for route in ROUTES:
        view = route.view
        if view is not None and route.table is not None and _ends_in_an_id(route):
            view = with_suffixes(view, _twins(route))
        if view is not None:
            for rule in route.rules:
                app.add_url_rule(rule, endpoint=route.endpoint, view_func=view)
        if route.table is not None and not _ends_in_an_id(route):
            for rule in route.rules:
                app.add_url_rule(rule + _FORM, endpoint=route.twins_endpoint, view_func=_twins(route))


def _ends_in_an_id(route: Route) -> bool:
    """Whether a suffix cannot be told from the address: an id may end as one does."""
    return route.rules[0].endswith(_ID)


def _twins(route: Route) -> Callable[..., Response]:
    def answer(form: str, **names: str) -> Response:
        return twin_answer(route, form, **names)

    return answer
