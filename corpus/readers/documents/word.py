"""How does a Word document (DOCX) become an article? By the styles of its paragraphs."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.styles import CT_Style
from docx.oxml.text.paragraph import CT_P
from docx.styles.style import StyleFactory
from lxml import etree

from corpus.article import Article
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.lines import comparison_key, lines
from corpus.cleaning.program_defaults import given_name, given_title
from corpus.cleaning.supplied_title import LONGEST_HEADLINE, supplied_title
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.documents.word_parts import check_parts
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.maker import article_of_value, record_of_file
from corpus.readers.records.options import ImportOptions
from corpus.records import Record

NAME, VERSION = "docx", 4
SUFFIXES = frozenset({".docx"})
MAX_FILE_BYTES = 64 * 1024 * 1024

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CAPTION = "Caption"
_TEXT = qn("w:t")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NOT_SHOWN = {qn("w:del"), qn("w:moveFrom"), f"{{{_COMPATIBILITY}}}Fallback"}
# Properties are no text, and the paragraphs of a text box are listed by themselves.
_PASSED_OVER = _NOT_SHOWN | {qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent")}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A paragraph: the name of its style, and its lines."""

    style: str
    lines: tuple[str, ...]


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
    document = _document(raw)
    printed = list(_parts(document))
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


def _headline(printed: Sequence[_Part], file_title: str) -> tuple[str, _Part | None]:
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


def _document(raw: bytes) -> Document:
    try:
        check_parts(raw)
        return docx.Document(io.BytesIO(raw))
    except (ImpossibleValueError, MemoryError):
        raise
    except Exception as error:  # python-docx raises all kinds of exceptions
        raise ImpossibleValueError(
            "bad-document",
            say("the document cannot be read ({problem}); save it anew", problem=type(error).__name__),
        ) from error


def _paragraphs(document: Document) -> Iterator[CT_P]:
    """The distinct paragraphs in order, with those in tables, controls and text boxes."""
    for element in document.element.body.iter(qn("w:p")):
        if not any(around.tag in _NOT_SHOWN for around in element.iterancestors()):
            yield element


class _Styles:
    """The names of a document's paragraph styles, each looked up once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._elements: dict[str, CT_Style] = {}
        for element in document.styles.element.iterchildren(qn("w:style")):
            self._elements.setdefault(element.styleId, element)
        self._names: dict[str | None, str] = {}

    def name_of(self, paragraph: CT_P) -> str:
        """The name of the paragraph's style; that of the default style where it has none."""
        key = paragraph.style
        if key not in self._names:
            self._names[key] = self._name(key)
        return self._names[key]

    def _name(self, key: str | None) -> str:
        element = self._elements.get(key) if key is not None else None
        if element is not None and element.type == WD_STYLE_TYPE.PARAGRAPH:
            return str(StyleFactory(element).name)
        return self._usual

    @cached_property
    def _usual(self) -> str:
        """The name of the default style; looked up once, for it takes a pass over all styles."""
        usual = self._document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        return str(usual.name) if usual else ""


def _parts(document: Document) -> Iterator[_Part]:
    """The paragraphs that are not empty."""
    styles = _Styles(document)
    for element in _paragraphs(document):
        if text_lines := lines("".join(_texts(element))):
            yield _Part(styles.name_of(element), text_lines)


def _texts(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph in order, without deleted or moved text."""
    for inner in element:
        if inner.tag == _TEXT:
            yield inner.text or ""
        elif inner.tag in _SIGNS:
            yield _SIGNS[inner.tag]
        elif inner.tag not in _PASSED_OVER:
            yield from _texts(inner)
