"""Which lines does a PDF draw? What pypdf reads of it, page by page, within limits.

It stands apart from the reader, which loads it with its first document: pypdf takes a sixth of a second, and
every import of another format would wait for it.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, apply_configuration

from corpus.cleaning.lines import stripped
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.documents.pdf_work import LIMITS, MAX_ALL_BYTES, MAX_CONTENT_BYTES, count_work

MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # a refusal says enough


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page: its text, and the size of its letters in points."""

    text: str
    size: float


def opened(raw: bytes) -> tuple[list[list[TextLine]], dict[str, str]]:
    """The lines of each page, and what the file says of itself.

    Raises:
        ImpossibleValueError: "bad-document", "locked" or "too-large".
    """
    with apply_configuration(LIMITS):
        return _opened(raw)


def _opened(raw: bytes) -> tuple[list[list[TextLine]], dict[str, str]]:
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()  # noqa: TRY301 - an answer, not a fault of pypdf
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise _too_large()  # noqa: TRY301 - the same
        about = reader.metadata
        metadata = {"title": str(about.title or ""), "author": str(about.author or "")} if about else {}
        return _pages(reader, count), metadata
    except (ImpossibleValueError, MemoryError):
        raise
    except Exception as error:  # pypdf raises all kinds of exceptions
        problem = type(error).__name__
        raise ImpossibleValueError(
            "bad-document", say("the document cannot be read ({problem}); save it anew", problem=problem)
        ) from error


def _pages(reader: PdfReader, count: int) -> list[list[TextLine]]:
    _check_work(reader, count)
    pages: list[list[TextLine]] = []
    characters = 0
    for number in range(count):
        pages.append(_lines(reader.pages[number]))
        characters += sum(len(line.text) for line in pages[-1])
        if characters > MAX_CHARACTERS:
            raise _too_large()
    return pages


def _check_work(reader: PdfReader, count: int) -> None:
    """Refuses a document whose drawing takes too long to interpret, before any of it is read.

    Raises:
        ImpossibleValueError: "too-large".
    """
    total = 0
    for number in range(count):
        work = count_work(reader.pages[number])
        total += work
        if work > MAX_CONTENT_BYTES or total > MAX_ALL_BYTES:
            raise _too_large()


def _lines(page: PageObject) -> list[TextLine]:
    """The page's lines, in the order in which they are drawn."""
    texts, sizes = [""], [0.0]

    def take(text: str, _cm: object, matrix: Sequence[float], _font: object, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                texts.append("")
                sizes.append(0.0)
            texts[-1] += part
            if part.strip():
                sizes[-1] = max(sizes[-1], abs(size * matrix[3]))

    page.extract_text(visitor_text=take)
    return [
        TextLine(text_line, size)
        for text, size in zip(texts, sizes, strict=True)
        if (text_line := stripped(text))
    ]


def _locked() -> ImpossibleValueError:
    return ImpossibleValueError("locked", say("the PDF is encrypted; save it without its password"))


def _too_large() -> ImpossibleValueError:
    message = say("the PDF has more than {pages} pages, or too much on one; split it", pages=MAX_PAGES)
    return ImpossibleValueError("too-large", message)
