"""Which addresses are there? One table: a row for each, with all that is true of it.

A new page is a row here, a view, a template and its tests. From the table come the addresses themselves, the
page's JSON and CSV and the links to them, what may be kept for how long, what has a budget, and what crawlers
are told, which parameters are honoured; docs/programs.md and the tests are held against it.
"""

from functools import partial

from flask import Flask
from flask.typing import ResponseReturnValue

from search_app.api import item_views
from search_app.api import views as api
from search_app.api.parameter_schemas import (
    ArticleParameters,
    ChangesParameters,
    CollocationParameters,
    ComparisonParameters,
    ConcordanceParameters,
    CoverageParameters,
    FacetParameters,
    HistoryParameters,
    KeywordParameters,
    NgramParameters,
    SearchParameters,
    SuggestParameters,
    TrendParameters,
    names_of,
)
from search_app.api.parameters import AGAINST, AS_OF, AT, CURSOR, EXACT, LAST, ROWS, SPREADSHEET, VERSION
from search_app.api.view_pins import COLLOCATIONS, COMPARE, CONCORDANCE, KEYWORDS, NGRAMS, TIMELINE
from search_app.web import (
    citing,
    concordance,
    coverage,
    discovery,
    feeds,
    history,
    identifiers,
    item_pages,
    reading,
    static_files,
    timeline,
    twins,
    views,
    withdrawal_feed,
)
from search_app.web.export_routes import EXPORT_ROUTES
from search_app.web.interfaces import checked, refuse_others
from search_app.web.metrics import METRICS, metrics
from search_app.web.oai.arguments import ARGUMENTS
from search_app.web.oai.view import oai
from search_app.web.route import TWINS, Evaluation, Freshness, Parameters, Route, View, attach_routes
from search_app.web.twins import twin_answer, with_suffixes
from search_app.web.view_rows import facet_rows, rows_of
from search_app.web.withdrawn import ARTICLE, answer_shown

_NOTHING, _BUDGETED = Evaluation.NOTHING, Evaluation.BUDGETED
_ID = f"<article:{ARTICLE}>"
_FORM = f".<any({', '.join(TWINS)}):form>"


def _only(*names: str) -> Parameters:
    return frozenset(names)


_QUERY = names_of(ArticleParameters)
_STATE = names_of(SearchParameters)
"""A page carries the state of the search in its links, so that a reader comes back to it."""
_HISTORY = names_of(HistoryParameters)
_CONCORDANCE = names_of(ConcordanceParameters)
_FACET_VALUES = names_of(FacetParameters)
_CSV = _only(SPREADSHEET)
_WINDOW = _only("page", "size")
"""What the CSV of a list does not take: it holds all of it."""
_PART = _only(CURSOR, ROWS)
"""What a file takes that is taken in parts."""
_COLLOCATIONS, _KEYWORDS = names_of(CollocationParameters), names_of(KeywordParameters)
_NGRAMS, _COMPARISON = names_of(NgramParameters), names_of(ComparisonParameters)
_TREND = names_of(TrendParameters)
_CITED = _only("id", VERSION, AS_OF, EXACT, AT, LAST)

ROUTES: tuple[Route, ...] = (
    Route("web.search", ("/",), views.search, _BUDGETED, parameters=_STATE),
    Route(
        "web.article", (f"/article/{_ID}",), reading.article, _BUDGETED, table=twins.article,
        json=api.article, parameters=_STATE | {AT}, json_parameters=_QUERY, csv_parameters=_CSV | {AS_OF},
    ),
    Route(
        "web.versions", (f"/versions/{_ID}",), reading.versions, _NOTHING, table=twins.versions,
        parameters=_STATE | {"older", "newer"}, csv_parameters=_CSV,
    ),
    Route(
        "web.why", (f"/why/{_ID}",), views.why, _BUDGETED, table=twins.why, json=api.explain, hidden="why/",
        parameters=_STATE, json_parameters=_QUERY, csv_parameters=_QUERY | _CSV,
    ),
    Route("coverage.raw", (f"/raw/{_ID}",), coverage.raw, _NOTHING, hidden="raw/", parameters=_only("as")),
    Route(
        "web.changes", (f"/changes/{_ID}",), views.changes, _BUDGETED, table=twins.changes, json=api.changes,
        parameters=_STATE | {AGAINST}, json_parameters=_only(AGAINST), csv_parameters=_CSV | {AGAINST},
    ),
    Route(
        "web.history", ("/changes",), history.history, _BUDGETED, table=history.history_rows,
        json=history.history_json, hidden="changes?", parameters=_HISTORY, json_parameters=_HISTORY,
        csv_parameters=_CSV | _HISTORY - {"page"},
    ),
    Route(
        "web.concordance", ("/concordance",), concordance.concordance, _BUDGETED,
        table=rows_of(CONCORDANCE), json=api.concordance, hidden="concordance",
        parameters=_CONCORDANCE, json_parameters=_CONCORDANCE,
        csv_parameters=_CSV | _PART | _CONCORDANCE - _WINDOW,
    ),
    Route(
        "web.facet", ("/facet/<name>",), views.facet, _BUDGETED, table=facet_rows,
        parameters=_STATE | _FACET_VALUES, json_parameters=_FACET_VALUES,
        csv_parameters=_FACET_VALUES | _CSV | _PART,
    ),
    Route(
        "web.timeline", ("/timeline",), timeline.timeline, _BUDGETED, table=rows_of(TIMELINE),
        hidden="timeline", parameters=_TREND, json_parameters=_TREND, csv_parameters=_TREND | _CSV | _PART,
    ),
    Route(
        "web.timeline_svg", ("/timeline.svg",), timeline.timeline_svg, _BUDGETED, hidden="timeline",
        parameters=_TREND,
    ),
    Route(
        "web.collocations", ("/collocations",), item_pages.collocations, _BUDGETED,
        table=rows_of(COLLOCATIONS), json=item_views.collocations, hidden="collocations",
        parameters=_COLLOCATIONS, json_parameters=_COLLOCATIONS,
        csv_parameters=_COLLOCATIONS - _WINDOW | _CSV | _PART,
    ),
    Route(
        "web.keywords", ("/keywords",), item_pages.keywords, _BUDGETED, table=rows_of(KEYWORDS),
        json=item_views.keywords, hidden="keywords", parameters=_KEYWORDS, json_parameters=_KEYWORDS,
        csv_parameters=_KEYWORDS - _WINDOW | _CSV | _PART,
    ),
    Route(
        "web.ngrams", ("/ngrams",), item_pages.ngrams, _BUDGETED, table=rows_of(NGRAMS),
        json=item_views.ngrams, hidden="ngrams", parameters=_NGRAMS, json_parameters=_NGRAMS,
        csv_parameters=_NGRAMS - _WINDOW | _CSV | _PART,
    ),
    Route(
        "web.compare", ("/compare",), item_pages.compare, _BUDGETED, table=rows_of(COMPARE),
        json=item_views.compare, hidden="compare", parameters=_COMPARISON, json_parameters=_COMPARISON,
        csv_parameters=_COMPARISON | _CSV | _PART,
    ),
    Route(
        "web.basket", ("/basket",), reading.basket, _BUDGETED, table=twins.basket,
        parameters=_only("id"), json_parameters=_only("id"), csv_parameters=_CSV | _only("id"),
    ),
    Route("web.cite", ("/cite",), citing.citing, _BUDGETED, hidden="cite", parameters=_CITED),
    Route("web.citations", ("/cite/<style>",), citing.citations, _BUDGETED, parameters=_CSV | _CITED),
    Route("web.identified", ("/id/<identifier:identifier>",), identifiers.identified, _NOTHING),
    Route("web.how", ("/help",), views.how, _NOTHING),
    Route("web.style", ("/style",), reading.style, _NOTHING),
    Route("web.api_page", ("/api",), views.api_page, _NOTHING),
    Route(
        "web.static", ("/static/<path:filename>",), static_files.static, _NOTHING, Freshness.ITS_OWN,
        parameters=_only("v"),
    ),
    Route(
        "api.search", ("/api/search", "/search.json"), api.search, _BUDGETED, hidden="api/", parameters=_STATE
    ),
    Route("api.article", (f"/api/article/{_ID}",), api.article, _BUDGETED, hidden="api/", parameters=_QUERY),
    Route("api.explain", (f"/api/explain/{_ID}",), api.explain, _BUDGETED, hidden="api/", parameters=_QUERY),
    Route(
        "api.changes", (f"/api/changes/{_ID}",), api.changes, _BUDGETED, hidden="api/",
        parameters=names_of(ChangesParameters),
    ),
    Route(
        "api.concordance", ("/api/concordance",), api.concordance, _BUDGETED, hidden="api/",
        parameters=_CONCORDANCE,
    ),
    Route(
        "api.collocations", ("/api/collocations",), item_views.collocations, _BUDGETED, hidden="api/",
        parameters=_COLLOCATIONS,
    ),
    Route(
        "api.keywords", ("/api/keywords",), item_views.keywords, _BUDGETED, hidden="api/",
        parameters=_KEYWORDS,
    ),
    Route("api.ngrams", ("/api/ngrams",), item_views.ngrams, _BUDGETED, hidden="api/", parameters=_NGRAMS),
    Route(
        "api.compare", ("/api/compare",), item_views.compare, _BUDGETED, hidden="api/",
        parameters=_COMPARISON,
    ),
    Route(
        "api.suggest", ("/api/suggest",), api.suggest, _BUDGETED, Freshness.MINUTE, hidden="api/",
        parameters=names_of(SuggestParameters),
    ),
    Route("api.timeline", ("/api/timeline",), api.timeline, _BUDGETED, hidden="api/", parameters=_TREND),
    Route(
        "api.coverage", ("/api/coverage",), api.coverage, _NOTHING, hidden="api/",
        parameters=names_of(CoverageParameters),
    ),
    Route("api.openapi", ("/api/openapi.json",), api.openapi, _NOTHING, hidden="api/"),
    Route("api.health", (api.HEALTH,), api.health, _NOTHING, Freshness.ALWAYS),
    Route("api.alive", (f"{api.HEALTH}/live",), api.alive, _NOTHING, Freshness.ALWAYS, is_prompt=True),
    Route("api.ready", (f"{api.HEALTH}/ready",), api.ready, _NOTHING, Freshness.ALWAYS, is_prompt=True),
    Route("web.metrics", (METRICS,), metrics, _NOTHING, Freshness.ALWAYS, is_prompt=True),
    Route(
        "coverage.coverage", ("/coverage",), coverage.coverage, _NOTHING, table=twins.coverage,
        json=api.coverage, parameters=_only("source"), json_parameters=_only("source"),
        csv_parameters=_CSV | _only("source"),
    ),
    Route(
        "coverage.missing", ("/coverage/<any(undated, short):what>",), coverage.missing, _NOTHING,
        table=twins.missing, hidden="coverage/", parameters=_only("source", "page"),
        json_parameters=_only("source"), csv_parameters=_CSV | _only("source"),
    ),
    Route(
        "coverage.refused", ("/coverage/refused",), coverage.refused, _NOTHING, table=twins.refused,
        hidden="coverage/", parameters=_only("reason", "page"), json_parameters=_only("reason"),
        csv_parameters=_CSV | _only("reason"),
    ),
    Route(
        "coverage.refused_raw", ("/coverage/refused/<int:number>/raw",), coverage.refused_raw, _NOTHING,
        hidden="coverage/",
    ),
    Route(
        "coverage.withdrawals", ("/withdrawals",), coverage.withdrawals, _NOTHING, table=twins.withdrawals,
        parameters=_only("page"), csv_parameters=_CSV,
    ),
    Route(
        "feeds.withdrawals", ("/withdrawals.atom",), withdrawal_feed.withdrawals_atom, _NOTHING,
        parameters=_only("page"),
    ),
    *EXPORT_ROUTES,
    Route("feeds.atom", ("/search.atom",), feeds.atom, _BUDGETED, hidden="search.", parameters=_STATE),
    Route("discovery.opensearch", ("/opensearch.xml",), discovery.opensearch, _NOTHING),
    Route(
        "discovery.suggestions", ("/suggestions.json",), discovery.suggestions, _BUDGETED,
        parameters=names_of(SuggestParameters),
    ),
    Route("discovery.sitemap_index", ("/sitemap.xml",), discovery.sitemap_index, _NOTHING),
    Route("discovery.sitemap", ("/sitemap-<int:number>.xml",), discovery.sitemap, _NOTHING),
    Route(
        "harvest.oai", ("/oai",), oai, _NOTHING, hidden="oai", parameters=ARGUMENTS, has_own_errors=True,
        takes_forms=True,
    ),
    Route("discovery.robots", ("/robots.txt",), discovery.robots, _NOTHING),
)  # fmt: skip


def register(app: Flask) -> None:
    """Lets an app answer at every address of the table."""
    attach_routes(app, ROUTES)
    for route in ROUTES:
        view = route.view
        if view is not None:
            view = checked(route, view)
            if route.table is not None and _ends_in_an_id(route):
                view = with_suffixes(view, _twins(route))
            for rule in route.rules:
                methods = ["GET", "POST"] if route.takes_forms else None
                app.add_url_rule(rule, endpoint=route.endpoint, view_func=view, methods=methods)
        if route.table is not None and not _ends_in_an_id(route):
            for rule in route.rules:
                app.add_url_rule(rule + _FORM, endpoint=route.twins_endpoint, view_func=_twins(route))


def _ends_in_an_id(route: Route) -> bool:
    """Whether a suffix cannot be told from the address: an id may end as one does."""
    return route.rules[0].endswith(_ID)


def _twins(route: Route) -> View:
    def answer(form: str, **variables: str) -> ResponseReturnValue:
        refuse_others(route, form)
        return answer_shown(partial(twin_answer, route, form), variables)

    return answer
