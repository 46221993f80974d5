"""Is a page's text gathered from the teasers of many articles, each below a headline of its own?"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.notices import notice_of
from corpus.readers.html.blocks import Block
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.outline import is_link, is_running
from corpus.readers.html.region import LONG_HEADLINE_WORDS, Region, own_headline
from corpus.readers.html.sorting import is_date

_FEWEST = 3  # headlines with a text; an article may hold a box or two
_TEASER_LINES = 2  # lines of running text below the headline of a teaser
_MOST_IN_ONE = 0.5  # of the text; what stands together in one piece is an article
_LEAST_OF_ITS_OWN = 0.2  # of the text stands above the first such headline, where the page is an article
_LEAST = 120  # characters of text below a headline
_LEAST_UNDER_A_NAME = 200
_LEAST_AMONG_MANY = 700  # the same above a list: a topic and a person are introduced there
_MANY_ITEMS = 8
_MOSTLY_NOTICES = 0.5
_CELLS = frozenset({"td", "th", "li", "dt", "dd"})
_MANY_CELLS = 20
_CELLS_TO_LINES = 3  # lines of cells for each of running text; an article has a table beside its text
_FIGURES = 0.3  # of a cell's signs, where it is no element of a table
_HEADLINE = 15  # characters of the shortest headline
_MORE = frozenset(
    {
        "xem thêm", "xem tiếp", "xem chi tiết", "chi tiết", "đọc tiếp", "đọc thêm", "xem bài", "xem bài viết",
        "đọc bài", "read more", "continue reading", "more", "tiếp tục đọc", "tiếp", "chi tiết »", "xem",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """Running text below one headline that leads away: the numbers of its lines and characters."""

    has_headline: bool
    lines: int = 0
    characters: int = 0


def is_gathered(region: Region) -> bool:
    """Whether the text stands below several headlines that lead to other pages, and hardly any above them."""
    pieces = list(_pieces(region))
    total = sum(piece.characters for piece in pieces)
    small = [piece for piece in pieces if piece.has_headline and 0 < piece.lines <= _TEASER_LINES]
    if not total or not _holds_several(pieces):
        return False
    if pieces[0].characters < _LEAST_OF_ITS_OWN * total:
        return True
    in_one = max(piece.characters for piece in pieces) > _MOST_IN_ONE * total
    return not in_one and sum(piece.characters for piece in small) >= _MOST_IN_ONE * total


def holds_teasers(region: Region) -> bool:
    """Whether a part of the text stands below several headlines that lead to other pages."""
    return _holds_several(list(_pieces(region)))


def _holds_several(pieces: list[_Piece]) -> bool:
    return sum(piece.has_headline and piece.lines > 0 for piece in pieces) >= _FEWEST


def is_of_notices(region: Region) -> bool:
    """Whether most lines of the text are notices of the site: of accounts, newsletters, consent."""
    notices = sum(bool(notice_of(text)) for text in region.running)
    return bool(region.running) and notices >= _MOSTLY_NOTICES * len(region.running)


def is_table(region: Region) -> bool:
    """Whether most lines are cells and items, with hardly any running text: a schedule, prices, results."""
    texts = [n for n in region.lines if region.page.is_text(n) and region.page.blocks[n].text]
    cells = sum(_is_cell(region.page.blocks[n]) for n in texts)
    return cells >= _MANY_CELLS and cells > _CELLS_TO_LINES * len(region.running)


def _is_cell(block: Block) -> bool:
    if is_running(block):
        return False
    figures = sum(sign.isdigit() for sign in block.text)
    return block.element.tag in _CELLS or figures >= _FIGURES * len(block.text)


def is_of_its_own(region: Region, head: Metadata) -> bool:
    """Whether the text stands below a headline that the head names too, and is an article's by its length.

    A headline of few words may be a topic's or a person's name: below it the text must stand by itself.
    """
    if region.title_at < 0 or region.title_at != own_headline(region.page, head):
        return False
    length = sum(map(len, region.running))
    if len(region.title.split()) >= LONG_HEADLINE_WORDS:
        return length >= _LEAST
    least = _LEAST_AMONG_MANY if region.page.items >= _MANY_ITEMS else _LEAST_UNDER_A_NAME
    return length >= least and len(region.running) > 1 and not holds_teasers(region)


def leads_elsewhere(region: Region, url: str) -> bool:
    """Whether the headline is a link to another page than this one, as that of a teaser."""
    if region.title_at < 0:
        return False
    block = region.page.blocks[region.title_at]
    own = {url.rstrip("/"), ""}
    return is_link(block) and any(
        link.rstrip("/") not in own and not link.startswith("#") for link, _ in block.links
    )


def _pieces(region: Region) -> Iterator[_Piece]:
    has_headline, lines, characters = False, 0, 0
    for number in region.lines:
        block = region.page.blocks[number]
        if number in region.page.furniture:
            continue  # a box of related articles within a text does not divide it
        is_head = is_link(block) and (len(block.text) >= _HEADLINE or _says_more(block.text))
        if is_head or (not block.heading and is_date(block.text)):  # a teaser's date is no heading
            yield _Piece(has_headline, lines, characters)
            has_headline, lines, characters = True, 0, 0
        elif is_running(block) and region.page.is_text(number):
            lines += 1
            characters += len(block.text)
    yield _Piece(has_headline, lines, characters)


def _says_more(text: str) -> bool:
    return comparison_key(text).casefold().strip(" .…»>→[]()") in _MORE
