"""At which addresses is a result taken away? Rows of the table of addresses."""

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
from search_app.web import export, package, receipts
from search_app.web.export_links import ENDPOINTS
from search_app.web.route import Evaluation, Freshness, Route

_BUDGETED, _UNLIMITED = Evaluation.BUDGETED, Evaluation.UNLIMITED
_EXPORT = names_of(ExportParameters)
_PART = frozenset({CURSOR, ROWS})


def _file(form: ExportForm) -> Route:
    """The file of a form."""
    lacking = set() if has_columns(form) else {FIELDS}
    lacking |= set() if form is ExportForm.CSV else {SPREADSHEET}
    parameters = _EXPORT - lacking | (_PART if goes_on(form) else frozenset())
    return Route(
        ENDPOINTS[form], (f"/search.{form.value}",), export.exported_as(form), _UNLIMITED, hidden="search.",
        parameters=parameters,
    )  # fmt: skip


def _receipt(view: str, schema: type[Schema], evaluation: Evaluation) -> Route:
    """The receipt of a file of a view."""
    window = frozenset() if view == COMPARE else {"page", "size"}
    return Route(
        f"receipts.{view}", (f"/{view}.receipt.json",), receipts.view_receipt(view), evaluation,
        Freshness.ALWAYS, hidden=view, parameters=names_of(schema) - window | {SPREADSHEET, FORM},
    )  # fmt: skip


EXPORT_ROUTES: tuple[Route, ...] = (
    *map(_file, ExportForm),
    Route(
        "export.package", ("/search.bag.zip",), package.package, _UNLIMITED, hidden="search.",
        parameters=_EXPORT,
    ),
    Route(
        "export.receipt", ("/search.receipt.json", "/api/receipt"), receipts.receipt, _UNLIMITED,
        Freshness.ALWAYS, hidden="search.", parameters=names_of(ReceiptParameters),
    ),
    _receipt(TIMELINE, TrendParameters, _BUDGETED),
    _receipt(CONCORDANCE, ConcordanceParameters, _UNLIMITED),
    _receipt(COLLOCATIONS, CollocationParameters, _BUDGETED),
    _receipt(KEYWORDS, KeywordParameters, _BUDGETED),
    _receipt(NGRAMS, NgramParameters, _BUDGETED),
    _receipt(COMPARE, ComparisonParameters, _BUDGETED),
    Route(
        "receipts.facet", ("/facet/<name>.receipt.json",), receipts.facet_receipt, _BUDGETED,
        Freshness.ALWAYS, parameters=names_of(FacetParameters) | {SPREADSHEET, FORM},
    ),
)  # fmt: skip
