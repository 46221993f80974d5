"""Which readers are there, and which one reads a file?

A reader is a module and is listed in ``READERS``; a container (an archive of files) is listed in
``CONTAINERS``. They look at a file in this order, the most certain first; the suffix of the name decides
last.
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
from corpus.readers.input.source_file import MEMBER, SourceFile, Tally
from corpus.readers.json import document as json_file
from corpus.readers.json import lines as jsonl
from corpus.readers.records.options import ImportOptions
from corpus.readers.tables import database, delimited
from corpus.readers.warc import crawl_file as warc_file
from corpus.records import Record, Refusal


class Reader(Protocol):
    """A module that reads one format.

    ``SUFFIXES`` are the suffixes of its files' names (".json"); ``VERSION`` is raised where the same bytes
    give another article.
    """

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802 - a module's constant
    @property
    def VERSION(self) -> int: ...  # noqa: D102, N802
    @property
    def SUFFIXES(self) -> frozenset[str]: ...  # noqa: D102, N802

    def knows(self, look: Look, /) -> bool:
        """Whether the content is certainly of this format, whatever the name."""

    def read(self, file: SourceFile, options: ImportOptions, tally: Tally, /) -> Iterator[Record]:
        """The records of a file; bad content raises nothing but these.

        Raises:
            OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``; the caller refuses the file.
        """

    def article(self, raw: bytes, context: Context, /) -> Article:
        """The article of one record, made from its bytes and context alone, so that it can be cleaned again.

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
        """Whether the content is certainly such an archive."""

    def members(self, file: SourceFile, tally: Tally, /) -> Iterator[SourceFile | Refusal]:
        """Yields the files in it; each is read before the next is requested.

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


_HOLDS_MEMBERS = (
    *(suffix for container in CONTAINERS for suffix in sorted(container.SUFFIXES)),
    *(".gz", ".bz2", ".xz", ".zst"),
)
_LONGEST_SUFFIX = max(map(len, _HOLDS_MEMBERS))


def split_member(name: str) -> tuple[str, str]:
    """A file on disk and the member in it, from a name of provenance; the member is empty where it has none.

    What stands before the first mark that follows an archive's suffix is the file: its own name, and those of
    its folders, may contain the mark too.

    >>> split_member("kho!/a.ZIP!2013/b.zip!x!.html"), split_member("kho!/a.jsonl")
    (('kho!/a.ZIP', '2013/b.zip!x!.html'), ('kho!/a.jsonl', ''))
    """
    for place, letter in enumerate(name):
        if letter == MEMBER and name[:place][-_LONGEST_SUFFIX:].lower().endswith(_HOLDS_MEMBERS):
            return name[:place], name[place + 1 :]
    return name, ""


def known_to(file: SourceFile, options: ImportOptions) -> Reader | Container | None:
    """The reader or container of a file; None where none recognises it.

    A forced format applies to every file except archives, which are opened.

    Raises:
        UserError: the forced format is unknown.
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
    """Whether a reader recognises a file, or it cannot be read from disk."""
    try:
        return known_to(file, options) is not None
    except OSError:
        return True


def check_format(name: str) -> None:
    """Refuses an unknown format.

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
    named = next((reader for reader in READERS if name == reader.NAME), None)
    if named is None:
        raise UserError(
            say(
                "--format {name}: there is no such reader; there are {names}",
                name=name,
                names=reader_names(),
            )
        )
    return named


def reader_names() -> str:
    """The names of all readers, for messages."""
    return ", ".join(reader.NAME for reader in READERS)
