"""How does a table of figures become lines? A row a line, so that its cells stay together."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from corpus.readers.html.blocks import PICTURES
from corpus.readers.html.sorting import Kind, PageLine

BETWEEN_CELLS = " | "
_LONGEST_CELL = 200


def joined_rows(lines: Sequence[PageLine]) -> Iterator[tuple[Kind, str]]:
    """The lines, each with its kind; lines of the text from one row of a table of figures as one."""
    figures: dict[HtmlElement, bool] = {}

    def row_of(line: PageLine) -> tuple[Kind, HtmlElement | None]:
        return line.kind, _row(line.block.around, figures) if line.kind is Kind.TEXT else None

    for (kind, row), group in groupby(lines, key=row_of):
        cells = [line.block.text for line in group]
        yield from ((kind, cell) for cell in (cells if row is None else [BETWEEN_CELLS.join(cells)]))


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
