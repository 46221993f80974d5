"""How does the text of one scraped page become an article?

A text file is as often a list or notes as an article. One that does not look like an article is refused,
unless ``--format plain`` is given.
"""

from collections.abc import Iterator

from corpus.article import Article
from corpus.cleaning.caption_places import places_after_split
from corpus.cleaning.glued import split_glued
from corpus.cleaning.page import read_page
from corpus.cleaning.prose import is_prose
from corpus.cleaning.supplied_title import LONGEST_HEADLINE, supplied_title
from corpus.context import Context
from corpus.derived_id import derived_id
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.encoding import with_encoding_of_text
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import WholeFile, text_of_file, whole_or_refused
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.records import WHOLE, Record, Refusal

NAME, VERSION = "plain", 5
SUFFIXES = frozenset({".txt"})
MAX_FILE_BYTES = 16 * 1024 * 1024


def knows(_look: Look) -> bool:
    """Never, for any bytes could be text: the name decides."""
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
        ImpossibleValueError: the bytes are no text, or the page has no title or no text.
    """
    text = text_of_file(WholeFile(raw, None), context)
    parsed = article_of_page(text, context.stem, _as_bytes(raw) if context.encoding else "")
    return with_inferred_year(parsed, context)


def _as_bytes(raw: bytes) -> str:
    """The text before its encoding is detected, so that ids do not depend on the detection."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _likely_article(raw: bytes, context: Context) -> Article:
    """The article of a file whose format was not forced.

    Raises:
        ImpossibleValueError: as ``article``; "not-an-article".
    """
    parsed = article(raw, context)
    if not is_prose(
        parsed.title, [line for line in (parsed.lede, *parsed.paragraphs) if line] or parsed.captions
    ):
        message = say(
            "the text has no headline with sentences below it: it looks like a list or a table; if it is an"
            " article, say --format plain"
        )
        raise ImpossibleValueError("not-an-article", message)
    return parsed


def article_of_page(text: str, stem: str, unread: str = "") -> Article:
    """The article of a page's text; its id is derived from ``unread``, the text before decoding, where given.

    Raises:
        ImpossibleValueError: the page has no title or no text.
    """
    page = read_page(text)
    if unread:
        first = next((line.strip() for line in unread.splitlines() if line.strip()), "")
        key = derived_id(stem, url="", source="", title=first, published="")
    else:
        key = derived_id(stem, url="", source=page.source, title=page.title, published=page.published.text)
    if len(page.title) > LONGEST_HEADLINE:  # it is a paragraph, and stays in the text
        page = read_page(f"{supplied_title([page.title])}\n{text}")
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
