"""How does a PDF with a text layer become an article? Its lines are joined, without running heads.

A PDF has the positions of letters, and no structure: lines and their sizes are the only clues. One file is
one article; a newspaper page with several should be divided first. A scan without a text layer is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.cleaning.lines import comparison_key
from corpus.cleaning.program_defaults import given_name, given_title
from corpus.cleaning.supplied_title import LONGEST_HEADLINE, supplied_title
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.maker import article_of_value, record_of_file
from corpus.readers.records.options import ImportOptions
from corpus.records import Record

if TYPE_CHECKING:
    from corpus.readers.documents.pdf_pages import TextLine

NAME, VERSION = "pdf", 2
SUFFIXES = frozenset({".pdf"})
MAX_FILE_BYTES = 64 * 1024 * 1024
_FULL_LINE = 0.8  # of the usual line; a shorter one that ends a sentence ends its paragraph
_LINES_OF_TEXT = 3  # full lines in a row are no headline
_MARGIN_LINES = 2  # at the top and bottom of a page, where running heads are
_LARGER = 1.1  # times the usual size: a headline
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?…:][\"”»)\]]*$")


def knows(look: Look) -> bool:
    """Whether the content begins like a PDF."""
    return look.text.startswith(b"%PDF-")


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a document.

    Raises:
        OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``.
    """
    return record_of_file(file, options, tally, (NAME, VERSION), MAX_FILE_BYTES, article)


def article(raw: bytes, context: Context) -> Article:
    """The article of a document.

    Raises:
        ImpossibleValueError: "bad-document", "locked", "too-large", "no-text-layer", or no article.
    """
    from corpus.readers.documents.pdf_pages import opened  # noqa: PLC0415 - loads pypdf

    pages, metadata = opened(raw)
    lines = without_furniture(pages)
    if not lines:
        message = say("the PDF holds no text, only pictures: run it through text recognition (OCR) first")
        raise ImpossibleValueError("no-text-layer", message)
    title, body = headline(lines, given_title(metadata.get("title")))
    value: dict[str, object] = {"title": title, "paragraphs": paragraphs(body)}
    value["authors"] = given_name(metadata.get("author"))
    return article_of_value(value, Context(stem=context.stem), is_markup=False)


def without_furniture(pages: "Sequence[Sequence[TextLine]]") -> "list[TextLine]":
    """The lines of all pages without running heads: the lines at the edge of most pages."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    least = max(2, (len(pages) + 1) // 2)
    body: list[TextLine] = []
    for page in pages:
        edge = {id(line) for line in _edge(page)}
        body += [line for line in page if id(line) not in edge or edges[_key(line)] < least]
    return body


def _edge(page: "Sequence[TextLine]") -> "list[TextLine]":
    return [*page[:_MARGIN_LINES], *page[max(_MARGIN_LINES, len(page) - _MARGIN_LINES) :]]


def _key(line: "TextLine") -> str:
    return _DIGITS.sub("0", comparison_key(line.text))


def headline(lines: "Sequence[TextLine]", file_title: str) -> tuple[str, list[str]]:
    """The headline (the largest letters, else the title of the file), and the lines of the text.

    Where letters of one size begin with a long paragraph, none of it is a headline: one is supplied.
    """
    usual = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    largest = max(line.size for line in lines)
    first = next(n for n, line in enumerate(lines) if line.size == largest)
    if largest <= usual * _LARGER:
        texts = [line.text for line in lines]
        if file_title:
            return file_title, texts
        opening = _opening(texts)
        return (supplied_title([opening]), texts) if opening else (texts[0], texts[1:])
    end = first
    while end < len(lines) and lines[end].size == largest:
        end += 1
    title = " ".join(line.text for line in lines[first:end])
    return title, [line.text for line in (*lines[:first], *lines[end:])]


def _opening(texts: Sequence[str]) -> str:
    """The first paragraph, where it is too long for a headline; else empty.

    A headline of a line or two, which no full stop ends, would be joined to the text below it: only full
    lines are a paragraph.
    """
    width = _full_width(texts)
    full = list(takewhile(lambda text: len(text) >= width, texts))
    opening = paragraphs(texts[: len(full) + 1])[0] if full else ""
    return opening if len(opening) > LONGEST_HEADLINE and len(full) >= _LINES_OF_TEXT else ""


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Joins lines to paragraphs: a line that ends a sentence and is shorter than usual ends a paragraph."""
    width = _full_width(lines)
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        goes_on = len(line) >= width or not _ENDS.search(line)
    return paragraphs


def _full_width(lines: Sequence[str]) -> float:
    """The characters of a line that is full."""
    return max(map(len, lines), default=0) * _FULL_LINE
