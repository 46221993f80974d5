"""How does a table of figures become lines? A row a line, so that its cells stay together."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from corpus.readers.html.blocks import PICTURES
from corpus.readers.html.sorting import Kind, Line

BETWEEN_CELLS = " | "
_LONGEST_CELL = 200


def joined_rows(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of the text; those of one row of a table of figures as one."""
    text = [(line.block.text, line.block.around) for line in lines if line.kind is Kind.TEXT]
    figures: dict[HtmlElement, bool] = {}
    for row, group in groupby(text, key=lambda pair: _row(pair[1], figures)):
        cells = [cell for cell, _ in group]
        if row is None:
            yield from cells
        else:
            yield BETWEEN_CELLS.join(cells)


def _row(around: tuple[HtmlElement, ...], figures: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The row of a table of figures in which a line stands; None elsewhere."""
    row = next((one for one in around if one.tag == "tr"), None)
    table = next((one for one in around if one.tag == "table"), None)
    if row is None or table is None:
        return None
    if table not in figures:
        figures[table] = _is_of_figures(table)
    return row if figures[table] else None


def _is_of_figures(table: HtmlElement) -> bool:
    """Whether the table holds data: two rows and two columns of short cells, and no table or picture."""
    if next(table.iterdescendants("table", *PICTURES), None) is not None:
        return False
    rows = [[cell.text_content().strip() for cell in row.iter("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if sum(1 for cell in row if cell) > 1]
    return len(wide) > 1 and all(len(cell) <= _LONGEST_CELL for row in rows for cell in row)
