"""How are results taken away? Every matching article as CSV, in the order shown, none left out."""

from collections.abc import Callable

from flask import Response, request

from search_app.answer.exporting import ExportRow
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.limits import prepare_stream
from search_app.api.parameters import search_request
from search_app.fields import ShownField, in_order
from search_app.formats.file_names import export_name
from search_app.formats.server_paths import file_name
from search_app.formats.table import Cell, Table
from search_app.web.twins import csv_answer, undated_headers

Column = Callable[[ExportRow], Cell]

_FIELDS = tuple(
    in_order("id", "title", "source", "section", "published", "authors", "tags", "url", "lede", "paragraphs")
)


def _column(field: ShownField) -> Column:
    return lambda row: field.cell(row.archived.article)


_USUAL: dict[str, Column] = {
    "rank": lambda row: row.rank,
    **{field.column: _column(field) for field in _FIELDS if field.is_usual},
    "score": lambda row: f"{row.score:.6f}",
}
USUAL = tuple(_USUAL)
"""The columns where none are chosen."""

COLUMNS: dict[str, Column] = _USUAL | {
    **{field.column: _column(field) for field in _FIELDS if field.column and not field.is_usual},
    "version": lambda row: row.archived.version,
    "change": lambda row: row.archived.change,
    "file": lambda row: file_name(row.archived.provenance.file),
    "place": lambda row: row.archived.provenance.place,
    "raw_sha256": lambda row: row.archived.provenance.raw_sha256,
    "rights": lambda row: row.rights.statement,
    "licence": lambda row: row.rights.licence,
}
"""What a column holds."""


def results() -> Response:
    """All matching articles; ``fields`` chooses columns, ``excel=1`` makes the file for spreadsheets.

    It is taken away whole, however long that takes: it has no budget, only its turns.
    """
    prepare_stream()
    columns = _columns(request.args.get("fields", ""))
    selection = search_request(request.args).selection
    found = current_service().exporting.export(selection)
    rows = (tuple(COLUMNS[name](row) for name in columns) for row in found.rows)
    name = export_name(selection, found.total, found.archive_number)
    answer = csv_answer(Table(columns, rows), name)
    answer.headers["X-Total-Count"] = str(found.total)
    answer.headers["X-Articles-Count"] = str(found.articles)
    answer.headers["X-Stories-Count"] = str(found.stories)
    if found.hits_total is not None:
        answer.headers["X-Hits-Count"] = str(found.hits_total)
    answer.headers["X-Archive-Number"] = str(found.archive_number)
    if selection.collapse_stories:
        answer.headers["X-Stories-Number"] = str(found.stories_number)
    answer.headers.update(undated_headers(found.excluded_undated))
    return answer


def _columns(asked: str) -> tuple[str, ...]:
    names = tuple(filter(None, asked.split(","))) or USUAL
    for name in names:
        if name not in COLUMNS:
            raise ParameterError.choice("fields", name, COLUMNS)
    return names
