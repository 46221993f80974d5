"""Which paragraphs does a Word document print? What python-docx reads, in order, with their styles.

It stands apart from the reader, which loads it with its first document: python-docx takes a sixth of a
second, and every import of another format would wait for it.
"""

import io
from collections.abc import Iterator
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

from corpus.cleaning.lines import lines
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.documents.word_parts import check_parts

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TEXT = qn("w:t")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NOT_SHOWN = {qn("w:del"), qn("w:moveFrom"), f"{{{_COMPATIBILITY}}}Fallback"}
# Properties are no text, and the paragraphs of a text box are listed by themselves.
_PASSED_OVER = _NOT_SHOWN | {qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent")}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A paragraph: the name of its style, and its lines."""

    style: str
    lines: tuple[str, ...]


def document_of(raw: bytes) -> Document:
    """The document, as python-docx reads it.

    Raises:
        ImpossibleValueError: "bad-document", or "too-large".
    """
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


def printed_paragraphs(document: Document) -> Iterator[Part]:
    """The paragraphs that are not empty."""
    styles = _Styles(document)
    for element in _paragraphs(document):
        if text_lines := lines("".join(_texts(element))):
            yield Part(styles.name_of(element), text_lines)


def _texts(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph in order, without deleted or moved text."""
    for inner in element:
        if inner.tag == _TEXT:
            yield inner.text or ""
        elif inner.tag in _SIGNS:
            yield _SIGNS[inner.tag]
        elif inner.tag not in _PASSED_OVER:
            yield from _texts(inner)
