"""Which readers are there, and which one knows a file?

A reader is a module of this folder and stands in ``READERS``; a container (an archive of files) stands in
``CONTAINERS``. The order is that in which they look at a file: the surest first, the name's end last.
"""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from corpus.article import Article
from corpus.context import Context
from corpus.errors import UserError
from corpus.message import say
from corpus.readers.containers import tar as tar_archive
from corpus.readers.containers import wacz as wacz_archive
from corpus.readers.containers import zip as zip_archive
from corpus.readers.documents import markdown as markdown_file
from corpus.readers.documents import pdf as pdf_document
from corpus.readers.documents import plain
from corpus.readers.documents import word as word_document
from corpus.readers.feeds import feed
from corpus.readers.html import page_file as html_file
from corpus.readers.input.look import Look
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.json import document as json_file
from corpus.readers.json import lines as jsonl
from corpus.readers.records.options import ImportOptions
from corpus.readers.tables import database, delimited
from corpus.readers.warc import crawl_file as warc_file
from corpus.records import Record, Refusal


class Reader(Protocol):
    """A module that reads one format.

    ``SUFFIXES`` end the names of its files (".json"); ``VERSION`` grows where the same bytes become another
    article.
    """

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802 - a module's constant
    @property
    def VERSION(self) -> int: ...  # noqa: D102, N802
    @property
    def SUFFIXES(self) -> frozenset[str]: ...  # noqa: D102, N802

    def knows(self, look: Look, /) -> bool:
        """Whether the content is surely of this format, whatever its name."""

    def read(self, file: SourceFile, options: ImportOptions, tally: Tally, /) -> Iterator[Record]:
        """The records of a file. Never raises on bad content, but for these.

        Raises:
            OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``; the caller refuses the file.
        """

    def article(self, raw: bytes, context: Context, /) -> Article:
        """The article of one record, from its bytes and context alone: cleaning can be done again.

        Raises:
            ImpossibleValueError: the record is no article.
        """


@runtime_checkable
class Container(Protocol):
    """A module that opens one kind of archive."""

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802
    @property
    def SUFFIXES(self) -> frozenset[str]: ...  # noqa: D102, N802

    def knows(self, look: Look, /) -> bool:
        """Whether the content is surely such an archive."""

    def members(self, file: SourceFile, tally: Tally, /) -> Iterator[SourceFile | Refusal]:
        """The files in it, one after the other; each is read before the next is asked for.

        Raises:
            OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``.
        """


READERS: tuple[Reader, ...] = (
    database,
    warc_file,
    feed,
    html_file,
    jsonl,
    json_file,
    word_document,
    pdf_document,
    markdown_file,
    delimited,
    plain,
)
CONTAINERS: tuple[Container, ...] = (wacz_archive, zip_archive, tar_archive)

_SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.SUFFIXES)


def known_to(file: SourceFile, options: ImportOptions) -> Reader | Container | None:
    """What opens the file; None where nothing knows it.

    A forced format binds every file but archives, which are opened to reach the files in them.

    Raises:
        UserError: the forced format is none.
        OSError: the disk or the rights.
    """
    forced = reader_named(options.format) if options.format else None
    look = Look.at(file, _SUFFIXES)
    by_name = next((reader for reader in READERS if look.suffix in reader.SUFFIXES), None)
    known = next((reader for reader in READERS if reader.knows(look)), None)
    if known:
        return forced or known
    archive = next((container for container in CONTAINERS if container.knows(look)), None)
    return archive or forced or by_name


def may_be_known(file: SourceFile, options: ImportOptions) -> bool:
    """Whether a reader knows a file, or the disk keeps it from being known."""
    try:
        return known_to(file, options) is not None
    except OSError:
        return True


def check_format(name: str) -> None:
    """Refuses a forced format that is none.

    Raises:
        UserError: there is no such reader.
    """
    if name:
        reader_named(name)


def reader_named(name: str) -> Reader:
    """The reader of this name.

    Raises:
        UserError: there is none.
    """
    found = next((reader for reader in READERS if name == reader.NAME), None)
    if found is None:
        raise UserError(
            say(
                "--format {name}: there is no such reader; there are {names}",
                name=name,
                names=reader_names(),
            )
        )
    return found


def reader_names() -> str:
    """The names of all readers, for a person."""
    return ", ".join(reader.NAME for reader in READERS)
