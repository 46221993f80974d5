"""Which addresses answer with a page, and with which?"""

from flask import Blueprint, Response, make_response, render_template, request

from search_app.api.current import current_language, current_service
from search_app.api.faults import Fault, UnknownArticleError
from search_app.api.parameters import search_request
from search_app.web import narrowing, results
from search_app.web.address import Address
from search_app.web.marked import marked_article
from search_app.web.templating import speak

bp = Blueprint(
    "web", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)
bp.record_once(speak)

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
    address = Address.of(request.args)
    page = current_service().search(search_request(request.args))
    if not address.pairs:
        return render_template(
            "home.html", address=address, page=page, status=current_service().status(), examples=EXAMPLES
        )
    language = current_language()
    matching, lacking = results.tiers(page)
    return render_template(
        "results.html",
        address=address,
        page=page,
        matching=matching,
        lacking=lacking,
        chips=list(narrowing.chips(page, address, language)),
        groups=narrowing.facet_groups(page, address, language),
        sorts=results.sort_links(page, address),
        turns=results.page_links(page, address),
        reach=results.reach(page),
        turned=lambda number: results.page_address(address, number),
        typed=results.typed_parts(page.request.query, page.problems),
    )


@bp.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """An article as it was published, what the query means marked."""
    address = Address.of(request.args)
    page = current_service().article(article_id, address.query)
    if page is None:
        raise UnknownArticleError(article_id)
    return render_template(
        "article.html",
        address=address,
        page=page,
        article=page.archived.article,
        texts=marked_article(page),
        typed=results.typed_parts(address.query, page.problems),
    )


def fault_answer(fault: Fault) -> tuple[Response, int]:
    """An error as a page that still holds the box and what was typed."""
    address = Address.of(request.args)
    if fault.code == "bad-parameter":
        address = address.only("q")  # what cannot be must not stand in the next address
    response = make_response(render_template("error.html", address=address, fault=fault))
    response.headers.update(fault.headers)
    return response, fault.status
