"""Is a page's text gathered from the teasers of many articles, each below a headline of its own?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.cleaning.lines import comparison_key
from corpus.readers.html.blocks import Block
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.outline import is_headline_link, is_link, is_running
from corpus.readers.html.region import LONG_HEADLINE_WORDS, Region, own_headline
from corpus.readers.html.sorting import is_date

_FEWEST = 3  # headlines with a text; an article may hold a box or two
_FEWEST_UNLINKED = 4  # the same of headlines without links; an article may have as many sections
_MOSTLY_SHORT = 0.6  # of the text stands in one or two lines below such a headline
_SHORTEST_UNLINKED = 2  # words of such a headline
_TEASER_LINES = 2  # lines of running text below the headline of a teaser
_MOST_IN_ONE = 0.5  # of the text; what stands together in one piece is an article
_LEAST_OF_ITS_OWN = 0.2  # of the text stands above the first such headline, where the page is an article
_LEAST = 120  # characters of text below a headline
_LEAST_UNDER_A_NAME = 200
_LEAST_AMONG_MANY = 700  # the same above a list: a topic and a person are introduced there
MANY_ITEMS = 8  # other articles that a page leads to; with fewer it is no list
_ENDS = (".", "…", "!", "”", '"', ":", ";", ",")
_FIRST_HEADINGS = frozenset({"h1", "h2", "h3"})
_MORE = frozenset(
    {
        "xem thêm", "xem tiếp", "xem chi tiết", "chi tiết", "đọc tiếp", "đọc thêm", "xem bài", "xem bài viết",
        "đọc bài", "read more", "continue reading", "more", "tiếp tục đọc", "tiếp", "chi tiết »", "xem",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """Running text below one headline that leads away: where it starts, how many lines and characters.

    Attributes:
        is_headed: whether that headline is printed as one, and not as a line among others.
    """

    start: int
    has_headline: bool
    is_headed: bool = False
    lines: int = 0
    characters: int = 0


def is_gathered(region: Region) -> bool:
    """Whether the text stands below several headlines that lead to other pages, and hardly any above them."""
    pieces = list(_pieces(region, dates=True))
    total = sum(piece.characters for piece in pieces)
    small = [piece for piece in pieces if _is_teaser(piece) and piece.lines]
    if not total or not _holds_several(pieces):
        return False
    if max(piece.characters for piece in pieces) > _MOST_IN_ONE * total:
        return False
    in_small = sum(piece.characters for piece in small)
    return pieces[0].characters < _LEAST_OF_ITS_OWN * total or in_small >= _MOST_IN_ONE * total


def is_gathered_without_links(region: Region) -> bool:
    """Whether nearly all of the text stands in a line or two below headings that lead nowhere.

    So are programmes, digests and teasers without links, and an article of many short sections: this tells
    lists only among pages without a headline of their own.
    """
    pieces = list(_pieces(region, dates=True, unlinked=True))
    small = [piece for piece in pieces if _is_teaser(piece) and piece.lines]
    total = sum(piece.characters for piece in pieces)
    return (
        len(small) >= _FEWEST_UNLINKED and sum(piece.characters for piece in small) >= _MOSTLY_SHORT * total
    )


def is_below_another(region: Region, url: str) -> bool:
    """Whether the text begins below one headline of another page, as a post does on a blog's first page."""
    own = _plain(url)
    above = (n for n in range(region.title_at + 1, region.first_text) if n not in region.page.furniture)
    links = [block for block in map(region.page.blocks.__getitem__, above) if is_headline_link(block)]
    return (
        len(links) == 1
        and links[0].element.tag in _FIRST_HEADINGS
        and all(_plain(link) != own for link, _ in links[0].links)
    )


def is_below_its_title(region: Region, url: str) -> bool:
    """The same, where that headline is the page's first heading, and the region's title is none."""
    title = region.page.blocks[region.title_at] if region.title_at >= 0 else None
    if title is None or title.element.tag == "h1" or not is_below_another(region, url):
        return False
    above = region.page.blocks[region.title_at + 1 : region.first_text]
    return any(block.element.tag == "h1" for block in above)


def _plain(address: str) -> str:
    return address.rstrip("/").partition("://")[2].removeprefix("www.") or address.rstrip("/")


def holds_teasers(region: Region) -> bool:
    """Whether a part of the text stands below several headlines that lead to other pages."""
    return _holds_several(list(_pieces(region)))


def without_teasers_below(region: Region) -> Region:
    """The region up to where nothing but teasers of other articles follows, each below a heading.

    A line that leads to another article ("Xem thêm: …") also stands among an article's own paragraphs.
    """
    pieces = list(_pieces(region))
    others = [_is_teaser(piece) and piece.is_headed for piece in pieces]
    last = next((n for n in reversed(range(len(pieces))) if not others[n]), 0)
    below = [piece for piece in pieces[last + 1 :] if piece.lines]
    return replace(region, end=pieces[last + 1].start) if len(below) >= _FEWEST else region


def stands_first(region: Region) -> bool:
    """Whether most of the text stands above the first headline that leads to another page."""
    pieces = list(_pieces(region))
    return pieces[0].characters > _MOST_IN_ONE * sum(piece.characters for piece in pieces)


def _is_teaser(piece: _Piece) -> bool:
    return piece.has_headline and piece.lines <= _TEASER_LINES


def _holds_several(pieces: list[_Piece]) -> bool:
    return sum(piece.has_headline and piece.lines > 0 for piece in pieces) >= _FEWEST


def is_of_its_own(region: Region, head: Metadata) -> bool:
    """Whether the text stands below a headline that the head names too, and is an article's by its length.

    A headline of few words may be a topic's or a person's name: below it the text must stand by itself.
    """
    if region.title_at < 0 or region.title_at != own_headline(region.page, head):
        return False
    length = sum(map(len, region.running))
    if len(region.title.split()) >= LONG_HEADLINE_WORDS:
        return length >= _LEAST
    least = _LEAST_AMONG_MANY if region.page.items >= MANY_ITEMS else _LEAST_UNDER_A_NAME
    several = _holds_several(list(_pieces(region, dates=True)))
    return length >= least and len(region.running) > 1 and not several


def leads_elsewhere(region: Region, url: str) -> bool:
    """Whether the headline is a link to another page than this one, as that of a teaser."""
    if region.title_at < 0:
        return False
    block = region.page.blocks[region.title_at]
    own = {url.rstrip("/"), ""}
    return is_link(block) and any(
        link.rstrip("/") not in own and not link.startswith("#") for link, _ in block.links
    )


def _pieces(region: Region, *, dates: bool = False, unlinked: bool = False) -> Iterator[_Piece]:
    start, has_headline, is_headed, lines, characters = region.lines.start, False, False, 0, 0
    for number in region.lines:
        block = region.page.blocks[number]
        if number in region.page.furniture:
            continue  # a box of related articles within a text does not divide it
        is_head = is_headline_link(block) or (is_link(block) and _says_more(block.text))
        is_head = is_head or (unlinked and _is_unlinked_headline(block, region.page.blocks[number + 1 :][:1]))
        is_head = is_head or (dates and not block.heading and is_date(block.text))  # as above a teaser
        if is_head:
            yield _Piece(start, has_headline, is_headed, lines, characters)
            start, has_headline, is_headed, lines, characters = number, True, block.heading, 0, 0
        elif is_running(block) and region.page.is_text(number):
            lines += 1
            characters += len(block.text)
    yield _Piece(start, has_headline, is_headed, lines, characters)


def _is_unlinked_headline(block: Block, below: tuple[Block, ...]) -> bool:
    """Whether a line is short, or reads like a headline of the longer line below it."""
    if len(block.text.split()) < _SHORTEST_UNLINKED:
        return False
    if block.heading:
        return True
    if block.text.endswith("?"):
        return False  # a question of an interview
    if not is_running(block):
        return True
    return not block.text.endswith(_ENDS) and any(len(block.text) < len(next_.text) for next_ in below)


def _says_more(text: str) -> bool:
    return comparison_key(text).casefold().strip(" .…»>→[]()") in _MORE
