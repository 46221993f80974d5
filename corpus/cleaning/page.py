"""What are the parts of a scraped page? From its lines to the parts of an article.

Every line of the page is in exactly one part, or is a duplicate of a kept line: nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.captions import split_captions
from corpus.cleaning.datelines import Dateline, split_dateline
from corpus.cleaning.dates import date_line, opening_date
from corpus.cleaning.lines import comparison_key, lines
from corpus.cleaning.related import end_of_article
from corpus.cleaning.signatures import split_signature
from corpus.cleaning.social import is_social_bar
from corpus.published import Published

_HEAD = 4  # lines: section, title, author, date, in any order


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a scraped page, in the original characters.

    Attributes:
        title: the first line that is text; empty where no line is.
        lede: the first paragraph, without its dateline.
        dateline: as printed before the lede ("LCĐT -"), empty where there is none.
        opening: the first paragraph as printed, the dateline with the lede.
        source: the newspaper that the dateline names; the article's, where nobody names another.
        published: from a line of its own that is a date, else from the first words of the lede.
        authors: whom the lines below the text name as its authors.
        related: buttons, lines that are dates, what a dateline says besides its source, the lines that sign
            the text, and all from the end marker on.
        duplicates: lines dropped because they repeat a kept one.
    """

    title: str = ""
    lede: str = ""
    dateline: str = ""
    opening: str = ""
    source: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    caption_places: tuple[int, ...] = ()
    published: Published = field(default_factory=Published)
    authors: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()


def read_page(text: str) -> Page:
    r"""The parts of a page's text.

    >>> read_page("Cầu mới\n\n12/3/2022\n\nBTO - Xe đã qua cầu.\n\nTin khác\n\nChợ cũ").related
    ('12/3/2022', 'Tin khác', 'Chợ cũ')
    """
    all_lines = lines(text)
    end = end_of_article(all_lines)
    furniture, content = _take_furniture(all_lines[:end])
    title, repeated, body = _take_title(content)
    signed = split_signature(body)
    split = split_captions(signed.text)
    lede, *paragraphs = split.text or ("",)
    dateline = split_dateline(lede)
    return Page(
        title=title,
        lede=dateline.rest,
        dateline=dateline.text,
        opening=lede,
        source=dateline.source,
        paragraphs=tuple(paragraphs),
        captions=split.captions,
        caption_places=caption_places(body, split.captions, paragraphs, [lede]),
        published=_published(furniture, dateline),
        authors=signed.authors,
        related=(*furniture, *dateline.said_besides(own=True), *signed.signature, *all_lines[end:]),
        duplicates=repeated + split.duplicates,
    )


def _take_furniture(content: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that are buttons or the page's date, and the others.

    A date further down heads a part of the text ("Ngày 26-5", in a chronicle) and stays in it.
    """
    furniture: list[str] = []
    text: list[str] = []
    for index, line in enumerate(content):
        dates_the_page = index < _HEAD or index == len(content) - 1
        is_furniture = is_social_bar(line) or (dates_the_page and bool(date_line(line).text))
        (furniture if is_furniture else text).append(line)
    return furniture, text


def _take_title(content: Sequence[str]) -> tuple[str, tuple[str, ...], Sequence[str]]:
    """The title, its repetitions right below it, and the lines of the text."""
    if not content:
        return "", (), ()
    key = comparison_key(content[0])
    start = 1
    while start < len(content) and comparison_key(content[start]) == key:
        start += 1
    return content[0], tuple(content[1:start]), content[start:]


def _published(furniture: Sequence[str], dateline: Dateline) -> Published:
    dated = (date_line(line) for line in furniture)
    return next((found for found in dated if found.text), opening_date(dateline.rest))
