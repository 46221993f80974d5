"""How does a saved page become an article?"""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from corpus.context import Context
from corpus.readers.html.article import PageContext, article_of_html
from corpus.readers.html.saved_from import saved_from
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.capture_bound import latest_day, without_later_date
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.maker import record_of_file
from corpus.readers.records.options import ImportOptions
from corpus.records import Record

NAME, VERSION = "html", 4
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".aspx"})
MAX_FILE_BYTES = 16 * 1024 * 1024

# A declaration must not contain the end of a comment, or it would be matched again from each of them.
_DECLARATION = rb"<\?xml(?:[^>-]|-(?!->))*>"
_BEGINS = rb"(?:" + _DECLARATION + rb"|\s)*<(?:!doctype\s+html|html|head|body)\b"
_PAGE = re.compile(_BEGINS, re.IGNORECASE)
_COMMENT = re.compile(rb"(?:" + _DECLARATION + rb"|\s)*<!--")
_PAGE_BELOW = re.compile(b"-->" + _BEGINS, re.IGNORECASE)


def knows(look: Look) -> bool:
    """Whether the content begins like a page, maybe after comments.

    A backtracking pattern could take the end of any comment for that of the first, in exponential time.

    >>> [knows(Look(page, "")) for page in (b"<!-- a --> <!-- b --><html>", b"<!-- a --><p>", b"<!--><html>")]
    [True, False, False]
    """
    first = look.text[:4096]
    if _PAGE.match(first):
        return True
    comment = _COMMENT.match(first)
    return bool(comment and _PAGE_BELOW.search(first, comment.end()))


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a page.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    return record_of_file(file, options, tally, (NAME, VERSION), MAX_FILE_BYTES, article)


def article(raw: bytes, context: Context) -> Article:
    """The article of a page's bytes.

    Raises:
        ImpossibleValueError: a page that is no article, or whose article cannot be.
    """
    page = saved_from(raw)
    if not context.url:
        context = replace(context, url=page.url, captured=context.captured or page.saved)
    known = PageContext(
        context.stem, context.url, context.declared_encoding, context.forced_encoding, latest_day(context)
    )
    return without_later_date(with_inferred_year(article_of_html(raw, known), context), context)
