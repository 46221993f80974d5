"""How does the text of one scraped page become an article?"""

import hashlib
from collections.abc import Iterator

from corpus.article import Article, Provenance
from corpus.cleaning.page import read_page
from corpus.errors import ImpossibleValueError
from corpus.readers.derived_id import derived_id
from corpus.readers.field_map import FieldMap
from corpus.readers.refusing import refuse
from corpus.readers.source_file import SourceFile, Tally
from corpus.readers.whole_file import text_of_file, whole_file
from corpus.records import Reading, Record

NAME, VERSION = "plain", 1
MAX_FILE_BYTES = 16 * 1024 * 1024

_PLACE = "whole file"


def read(file: SourceFile, _fields: FieldMap, tally: Tally) -> Iterator[Record]:
    """The one record of a text file.

    Raises:
        OSError: the disk or the rights.
    """
    raw = b""
    try:
        found = whole_file(file, tally, MAX_FILE_BYTES)
        raw = found.raw
        if found.damage:
            raise found.damage
        article = article_of_page(text_of_file(found), file.stem)
    except ImpossibleValueError as error:
        yield refuse(file, _PLACE, error.reason, error.message, raw)
        return
    digest = hashlib.sha256(raw).hexdigest()
    yield Reading(article, Provenance(file.name, _PLACE, digest, NAME, VERSION, file.imported_at))


def article_of_page(text: str, stem: str) -> Article:
    """The article of a page's text.

    Raises:
        ImpossibleValueError: a page without a title or without a text.
    """
    page = read_page(text)
    key = derived_id(stem, url="", source=page.source, title=page.title, published=page.published.text)
    return Article(
        id=key,
        title=page.title,
        lede=page.lede,
        paragraphs=page.paragraphs,
        captions=page.captions,
        source=page.source,
        published=page.published,
        related=page.related,
    )
