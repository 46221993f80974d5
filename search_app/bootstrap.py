"""Which classes implement the protocols that the use cases need? This module alone chooses them.

At most one process writes: a lock file in the data folder is held while an archive is open to be written.
Readers need no lock.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.archive import Archive, ArchiveReader, check_archive
from corpus.data_folder import ERASURES
from corpus.disk import make_folder, sync
from corpus.erasures import read_erasures
from corpus.errors import OperatorError
from corpus.message import say
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import NOTHING
from indexer.arrays.derived import check_header
from indexer.arrays.disk import report_disk_errors
from indexer.engine import IndexReader
from indexer.engines.memory.reader import MemoryIndex, MemoryReader
from indexer.engines.whoosh.directory import IndexDirectory
from indexer.engines.whoosh.reader import WhooshReader, open_reader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.holder import ReaderHolder
from indexer.stories.source import StorySource
from indexer.suggest.source import SuggestionSource
from indexer.units.source import UnitSource
from indexer.units.update import UnitSources
from search_app.answer.evaluation import Evaluator
from search_app.answer.exporting.withheld import analyse_withheld
from search_app.answer.service import Service
from search_app.query.expansion.expander import QueryExpander
from search_app.query.held_matches import ask_index
from search_app.query.names import Names, read_names
from search_app.query.units.cutter import CorpusCutter
from search_app.settings import Settings


def open_service(settings: Settings) -> Service:
    """The service over the archive and the index in the data folder. The index is opened by the first query.

    Raises:
        OperatorError: there is no archive, or a table of names in the data folder is faulty.
    """
    suggests = SuggestionSource(settings.suggestions)
    stories, units = StorySource(settings.stories), UnitSource(settings.units)
    archive = open_shown(settings)
    index = index_holder(settings, stories, archive)
    configuration, names = _fingerprint(settings), read_names(settings.names)
    expansion = QueryExpander(index, names, on=settings.expansion)
    cutter = _cutter(index, units, names)
    return Service(archive, index, suggests, expansion, stories, units, configuration, cutter)


def open_cutter(settings: Settings) -> CorpusCutter:
    """What cuts queries into units, as the service over the data folder does.

    Raises:
        OperatorError: there is no archive, or a table of names in the data folder is faulty.
    """
    return _cutter(
        index_holder(settings, archive=open_shown(settings)),
        UnitSource(settings.units),
        read_names(settings.names),
    )


def _cutter(index: ReaderHolder[IndexReader], units: UnitSource, names: Names) -> CorpusCutter:
    return CorpusCutter(units, names, holds=ask_index(index))


def _fingerprint(settings: Settings) -> str:
    """A digest of what a process reads once, and answers by from then on: settings, and tables of names."""
    read = (settings.language, settings.expansion, settings.url, settings.admin_email)
    digest = hashlib.sha256(repr(read).encode())
    for table in sorted(settings.names.glob("*.tsv")):
        digest.update(repr((table.name, table.stat().st_mtime_ns, table.stat().st_size)).encode())
    return digest.hexdigest()[:12]


def open_reading(settings: Settings) -> ArchiveReader:
    """The archive with all that it keeps, opened for reading.

    Raises:
        OperatorError: there is no archive.
    """
    return ArchiveReader(settings.archive)


def open_shown(settings: Settings) -> ShownArchive:
    """The archive without what is withdrawn, opened for reading.

    Raises:
        OperatorError: there is no archive.
    """
    return ShownArchive(settings.archive)


def index_holder(
    settings: Settings, stories: StorySource | None = None, archive: ShownArchive | None = None
) -> ReaderHolder[IndexReader]:
    """What lends readers of the index, which know the stories of its articles. Opens nothing yet.

    A reader is opened again when the index or the file of stories has changed, or something goes out of sight
    or comes back; segments that both states have are shared.

    Args:
        archive: says what is withdrawn, which the readers leave out; None: they hold all of the index.
    """
    directory = IndexDirectory(settings.index)
    source = stories or StorySource(settings.stories)

    def reopen(old: IndexReader | None) -> IndexReader:
        reuse = old if isinstance(old, WhooshReader) else None
        withdrawn = archive.withdrawn() if archive else NOTHING
        return open_reader(settings.index, reuse, source.numbers(), withdrawn)

    def state() -> tuple[int, ...]:
        sight = archive.withdrawn().state if archive else ()
        return (*directory.state(), *source.state(), *sight)

    return ReaderHolder(reopen, state)


def withheld_evaluator(settings: Settings, archive: ArchiveReader, number: int) -> Evaluator:
    """What asks the articles that stood at a change and are withdrawn now, and no others; for staff alone."""
    reader = MemoryReader(MemoryIndex({one.id: one for one in analyse_withheld(archive, number)}, number))
    index = ReaderHolder[IndexReader](lambda _old: reader, lambda: (number,))
    return Evaluator(index, QueryExpander(index, read_names(settings.names), on=settings.expansion))


@contextmanager
def unit_sources(settings: Settings) -> Iterator[UnitSources]:
    """What the table of units is made of, as it is on disk now: without what is withdrawn.

    Raises:
        OperatorError: there is no index, it is of another version or damaged, or the disk fails.
    """
    with open_reading(settings) as archive:
        withdrawn = archive.withdrawals().all()
    reader = open_reader(settings.index, withdrawn=withdrawn)
    try:
        yield UnitSources(reader, settings.suggestions)
    finally:
        reader.close()


@contextmanager
def changing(settings: Settings) -> Iterator[Archive]:
    """The existing archive, opened for writing.

    Raises:
        OperatorError: there is no archive, another process is writing, or the folder cannot be written.
    """
    check_archive(settings.archive)
    with writing(settings) as archive:
        yield archive


@contextmanager
def writing(settings: Settings) -> Iterator[Archive]:
    """The archive, a new one where there is none, for the one process that writes.

    What the folder's list of erasures names is erased in it: the list outlives an archive.

    Raises:
        UserError: the list of erasures cannot be understood.
        OperatorError: another process is writing, or the folder cannot be written.
    """
    with write_lock(settings):
        listed = read_erasures(settings.data / ERASURES)
        with Archive(settings.archive) as archive:
            if listed:
                archive.erase_listed(listed)
            yield archive


@contextmanager
def write_lock(settings: Settings) -> Iterator[None]:
    """While the block lasts, no other process writes in the data folder, which is made where it is missing.

    Raises:
        OperatorError: another process is writing, or the folder cannot be written.
    """
    lock = FileLock(settings.lock)
    try:
        make_folder(settings.data)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OperatorError(
            say(
                "{path}: another khobao is writing here; wait for it to end, then try again",
                path=str(settings.data),
            )
        ) from error
    except OSError as error:
        raise OperatorError(
            say(
                "{path}: the folder cannot be written: {error}; choose another with --data,"
                " or mend its rights",
                path=str(settings.data),
                error=str(error),
            )
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def index_writer(settings: Settings) -> Iterator[WhooshWriter]:
    """The writer of the current index. Where there is none, the first one is created and made current."""
    directory = IndexDirectory(settings.index)
    with report_disk_errors(settings.index):
        current: Path = directory.current() or directory.unfinished_rebuild() or directory.next_path()
        writer = WhooshWriter(current)
        if directory.current() is None:
            directory.switch_to(current)
    try:
        yield writer
    finally:
        writer.close()


def index_is_newest(settings: Settings) -> bool:
    """Whether the index and what is derived beside it are as this version writes them.

    True, too, where there is no index: there is nothing to be brought to this version.
    """
    try:
        if IndexDirectory(settings.index).current() is None:
            return True
        for path in settings.derived:
            check_header(path)
        return IndexDirectory(settings.index).is_newest()
    except OperatorError:
        return False


def drop_index(settings: Settings) -> None:
    """Removes the index and what is derived beside it: the archive that they were made of is replaced.

    Raises:
        OperatorError: they cannot be removed.
    """
    with report_disk_errors(settings.index):
        IndexDirectory(settings.index).drop()
        for path in settings.derived:
            path.unlink(missing_ok=True)
        if settings.index.exists():
            sync(settings.index)


def drop_unfinished_rebuild(settings: Settings) -> None:
    """Removes a rebuild that was begun and never came to its end.

    Raises:
        OSError: the disk fails.
    """
    path = IndexDirectory(settings.index).unfinished_rebuild()
    if path is not None:
        shutil.rmtree(path)


@contextmanager
def rebuild_writer(settings: Settings, number: int) -> Iterator[WhooshWriter]:
    """The writer of a new index beside the current one, which it replaces if the block ends without an error.

    A rebuild that was killed is continued, unless a version of the program with another index format began
    it, or it is damaged or of another archive; then a new one is begun.

    Args:
        number: the archive's last change; an index that is further is not of this archive.
    """
    directory = IndexDirectory(settings.index)
    with report_disk_errors(settings.index):
        path = directory.unfinished_rebuild() or directory.next_path()
        try:
            if path.exists() and not directory.is_newest(path):
                path = directory.next_path()
            writer = WhooshWriter(path)
            is_ours = writer.manifest.archive_number <= number
        except OperatorError:
            is_ours = False
        if not is_ours:
            path = directory.next_path()
            writer = WhooshWriter(path)
    try:
        yield writer
        with report_disk_errors(settings.index):
            directory.switch_to(path)
    finally:
        writer.close()
