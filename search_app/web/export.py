"""How are results taken away? Every matching article as CSV, in the order shown, none left out."""

from itertools import chain, islice

from flask import Response, request, url_for

from search_app.answer.exporting.facts import ResultFacts
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.limits import paced, prepare_stream
from search_app.api.parameters import for_spreadsheet, search_request
from search_app.api.public_address import absolute_address
from search_app.formats.exports.columns import COLUMNS, USUAL, Addresses, extras_of
from search_app.formats.exports.forms import ExportForm, Layout, media_type_of, write_export
from search_app.formats.file_names import export_name
from search_app.web.paths import quoted_id
from search_app.web.tag_uris import article_tag
from search_app.web.view_rows import undated_headers

_BEGUN = 2
"""The head and the first row: the archive is asked before the answer begins: rows are of the ETag's state."""


def results() -> Response:
    """All matching articles as CSV; ``fields`` chooses columns, ``excel=1`` makes it for spreadsheets."""
    return export_answer(ExportForm.CSV)


def export_answer(form: ExportForm) -> Response:
    """All matching articles in a form, taken away whole.

    However long that takes: it has no budget, only its turns.
    """
    prepare_stream()
    columns = chosen_columns(request.args.get("fields", ""))
    selection = search_request(request.args).selection
    found = current_service().exporting.export(selection, extras_of(columns))
    layout = Layout(addresses(found.facts), columns, for_spreadsheet(request.args), found.after)
    name = export_name(selection, found.facts.rows, found.facts.change, form.value)
    headers = {"Content-Disposition": f"attachment; filename={name}", **result_headers(found.facts)}
    pieces = write_export(form, layout, found.rows)
    begun = list(islice(pieces, _BEGUN))
    return paced(chain(begun, pieces), mimetype=media_type_of(form), headers=headers)


def addresses(facts: ResultFacts) -> Addresses:
    """How this server addresses the articles of a result."""
    archive = current_service().monitoring.archive_uuid()
    base = absolute_address(url_for("web.article", article_id=_ANY)) or ""
    begun, _, ended = base.partition(_ANY)
    return Addresses(
        archive,
        lambda article_id: f"{begun}{quoted_id(article_id)}{ended}" if base else "",
        lambda article_id: article_tag(archive, article_id),
        facts.day,
    )


_ANY = "any"
"""Stands for an id in the address of an article's page."""


def result_headers(facts: ResultFacts) -> dict[str, str]:
    """What is said of a result beside its rows."""
    counts = {
        "X-Total-Count": facts.rows,
        "X-Articles-Count": facts.articles,
        "X-Stories-Count": facts.stories,
        "X-Hits-Count": facts.hits,
        "X-Archive-Number": facts.change,
        "X-Stories-Number": facts.stories_number if facts.asked.collapse_stories else None,
        "X-Ids-SHA256": facts.ids_sha256,
    }
    said = {name: str(value) for name, value in counts.items() if value is not None}
    return said | undated_headers(facts.excluded_undated)


def chosen_columns(asked: str) -> tuple[str, ...]:
    """The columns that an address names, with commas between them.

    Raises:
        ParameterError: there is no such column.
    """
    names = tuple(filter(None, asked.split(","))) or USUAL
    for name in names:
        if name not in COLUMNS:
            raise ParameterError.choice("fields", name, COLUMNS)
    return names
