"""What is each line of the article's region: text, caption, lede, date, author, or beside the article?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from corpus.cleaning.dates import date_in
from corpus.cleaning.lines import comparison_key
from corpus.cleaning.social import is_social_bar
from corpus.readers.html.blocks import Block
from corpus.readers.html.class_words import kinds
from corpus.readers.html.outline import is_link, is_running
from corpus.readers.html.pictures import is_named_caption, is_printed_as_caption
from corpus.readers.html.region import Region, ancestors

_LONGEST_LEDE = 1200
_LONGEST_LABEL = 90  # characters of a line with a date or authors
_DATE_LETTERS = 25  # beside its figures: "Cập nhật lúc", "Chủ nhật", "GMT"
_LEDE_LINES = 3  # lines of text before which a named lede may be


class Kind(StrEnum):
    """The kinds of lines in a region."""

    TEXT = "text"
    LEDE = "lede"
    CAPTION = "caption"
    DATE = "date"
    AUTHOR = "author"
    SECTION = "section"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True, eq=False)
class PageLine:
    """A line of the region, with its kind."""

    kind: Kind
    block: Block


def sorted_lines(region: Region) -> Iterator[PageLine]:
    """The lines of the region in order, without menus and buttons outside the text's element."""
    inside = frozenset(region.numbers)
    title = comparison_key(region.title)
    texts = 0
    for number in region.lines:
        block = region.page.blocks[number]
        if block.picture or comparison_key(block.text) == title:
            continue
        kind = _kind(region, number, texts)
        if kind is Kind.BESIDE and number not in inside:
            continue
        texts += kind is Kind.TEXT
        yield PageLine(kind, block)


def is_date(text: str) -> bool:
    """Whether a line is a date with a year and at most a few words.

    >>> is_date("(02/10/2005 07:30)"), is_date("Cầu Bãi Sậy thông xe ngày 2/10/2005 sau ba năm xây")
    (True, False)
    """
    return sum(map(str.isalpha, text)) <= _DATE_LETTERS and bool(date_in(text).text)


def _kind(region: Region, number: int, texts: int) -> Kind:
    block = region.page.blocks[number]
    if not region.page.is_text(number) or is_social_bar(block.text):
        return Kind.BESIDE
    if is_named_caption(region, block):
        return Kind.CAPTION
    names = names_of(block, region.element)
    if "lede" in names and texts < _LEDE_LINES and len(block.text) <= _LONGEST_LEDE:
        return Kind.LEDE
    above = number <= region.first_text
    if label := _label(block, names, above):
        return label
    if is_link(block) or (above and not is_running(block) and number < region.numbers[0]):
        return Kind.BESIDE
    return Kind.CAPTION if is_printed_as_caption(region, block) else Kind.TEXT


def _label(block: Block, names: set[str], above: bool) -> Kind | None:
    """The kind of a line with a date, an author or a section; None for other lines."""
    if (above or "date" in names) and is_date(block.text):
        return Kind.DATE
    if len(block.text) > _LONGEST_LABEL or is_running(block):
        return None
    if "author" in names:
        return Kind.AUTHOR
    if above and "section" in names:
        return Kind.SECTION
    return Kind.DATE if above and "date" in names else None


def names_of(block: Block, article: HtmlElement | None) -> set[str]:
    """The elements that name a line: those around it in the article, and inline ones that contain it all."""
    return {kind for element in (*ancestors(block, article), *block.inline) for kind in kinds(element)}
