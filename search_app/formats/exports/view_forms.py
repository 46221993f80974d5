"""In which forms are the rows of a view taken away that are no articles? As a table, or as lines of JSON."""

import json
from collections.abc import Iterator

from search_app.formats.exports.forms import ExportForm
from search_app.formats.table import Table, csv_lines

VIEW_FORMS = (ExportForm.CSV, ExportForm.JSONL)


def write_view(form: ExportForm, table: Table, *, spreadsheet: bool = False) -> Iterator[bytes]:
    """The bytes of a file, piece by piece: the head, where there is one, and each row.

    Args:
        form: one of VIEW_FORMS.
    """
    if form is ExportForm.CSV:
        lines = csv_lines(table, spreadsheet=spreadsheet)
    else:
        objects = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    return (line.encode() for line in lines)
