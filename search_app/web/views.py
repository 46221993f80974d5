"""Which addresses answer with a page, and with which?"""

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, make_response, request

from search_app.api.current import current_language, current_service
from search_app.api.faults import Fault, NothingToCompareError, UnknownArticleError
from search_app.api.parameters import AGAINST, not_also, search_request, widening
from search_app.pages import SearchRequest
from search_app.web import narrowing, results
from search_app.web.address import Address
from search_app.web.besides import besides
from search_app.web.marked import marked_article
from search_app.web.mended import mended
from search_app.web.paths import current_paths
from search_app.web.templating import render

bp = Blueprint("web", __name__, static_folder="static", static_url_path="/static")

EXAMPLES = (
    "lao cai",
    '"ruộng bậc thang"',
    'nguồn:"Báo Sông Hồng" lũ',
    "giá gạo ngày:2019..2025",
    "cao tốc -sạt",
)
"""Queries that the home page offers; each finds something in the sample corpus."""


@bp.get("/")
def search() -> str:
    """The home page where nothing is asked, else the results."""
    address = _address()
    asked = search_request(request.args)
    return _results(address, asked) if address.pairs else _home(address, asked)


@bp.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """An article as it was published, what the query means marked."""
    address = _address()
    page = current_service().article(
        article_id, address.query, widen=widening(request.args), not_also=not_also(request.args)
    )
    if page is None:
        raise UnknownArticleError(article_id)
    return render(
        "article.html",
        address,
        page=page,
        article=page.archived.article,
        texts=marked_article(page),
        typed=results.typed_parts(address.query, page.problems),
    )


@bp.get("/why/<article:article_id>")
def why(article_id: str) -> str:
    """Why an article stands where it stands: the parts of its score."""
    address = _address()
    page = current_service().explain(article_id, address.query, widen=widening(request.args))
    if page is None:
        raise UnknownArticleError(article_id)
    return render("why.html", address, page=page, found=page.explanation)


@bp.get("/changes/<article:article_id>")
def changes(article_id: str) -> str:
    """What an article changed of the first print of its story, or of the one it is held against."""
    page = current_service().changes(article_id, request.args.get(AGAINST, ""))
    if page is None:
        raise NothingToCompareError(article_id)
    return render("changes.html", _address(), page=page)


def fault_answer(fault: Fault) -> tuple[Response, int]:
    """An error as a page that still holds the box and what was typed."""
    address = _address()
    if fault.code == "bad-parameter":
        address = address.only("q")  # what cannot be must not stand in the next address
    response = make_response(render("error.html", address, fault=fault))
    response.headers.update(fault.headers)
    return response, fault.status


def _address() -> Address:
    return Address.of(request.args, current_paths())


def _home(address: Address, asked: SearchRequest) -> str:
    page = current_service().search(replace(asked, facets=()))
    return render("home.html", address, page=page, examples=EXAMPLES)


def _results(address: Address, asked: SearchRequest) -> str:
    page = current_service().search(replace(asked, facets=narrowing.shown_facets(asked)))
    language = current_language()
    matching, lacking = results.tiers(page)
    return render(
        "results.html",
        address,
        page=page,
        matching=matching,
        lacking=lacking,
        chips=list(narrowing.chips(page, address, language)),
        groups=narrowing.facet_groups(page, address, language),
        sorts=results.sort_links(page, address),
        turns=results.page_links(page, address),
        reach=results.reach(page),
        turned=partial(results.page_href, address),
        typed=results.typed_parts(page.request.query, page.problems),
        besides=besides(page, address),
        mended=mended(page, address),
    )
