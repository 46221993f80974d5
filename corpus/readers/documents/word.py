"""How does a Word document (DOCX) become an article? By the styles of its paragraphs."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.lines import comparison_key
from corpus.cleaning.program_defaults import given_name, given_title
from corpus.cleaning.supplied_title import LONGEST_HEADLINE, supplied_title
from corpus.context import Context
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.maker import article_of_value, record_of_file
from corpus.readers.records.options import ImportOptions
from corpus.records import Record

if TYPE_CHECKING:
    from corpus.readers.documents.word_text import Part

NAME, VERSION = "docx", 4
SUFFIXES = frozenset({".docx"})
MAX_FILE_BYTES = 64 * 1024 * 1024

_CAPTION = "Caption"


def knows(look: Look) -> bool:
    """Whether the name is a DOCX's and the content a zip; sheets and slides begin with the same bytes."""
    return look.suffix in SUFFIXES and look.first.startswith(b"PK")


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a document.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    return record_of_file(file, options, tally, (NAME, VERSION), MAX_FILE_BYTES, article)


def article(raw: bytes, context: Context) -> Article:
    """The article of a document.

    Raises:
        ImpossibleValueError: "bad-document", "too-large", or an article that cannot be.
    """
    from corpus.readers.documents.word_text import document_of, printed_paragraphs  # noqa: PLC0415 - loads python-docx

    document = document_of(raw)
    printed = list(printed_paragraphs(document))
    properties = document.core_properties
    title, headline = _headline(printed, given_title(properties.title))
    below = [
        (part.style == _CAPTION, line) for part in printed if part is not headline for line in part.lines
    ]
    paragraphs = [line for is_caption, line in below if not is_caption]
    captions = list(dict.fromkeys(line for is_caption, line in below if is_caption))
    value: dict[str, object] = {
        "title": title,
        "paragraphs": paragraphs,
        "captions": captions,
        "caption_places": list(caption_places((line for _, line in below), captions, paragraphs)),
        "authors": given_name(properties.author),
        "tags": given_name(properties.keywords),
    }
    return article_of_value(value, Context(stem=context.stem), is_markup=False)


def _headline(printed: "Sequence[Part]", file_title: str) -> "tuple[str, Part | None]":
    """The headline, and the paragraph that it is; None where it is in no paragraph.

    Without a style or a title of the file it is the first paragraph, unless that is too long for one: then it
    is text, and the title is supplied.
    """
    if headline := next((part for part in printed if part.style.startswith(("Title", "Heading"))), None):
        return " ".join(headline.lines), headline
    first = " ".join(printed[0].lines if printed else ())
    title = file_title or first
    if len(title) > LONGEST_HEADLINE and title == first:
        return supplied_title(printed[0].lines), None
    text = (part for part in printed if part.style != _CAPTION)
    return title, next(
        (part for part in text if comparison_key(" ".join(part.lines)) == comparison_key(title)), None
    )
