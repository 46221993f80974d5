"""At which addresses is a result taken away? Rows of the table of addresses."""

from collections.abc import Mapping

from marshmallow import Schema

from search_app.api.parameter_schemas import (
    CollocationParameters,
    ComparisonParameters,
    ConcordanceParameters,
    ExportParameters,
    FacetParameters,
    KeywordParameters,
    NgramParameters,
    ReceiptParameters,
    TrendParameters,
    names_of,
)
from search_app.api.parameters import CURSOR, FIELDS, FORM, ROWS, SPREADSHEET
from search_app.api.view_pins import COLLOCATIONS, COMPARE, CONCORDANCE, KEYWORDS, NGRAMS, TIMELINE
from search_app.formats.exports.forms import ExportForm, goes_on, has_columns
from search_app.web import export, package, receipts, search_citations, take_away
from search_app.web.export_links import ENDPOINTS
from search_app.web.route import Evaluation, Parameters, Route

_BUDGETED, _UNLIMITED = Evaluation.BUDGETED, Evaluation.UNLIMITED
_EXPORT = names_of(ExportParameters)
_PART = frozenset({CURSOR, ROWS})


_VIEWS: Mapping[str, type[Schema]] = {
    TIMELINE: TrendParameters,
    CONCORDANCE: ConcordanceParameters,
    COLLOCATIONS: CollocationParameters,
    KEYWORDS: KeywordParameters,
    NGRAMS: NgramParameters,
    COMPARE: ComparisonParameters,
}


def _file(form: ExportForm) -> Route:
    """The file of a form."""
    lacking = set() if has_columns(form) else {FIELDS}
    lacking |= set() if form is ExportForm.CSV else {SPREADSHEET}
    parameters = _EXPORT - lacking | (_PART if goes_on(form) else frozenset())
    return Route(
        ENDPOINTS[form], (f"/search.{form.value}",), export.exported_as(form), _UNLIMITED, hidden="search.",
        parameters=parameters,
    )  # fmt: skip


def _whole(view: str) -> Parameters:
    """What a view takes, all of whose rows are taken."""
    window = frozenset() if view == COMPARE else frozenset({"page", "size"})
    return names_of(_VIEWS[view]) - window


def _receipt(view: str) -> Route:
    """The receipt of a file of a view; lines are of however many hits."""
    return Route(
        f"receipts.{view}", (f"/{view}.receipt.json",), receipts.view_receipt(view),
        _UNLIMITED if view == CONCORDANCE else _BUDGETED, hidden=view,
        parameters=_whole(view) | {SPREADSHEET, FORM},
    )  # fmt: skip


def _page(view: str) -> Route:
    """The page that offers the files of a view."""
    return Route(
        f"pages.{view}", (f"/export/{view}",), take_away.take_view_away(view), _BUDGETED, hidden="export",
        parameters=_whole(view),
    )  # fmt: skip


EXPORT_ROUTES: tuple[Route, ...] = (
    *map(_file, ExportForm),
    Route(
        "export.package", ("/search.bag.zip",), package.package, _UNLIMITED, hidden="search.",
        parameters=names_of(ReceiptParameters),
    ),
    Route(
        "export.receipt", ("/search.receipt.json", "/api/receipt"), receipts.receipt, _UNLIMITED,
        hidden="search.", parameters=names_of(ReceiptParameters),
    ),
    Route(
        "export.citation", ("/cite/search/<style>",),
        search_citations.search_citation, _UNLIMITED, hidden="cite/",
        parameters=_EXPORT - {FIELDS, SPREADSHEET},
    ),
    *map(_receipt, _VIEWS),
    Route(
        "receipts.facet", ("/facet/<name>.receipt.json",), receipts.facet_receipt, _BUDGETED,
        parameters=names_of(FacetParameters) | {SPREADSHEET, FORM},
    ),
    Route(
        "export.page", ("/export",), take_away.take_away, _BUDGETED, hidden="export",
        parameters=_EXPORT - {FIELDS, SPREADSHEET},
    ),
    *map(_page, _VIEWS),
    Route(
        "pages.facet", ("/export/facet/<name>",), take_away.take_values_away, _BUDGETED, hidden="export",
        parameters=names_of(FacetParameters),
    ),
)  # fmt: skip
