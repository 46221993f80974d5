"""How does a Word document (DOCX) become an article? By the styles of its paragraphs."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from corpus.article import Article
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.lines import sameness
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.look import Look
from corpus.readers.options import ImportOptions
from corpus.readers.record_maker import RecordMaker, article_of_value
from corpus.readers.source_file import SourceFile, Tally
from corpus.readers.whole_file import WHOLE, whole_or_refused
from corpus.records import Record, Refusal

NAME, VERSION = "docx", 3
SUFFIXES = frozenset({".docx"})
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # of all its parts: they are held in memory


def knows(look: Look) -> bool:
    """Whether it is named so and is a zip: sheets and slides begin with the same bytes."""
    return look.suffix in SUFFIXES and look.first.startswith(b"PK")


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a document.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    raw = whole_or_refused(file, tally, MAX_FILE_BYTES)
    if isinstance(raw, Refusal):
        yield raw
    else:
        yield RecordMaker(file, options, tally, (NAME, VERSION)).made(WHOLE, raw, article)


def article(raw: bytes, context: Context) -> Article:
    """The article of a document.

    Raises:
        ImpossibleValueError: "bad-document", "too-large", or an article that cannot be.
    """
    document = _document(raw)
    lines = [(part.style.name if part.style else "", part.text.strip()) for part in _paragraphs(document)]
    lines = [(str(style), text) for style, text in lines if text]
    said = document.core_properties
    heads = [text for style, text in lines if style.startswith(("Title", "Heading"))]
    title = next(iter(heads), "") or said.title or (lines[0][1] if lines else "")
    paragraphs = [text for style, text in lines if style != "Caption" and sameness(text) != sameness(title)]
    captions = list(dict.fromkeys(text for style, text in lines if style == "Caption"))
    value: dict[str, object] = {
        "title": title,
        "paragraphs": paragraphs,
        "captions": captions,
        "caption_places": list(caption_places((text for _, text in lines), captions, paragraphs)),
        "authors": said.author or "",
        "tags": said.keywords or "",
    }
    return article_of_value(value, Context(stem=context.stem))


def _document(raw: bytes) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        opened = docx.Document(io.BytesIO(raw)) if size <= MAX_UNPACKED_BYTES else None
    except Exception as error:  # python-docx raises whatever its code trips over
        raise ImpossibleValueError(
            "bad-document",
            say("the document cannot be read ({problem}); save it anew", problem=type(error).__name__),
        ) from error
    if opened is None:
        raise ImpossibleValueError(
            "too-large", say("the document unpacks to {count} bytes; save its text alone", count=size)
        )
    return opened


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
