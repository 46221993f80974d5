"""How does a table of figures become lines? One line per row, so that cells stay together."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from corpus.readers.html.blocks import PICTURES
from corpus.readers.html.sorting import Kind, PageLine

BETWEEN_CELLS = " | "
_LONGEST_CELL = 200


def joined_rows(lines: Sequence[PageLine]) -> Iterator[tuple[Kind, str]]:
    """The lines with their kinds; lines of text from one row of a table of figures are joined."""
    figures: dict[HtmlElement, bool] = {}

    def row_of(line: PageLine) -> tuple[Kind, HtmlElement | None]:
        return line.kind, _row(line.block.around, figures) if line.kind is Kind.TEXT else None

    for (kind, row), group in groupby(lines, key=row_of):
        cells = [line.block.text for line in group]
        yield from ((kind, cell) for cell in (cells if row is None else [BETWEEN_CELLS.join(cells)]))


def _row(around: tuple[HtmlElement, ...], figures: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The row of a table of figures that a line is in; None elsewhere."""
    row = next((element for element in around if element.tag == "tr"), None)
    table = next((element for element in around if element.tag == "table"), None)
    if row is None or table is None:
        return None
    if table not in figures:
        figures[table] = _is_of_figures(table)
    return row if figures[table] else None


def _is_of_figures(table: HtmlElement) -> bool:
    """Whether the table has data: at least two rows and columns of short cells, no tables and no pictures."""
    if next(table.iterdescendants("table", *PICTURES), None) is not None:
        return False
    rows = [[cell.text_content().strip() for cell in row.iter("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if sum(1 for cell in row if cell) > 1]
    return len(wide) > 1 and all(len(cell) <= _LONGEST_CELL for row in rows for cell in row)
