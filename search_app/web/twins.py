"""How is a page had as JSON or CSV? By the suffix of its address, with the same parameters.

What the API answers for a page is its JSON; a page that has no counterpart there is a list of objects, a row
each. ``excel=1`` marks a CSV as UTF-8 for spreadsheets. Lists are whole here, however many pages show them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps

from flask import Blueprint, Response, jsonify, request

from search_app.answer.archive.accounts import Missing
from search_app.api.current import current_service, current_translate
from search_app.api.found import article_page, changes_page, coverage_of_request, versions_of, why_page
from search_app.api.limits import paced
from search_app.api.parameters import search_request
from search_app.api.views import article as article_json
from search_app.api.views import changes as changes_json
from search_app.api.views import explain as why_json
from search_app.formats.page_tables import (
    article_table,
    changes_table,
    coverage_table,
    facts_table,
    refusals_table,
    timeline_table,
    values_table,
    versions_table,
    why_table,
)
from search_app.formats.table import BOM, Table, csv_lines, json_rows
from search_app.web.citations import kept_table
from search_app.web.facet_page import facet_named, values_found
from search_app.web.reading import kept_ids

bp = Blueprint("twins", __name__)

_FORM = "<any(json, csv):form>"

ArticlePage = Callable[[str], str | Response]
ArticleTwin = Callable[[str], Response]


def with_twins(page: ArticlePage, *, json: ArticleTwin, csv: ArticleTwin) -> ArticlePage:
    """A page of one article, and its twins where a suffix stands behind the id.

    An archive's own id may end as a suffix does: it is that article then.
    """

    @wraps(page)
    def answer(article_id: str) -> str | Response:
        for suffix, twin in ((".json", json), (".csv", csv)):
            if article_id.endswith(suffix) and not current_service().browse.kept([article_id]):
                return twin(article_id.removesuffix(suffix))
        return page(article_id)

    return answer


def article(view: ArticlePage) -> ArticlePage:
    """The page of an article with its twins."""
    return with_twins(view, json=article_json, csv=_article_csv)


def why(view: ArticlePage) -> ArticlePage:
    """The page of a score with its twins."""
    return with_twins(view, json=why_json, csv=_why_csv)


def changes(view: ArticlePage) -> ArticlePage:
    """The page of two prints with its twins."""
    return with_twins(view, json=changes_json, csv=_changes_csv)


def versions(view: ArticlePage) -> ArticlePage:
    """The page of an article's versions with its twins."""
    return with_twins(view, json=partial(_versions, form="json"), csv=partial(_versions, form="csv"))


@bp.get(f"/facet/<name>.{_FORM}")
def facet(name: str, form: str) -> Response:
    """The values of a facet."""
    _, values = values_found(facet_named(name), search_request(request.args), request.args)
    return _answer(values_table(values), form, f"facet-{name}")


@bp.get(f"/timeline.{_FORM}")
def timeline(form: str) -> Response:
    """The bars of a search; of the whole archive where nothing is asked."""
    asked = replace(search_request(request.args), page=1, size=1, facets=(), date_histogram=True)
    page = current_service().searching.page(asked)
    if page.timeline is None:
        raise AssertionError("a search that is asked for its spread gives it")
    return _answer(timeline_table(page.timeline), form, "timeline")


@bp.get(f"/basket.{_FORM}")
def basket(form: str) -> Response:
    """The articles of a list of ids."""
    return _answer(kept_table(current_service().browse.kept(kept_ids())), form, "basket")


@bp.get(f"/coverage/<any(undated, short):what>.{_FORM}")
def missing(what: str, form: str) -> Response:
    """All articles without a year, or with hardly a text."""
    facts = current_service().accounts.all_missing(Missing(what), request.args.get("source"))
    return _answer(facts_table(facts), form, what)


@bp.get(f"/coverage/refused.{_FORM}")
def refused(form: str) -> Response:
    """All refused records."""
    found = current_service().accounts.all_refusals(request.args.get("reason", ""))
    return _answer(refusals_table(found, current_translate()), form, "refused")


@bp.get("/coverage.csv")
def coverage() -> Response:
    """Articles by source and day."""
    return csv_answer(coverage_table(coverage_of_request()), "coverage")


def csv_answer(table: Table, name: str) -> Response:
    """A table as a CSV file of this name."""
    lead = BOM if request.args.get("excel") == "1" else ""
    headers = {"Content-Disposition": f"attachment; filename=kho-bao-{name}.csv"}
    return paced(csv_lines(table, lead), mimetype="text/csv", headers=headers)


def _answer(table: Table, form: str, name: str) -> Response:
    return csv_answer(table, name) if form == "csv" else jsonify(json_rows(table))


def _article_csv(article_id: str) -> Response:
    return csv_answer(article_table(article_page(article_id).archived), "article")


def _why_csv(article_id: str) -> Response:
    return csv_answer(why_table(why_page(article_id)), "why")


def _changes_csv(article_id: str) -> Response:
    return csv_answer(changes_table(changes_page(article_id)), "changes")


def _versions(article_id: str, form: str) -> Response:
    return _answer(versions_table(versions_of(article_id)), form, "versions")
