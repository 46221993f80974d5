"""Is a page's text a service of the site: notices, prices, advertisements, tables, talk to its readers?"""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from corpus.cleaning.notices import notice_of
from corpus.cleaning.site_words import site_words
from corpus.readers.html.blocks import Block
from corpus.readers.html.outline import is_running
from corpus.readers.html.region import Region

_MOSTLY_NOTICES = 0.5
_FEW = 2  # lines; news in brief of so many may be about nothing but accounts
_FEWEST_WITH_NUMBERS = 3  # lines with a telephone number, from which they are advertisements
_TELEPHONE = re.compile(r"(?<!\d)\(?(?:\+84|0)[ .-]?\d{1,4}\)?(?:[ .-]?\d{2,4}){1,4}(?!\d)")
_FEWEST_DIGITS = 9  # of a telephone number; a day has eight
_CELLS = frozenset({"td", "th", "li", "dt", "dd"})
_MANY_CELLS = 20
_CELLS_TO_LINES = 3  # lines of cells for each of running text; an article has a table beside its text
_PARAGRAPH = 100  # characters of the shortest paragraph beside a table
_FIGURES = 0.3  # of a cell's signs, where it is no element of a table
_COLUMNS = 3  # of a table of data; with fewer it may be one that lays the page out
_SITE_WORDS = ((3, 3.0, 0), (3, 3.0, 1), (5, 4.0, 2))
"""By the evidence of an article: different phrases, those to a hundred words, those that only a site has."""


def is_of_notices(region: Region, evidence: int) -> bool:
    """Whether most lines of the text are notices (of accounts, newsletters, consent) or advertisements.

    News with a headline and a day may be about such things ("Cảnh báo trang web giả mạo"), or list numbers to
    call in need.

    Args:
        evidence: of an article; see PageFacts.
    """
    running = region.running
    least = _MOSTLY_NOTICES * len(running)
    notices = sum(bool(notice_of(text)) for text in running)
    numbers = sum(map(_has_telephone, running))
    if evidence > 1 or not running:
        return notices > 0 and notices == len(running) > _FEW
    return notices >= least or (not evidence and numbers >= max(least, _FEWEST_WITH_NUMBERS))


def _has_telephone(text: str) -> bool:
    return any(sum(map(str.isdigit, found[0])) >= _FEWEST_DIGITS for found in _TELEPHONE.finditer(text))


def speaks_for_site(region: Region, evidence: int) -> bool:
    """Whether the text speaks to the site's readers of the site, more than any news does.

    An article may be about such things, or give its readers advice; so one that is like an article must also
    speak of what only a site has: its desk, its licence, its terms, its prices.

    Args:
        evidence: of an article; see PageFacts.
    """
    words = site_words("\n".join((region.title, *region.running)))
    least, share, own = _SITE_WORDS[evidence]
    return words.phrases >= least and words.per_hundred >= share and words.own >= own


def is_table(region: Region) -> bool:
    """Whether most lines are cells and items, with hardly any running text: a schedule, prices, results."""
    lines = list(_lines(region))
    cells = sum(in_row or _is_cell(block) for block, in_row in lines)
    return cells >= _MANY_CELLS and cells > _CELLS_TO_LINES * _beside(lines)


def lines_beside_tables(region: Region) -> int:
    """The number of paragraphs that are in no row of a table of data; notes to it are shorter."""
    return _beside(_lines(region))


def _beside(lines: Iterable[tuple[Block, bool]]) -> int:
    return sum(is_running(block) and not in_row and len(block.text) >= _PARAGRAPH for block, in_row in lines)


def _lines(region: Region) -> Iterator[tuple[Block, bool]]:
    """The lines with text, and whether each is in a row of data; a row is looked at once for its cells."""
    known: dict[HtmlElement, bool] = {}
    for block in (region.page.blocks[n] for n in region.lines if region.page.is_text(n)):
        if not block.text:
            continue
        row = next((element for element in block.around if element.tag == "tr"), None)
        if row is not None and row not in known:
            known[row] = _is_of_data(row)
        yield block, row is not None and known[row]


def _is_cell(block: Block) -> bool:
    if is_running(block):
        return False
    figures = sum(sign.isdigit() for sign in block.text)
    return block.element.tag in _CELLS or figures >= _FIGURES * len(block.text)


def _is_of_data(row: HtmlElement) -> bool:
    """Whether a row has several cells with text, and no table within."""
    filled = [cell for cell in row if cell.tag in {"td", "th"} and cell.text_content().strip()]
    return len(filled) >= _COLUMNS and row.find(".//table") is None
