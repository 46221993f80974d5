"""How are results taken away? Every matching article as CSV, in the order shown, none left out."""

from collections.abc import Callable

from flask import Response, request

from search_app.answer.exporting import ExportRow
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.parameters import search_request
from search_app.formats.table import Cell, Table
from search_app.web.twins import csv_answer

Column = Callable[[ExportRow], Cell]

COLUMNS: dict[str, Column] = {
    "rank": lambda row: row.rank,
    "id": lambda row: row.archived.article.id,
    "title": lambda row: row.archived.article.title,
    "source": lambda row: row.archived.article.source,
    "section": lambda row: row.archived.article.section,
    "published": lambda row: row.archived.article.published.text,
    "authors": lambda row: "; ".join(row.archived.article.authors),
    "tags": lambda row: "; ".join(row.archived.article.tags),
    "url": lambda row: row.archived.article.url,
    "lede": lambda row: row.archived.article.lede,
    "score": lambda row: f"{row.score:.6f}",
    "body": lambda row: "\n".join(row.archived.article.paragraphs),
    "captions": lambda row: "\n".join(row.archived.article.captions),
    "version": lambda row: row.archived.version,
    "change": lambda row: row.archived.change,
    "file": lambda row: row.archived.provenance.file,
    "place": lambda row: row.archived.provenance.place,
    "raw_sha256": lambda row: row.archived.provenance.raw_sha256,
}
"""What a column holds; several values of one field stand with "; " between them."""

USUAL = tuple(COLUMNS)[: tuple(COLUMNS).index("score") + 1]


def results() -> Response:
    """All matching articles; ``fields`` chooses columns, ``excel=1`` marks the file as UTF-8 for Excel.

    It is taken away whole, however long that takes: it has no budget, only its turns.
    """
    columns = _columns(request.args.get("fields", ""))
    found = current_service().exporting.export(search_request(request.args).selection)
    rows = (tuple(COLUMNS[name](row) for name in columns) for row in found.rows)
    answer = csv_answer(Table(columns, rows), f"{found.archive_number}-{found.total}")
    answer.headers["X-Total-Count"] = str(found.total)
    answer.headers["X-Archive-Number"] = str(found.archive_number)
    return answer


def _columns(asked: str) -> tuple[str, ...]:
    names = tuple(filter(None, asked.split(","))) or USUAL
    for name in names:
        if name not in COLUMNS:
            raise ParameterError.choice("fields", name, COLUMNS)
    return names
