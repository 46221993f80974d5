"""How does the text of one scraped page become an article?

A text file is somebody's list or notes as often as an article: what does not look like one is refused, unless
``--format plain`` is said.
"""

from collections.abc import Iterator

from corpus.article import Article
from corpus.cleaning.caption_places import places_after_split
from corpus.cleaning.glued import split_glued
from corpus.cleaning.page import read_page
from corpus.cleaning.prose import is_prose
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.encoding import with_encoding_of_text
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import WholeFile, text_of_file, whole_or_refused
from corpus.readers.records.derived_id import derived_id
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.records import WHOLE, Record, Refusal

NAME, VERSION = "plain", 4
SUFFIXES = frozenset({".txt"})
MAX_FILE_BYTES = 16 * 1024 * 1024


def knows(_look: Look) -> bool:
    """Never: any bytes could be text; the name says it."""
    return False


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a text file.

    Raises:
        OSError: the disk or the rights.
    """
    raw = whole_or_refused(file, tally, MAX_FILE_BYTES)
    if isinstance(raw, Refusal):
        yield raw
    else:
        make = article if options.format else _likely_article
        maker = RecordMaker(file, options, tally, (NAME, VERSION))
        yield maker.record_made_by(WHOLE, raw, make, with_encoding_of_text(raw, options.context(file)))


def article(raw: bytes, context: Context) -> Article:
    """The article of a text file's bytes.

    Raises:
        ImpossibleValueError: bytes that are no text, a page without a title or without a text.
    """
    text = text_of_file(WholeFile(raw, None), context)
    found = article_of_page(text, context.stem, _as_bytes(raw) if context.encoding else "")
    return with_inferred_year(found, context)


def _as_bytes(raw: bytes) -> str:
    """The text as it looks before anybody asks for its encoding, so that ids do not hang on the answer."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _likely_article(raw: bytes, context: Context) -> Article:
    """The same, of a file of which nobody has said that it is one.

    Raises:
        ImpossibleValueError: as ``article``; "not-an-article".
    """
    found = article(raw, context)
    if not is_prose(
        found.title, [line for line in (found.lede, *found.paragraphs) if line] or found.captions
    ):
        message = say(
            "the text has no headline with sentences below it: it looks like a list or a table; if it is an"
            " article, say --format plain"
        )
        raise ImpossibleValueError("not-an-article", message)
    return found


def article_of_page(text: str, stem: str, unread: str = "") -> Article:
    """The article of a page's text; its id is derived from the text ``unread``, where it is given.

    Raises:
        ImpossibleValueError: a page without a title or without a text.
    """
    page = read_page(text)
    if unread:
        first = next((line.strip() for line in unread.splitlines() if line.strip()), "")
        key = derived_id(stem, url="", source="", title=first, published="")
    else:
        key = derived_id(stem, url="", source=page.source, title=page.title, published=page.published.text)
    paragraphs = split_glued(page.paragraphs)
    return Article(
        id=key,
        title=page.title,
        lede=page.lede,
        paragraphs=paragraphs,
        captions=page.captions,
        caption_places=places_after_split(page.caption_places, len(page.paragraphs), len(paragraphs)),
        source=page.source,
        authors=page.authors,
        published=page.published,
        related=page.related,
    )
