"""How is the archive's file opened to be read? Read-only, a connection for each thread, of this format.

Reading never blocks writing; any number of processes read.
"""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

from corpus.archive_errors import (
    GuardedRows,
    no_archive,
    on_read_only_medium,
    report_archive_errors,
    report_broken_rows,
    report_copy_errors,
)
from corpus.archive_upgrade import FORMAT, OLDEST_FORMAT
from corpus.data_folder import beside
from corpus.digests import digest_of
from corpus.errors import OperatorError
from corpus.message import say

_CACHE_KIB = 256
"""Of each connection, and each thread has one: the system caches the file for all of them."""


class ArchiveConnection:
    """The archive's file, open for reading; safe for threads."""

    def __init__(self, path: Path) -> None:
        check_archive(path)
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        weakref.finalize(self, _close, self._opened)  # who lets go of a reader need not close it
        try:
            self._check_format()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Closes the connections of all threads."""
        _close(self._opened)
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self._path

    @property
    def number(self) -> int:
        """The number of the last change; 0 where nothing has happened."""
        return int(self._one("SELECT coalesce(max(number), 0) FROM changes")[0])

    @property
    def uuid(self) -> str:
        """The archive's own UUID, which it keeps for ever; its copies have it too.

        Raises:
            OperatorError: its row is lost or damaged.
        """
        with report_broken_rows(self._path):
            row = self.rows("SELECT uuid, made_at, formats, schema, digest FROM archive").fetchone()
            if row is None or row[-1] != digest_of("archive", row[:-1]):
                raise ValueError("the row of the archive itself does not fit its digest")
        return str(row[0])

    @property
    def changed_at(self) -> datetime:
        """When the last change happened; the epoch where nothing has."""
        return self._moment("SELECT at FROM changes ORDER BY number DESC LIMIT 1")

    @property
    def begun_at(self) -> datetime:
        """When the first change happened; the epoch where nothing has."""
        return self._moment("SELECT at FROM changes ORDER BY number LIMIT 1")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While the block lasts, this thread reads one state of the archive, whatever is being written.

        A block within another reads the state of the outer one.
        """
        if self._connection.in_transaction:
            yield
            return
        with report_archive_errors(self._path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def copy_to(
        self,
        target: sqlite3.Connection,
        path: Path,
        pages: int,
        progress: Callable[[int, int, int], None],
    ) -> None:
        """Copies the archive's pages to another database: one state of it, where called within a snapshot.

        Args:
            path: the file of the target.
        """
        self.rows("SELECT count(*) FROM changes").fetchall()  # the snapshot begins with the first read
        with report_copy_errors(self._path, path):
            self._connection.backup(target, pages=pages, progress=progress)

    def _check_format(self) -> None:
        version = self._one("PRAGMA user_version")[0]
        if OLDEST_FORMAT <= version < FORMAT:
            raise OperatorError(
                say(
                    "{path}: this archive has format {found}, from an earlier khobao; bring it to format"
                    " {format} with: khobao upgrade",
                    path=str(self._path),
                    found=version,
                    format=FORMAT,
                )
            )
        if version == 0:
            has_tables = bool(self._one("SELECT count(*) FROM sqlite_schema")[0])
            raise OperatorError(no_archive(self._path, has_tables=has_tables))
        if version != FORMAT:
            raise OperatorError(
                say(
                    "{path}: this archive has format {found}, this khobao reads format {format};"
                    " use the version of khobao that wrote it",
                    path=str(self._path),
                    found=version,
                    format=FORMAT,
                )
            )

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._opened.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        mode = "immutable=1" if _never_changes(self._path) else "mode=ro"
        connection = sqlite3.connect(
            f"file:{quote(str(self._path))}?{mode}", uri=True, check_same_thread=False
        )
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # which reads the file
        except BaseException:
            connection.close()
            raise
        return connection

    def rows(self, statement: str, values: Sequence[object] = ()) -> GuardedRows:
        """The rows of a statement that reads, for the modules that know the tables (corpus.coverage).

        Raises:
            OperatorError: here, or while the rows are read: the archive is damaged or cannot be read.
        """
        with report_archive_errors(self._path):
            return GuardedRows(self._path, self._connection.execute(statement, values))

    def _moment(self, statement: str) -> datetime:
        row = self.rows(statement).fetchone()
        return datetime.fromisoformat(row[0]) if row else datetime.fromtimestamp(0, UTC)

    def _one(self, statement: str, values: Sequence[object] = ()) -> tuple[int, ...]:
        with report_broken_rows(self._path):
            row: tuple[int, ...] = next(self.rows(statement, values))
        return row


def _never_changes(path: Path) -> bool:
    """Whether no process can write the archive: its medium is mounted read-only, and no WAL stands beside it.

    The rights of this process say nothing of that: the web user's are not the importer's.
    """
    wal, _ = beside(path)
    if wal.exists():
        return False
    with report_archive_errors(path):
        return on_read_only_medium(path)


def _close(opened: list[sqlite3.Connection]) -> None:
    while opened:
        opened.pop().close()


def check_archive(path: Path) -> None:
    """Refuses a path at which there is no archive.

    Raises:
        OperatorError: there is no file, an emptied one, or no right to read it.
    """
    with report_archive_errors(path):
        exists = path.is_file()
        is_emptied = exists and path.stat().st_size == 0
    if not exists:
        raise OperatorError(
            say("{path}: there is no archive here; make one with: khobao add PATH", path=str(path))
        )
    if is_emptied:
        raise OperatorError(no_archive(path, has_tables=False))
