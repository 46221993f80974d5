"""Is a page's text a service of the site: notices, prices, advertisements, tables, talk to its readers?"""

import re

from corpus.cleaning.notices import notice_of
from corpus.cleaning.site_words import site_words
from corpus.readers.html.blocks import Block
from corpus.readers.html.outline import is_running
from corpus.readers.html.region import Region

_MOSTLY_NOTICES = 0.5
_FEWEST_WITH_NUMBERS = 3  # lines with a telephone number, from which they are advertisements
_TELEPHONE = re.compile(r"(?<!\d)\(?(?:\+84|0\d)\d{0,3}\)?(?:[ .-]?\d{2,4}){2,4}(?!\d)")
_CELLS = frozenset({"td", "th", "li", "dt", "dd"})
_MANY_CELLS = 20
_CELLS_TO_LINES = 3  # lines of cells for each of running text; an article has a table beside its text
_FIGURES = 0.3  # of a cell's signs, where it is no element of a table
_COLUMNS = 3  # of a table of data; with fewer it may be one that lays the page out
_SITE_PHRASES, _SITE_SHARE = (
    3,
    3.0,
)  # phrases, and phrases to a hundred words; 2 of 6,076 articles have as many
_SITE_PHRASES_SURE, _SITE_SHARE_SURE = 5, 4.0  # the same for a page like an article; none of them has as many


def is_of_notices(region: Region) -> bool:
    """Whether most lines of the text are notices (of accounts, newsletters, consent) or advertisements."""
    running = region.running
    notices = sum(bool(notice_of(text)) for text in running)
    numbers = sum(bool(_TELEPHONE.search(text)) for text in running)
    least = _MOSTLY_NOTICES * len(running)
    return bool(running) and (notices >= least or (numbers >= _FEWEST_WITH_NUMBERS and numbers >= least))


def speaks_for_site(region: Region, *, like_an_article: bool) -> bool:
    """Whether the text speaks to the site's readers of the site, more than any news does.

    An article may be about such things; one that a page presents as an article may have more of them.
    """
    words = site_words("\n".join((region.title, *region.running)))
    if like_an_article:
        return words.phrases >= _SITE_PHRASES_SURE and words.per_hundred >= _SITE_SHARE_SURE
    return words.phrases >= _SITE_PHRASES and words.per_hundred >= _SITE_SHARE


def is_table(region: Region) -> bool:
    """Whether most lines are cells and items, with hardly any running text: a schedule, prices, results."""
    blocks = _texts(region)
    cells = sum(map(_is_cell, blocks))
    return cells >= _MANY_CELLS and cells > _CELLS_TO_LINES * lines_beside_tables(region)


def lines_beside_tables(region: Region) -> int:
    """The number of lines of running text that are in no row of a table of data."""
    return sum(is_running(block) and not _is_in_row(block) for block in _texts(region))


def _texts(region: Region) -> list[Block]:
    numbers = (n for n in region.lines if region.page.is_text(n))
    return [region.page.blocks[n] for n in numbers if region.page.blocks[n].text]


def _is_cell(block: Block) -> bool:
    if _is_in_row(block):
        return True
    if is_running(block):
        return False
    figures = sum(sign.isdigit() for sign in block.text)
    return block.element.tag in _CELLS or figures >= _FIGURES * len(block.text)


def _is_in_row(block: Block) -> bool:
    """Whether the line is in a cell of a row of several short ones."""
    row = next((element for element in block.around if element.tag == "tr"), None)
    if row is None:
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    filled = [cell for cell in cells if cell.text_content().strip()]
    return len(filled) >= _COLUMNS and row.find(".//table") is None
