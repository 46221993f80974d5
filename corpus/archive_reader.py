"""How is the archive read? Articles, versions and refusals, read-only.

Reading never blocks writing; any number of processes read, each thread on a connection of its own.
"""

import json
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self, TypeVar
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
from corpus.archived import ArchivedArticle, Counts, CurrentArticle, Head, StoredRefusal
from corpus.changes import ChangeKind
from corpus.data_folder import beside
from corpus.digests import digest_of
from corpus.erasing import ErasedVersion, erased_versions
from corpus.errors import OperatorError
from corpus.message import Message, say
from corpus.stored import VERSION_COLUMNS, VERSION_TABLES, archived_row, proven_article, unpacked
from corpus.withdrawals import WITHDRAWAL_COLUMNS, WITHDRAWAL_KINDS, Withdrawals

_MAX_NUMBER = 2**63 - 1  # SQLite's greatest
_CACHE_KIB = 256
"""Of each connection, and each thread has one: the system caches the file for all of them."""

_ID_BATCH = 500  # below SQLite's smallest limit of 999 values a statement
_Value = TypeVar("_Value", int, str)


class ArchiveReader:
    """The archive, open for reading; safe for threads.

    It gives all that is kept, also what is withdrawn; corpus.shown_archive gives what may be shown. Of what
    is erased nothing is there to be given.
    """

    def __init__(self, path: Path) -> None:
        check_archive(path)
        self._path = path
        self._local = threading.local()
        self._withdrawals = Withdrawals.none()
        self._state_changes: tuple[int, list[tuple[int, str, str, int | None]]] = 0, []
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

    def counts(self) -> Counts:
        """What the archive holds now."""
        live, withdrawn = self._one(
            "SELECT coalesce(sum(NOT withdrawn), 0), coalesce(sum(withdrawn), 0) FROM heads"
        )
        versions = self._one("SELECT count(*) FROM versions")[0]
        refusals = self._one("SELECT count(*) FROM refusals")[0]
        return Counts(live, withdrawn, versions, refusals, self.number)

    def articles(self, ids: Sequence[str]) -> dict[str, ArchivedArticle]:
        """The last version of each article of ``ids`` that the archive has, by id."""
        articles: dict[str, ArchivedArticle] = {}
        for batch, marks in _batches(ids):
            rows = self.rows(
                f"SELECT {VERSION_COLUMNS} FROM heads h JOIN versions v ON v.change = h.change"  # noqa: S608 - marks only
                f" JOIN changes c ON c.number = v.change WHERE h.article_id IN ({marks}) AND v.content != ''",
                batch,
            )
            with report_broken_rows(self._path):
                articles.update((archived.article.id, archived) for archived in map(archived_row, rows))
        with report_broken_rows(self._path):
            if not articles.keys() <= set(ids):
                raise ValueError("a head leads to the version of another article")
        return articles

    def texts(self, ids: Sequence[str]) -> dict[str, CurrentArticle]:
        """The texts of the last versions alone, by id: proven by their digests, without provenance."""
        texts: dict[str, CurrentArticle] = {}
        for batch, marks in _batches(ids):
            rows = self.rows(
                "SELECT h.article_id, h.change, v.content, v.digest FROM heads h"  # noqa: S608 - marks only
                f" JOIN versions v ON v.change = h.change WHERE h.article_id IN ({marks})"
                " AND v.content != ''",
                batch,
            )
            with report_broken_rows(self._path):
                for article_id, change, content, digest in rows:
                    article = proven_article(content, article_id, digest)
                    texts[article_id] = CurrentArticle(article, change)
        return texts

    def changes(self, ids: Sequence[str]) -> dict[str, int]:
        """The change that brought the last version of each article of ``ids`` that the archive has, by id."""
        changes: dict[str, int] = {}
        for batch, marks in _batches(ids):
            rows = self.rows(f"SELECT article_id, change FROM heads WHERE article_id IN ({marks})", batch)  # noqa: S608 - marks only
            changes.update(rows)
        return changes

    def arrived(self, ids: Sequence[str]) -> dict[str, datetime]:
        """When the last version of each article of ``ids`` came into the archive, by id."""
        arrived: dict[str, datetime] = {}
        for batch, marks in _batches(ids):
            rows = self.rows(
                "SELECT h.article_id, c.at FROM heads h JOIN changes c ON c.number = h.change"  # noqa: S608 - marks only
                f" WHERE h.article_id IN ({marks})",
                batch,
            )
            arrived.update((row[0], datetime.fromisoformat(row[1])) for row in rows)
        return arrived

    def moments(self, changes: Sequence[int]) -> dict[int, datetime]:
        """When some changes happened."""
        moments: dict[int, datetime] = {}
        for batch, marks in _batches(changes):
            rows = self.rows(f"SELECT number, at FROM changes WHERE number IN ({marks})", batch)  # noqa: S608 - marks only
            moments.update((number, datetime.fromisoformat(at)) for number, at in rows)
        return moments

    def newest_first(self) -> Iterator[str]:
        """The ids of all articles, that of the last version to come first; read while the caller iterates."""
        rows = self.rows(
            "SELECT h.article_id FROM changes c JOIN heads h"
            " ON h.article_id = c.article_id AND h.change = c.number ORDER BY c.number DESC"
        )
        return (row[0] for row in rows)

    def versions_of(self, changes: Sequence[int]) -> dict[int, ArchivedArticle]:
        """The versions that some changes brought, by change."""
        versions: dict[int, ArchivedArticle] = {}
        for batch, marks in _batches(changes):
            rows = self.rows(
                f"SELECT {VERSION_COLUMNS} FROM {VERSION_TABLES}"  # noqa: S608 - marks only
                f" WHERE v.change IN ({marks}) AND v.content != ''",
                batch,
            )
            with report_broken_rows(self._path):
                versions.update((archived.change, archived) for archived in map(archived_row, rows))
        return versions

    def article(self, article_id: str) -> ArchivedArticle | None:
        """The last version of an article; None where the archive has it not."""
        return self.articles([article_id]).get(article_id)

    def version(self, change: int) -> ArchivedArticle | None:
        """The version that a change brought; None where it brought none."""
        return next(iter(self._versions("v.change = ?", change)), None)

    def versions(self, article_id: str) -> list[ArchivedArticle]:
        """Every version of an article, the oldest first."""
        return self._versions("v.article_id = ?", article_id)

    def _versions(self, which: str, value: object) -> list[ArchivedArticle]:
        rows = self.rows(
            f"SELECT {VERSION_COLUMNS} FROM {VERSION_TABLES} WHERE {which} AND v.content != ''"  # noqa: S608 - constants
            " ORDER BY v.version",
            [value],
        )
        with report_broken_rows(self._path):
            return [archived_row(row) for row in rows]

    def withdrawals(self) -> Withdrawals:
        """All withdrawals that stand, also those that have ended by themselves since."""
        number, known = self.number, self._withdrawals
        if number == known.number:
            return known
        if number < known.number:  # another archive was put in its place
            known = Withdrawals.none()
        rows = self.rows(
            f"SELECT {WITHDRAWAL_COLUMNS} FROM changes WHERE number > ? AND number <= ?"  # noqa: S608 - constants
            f" AND kind IN ({WITHDRAWAL_KINDS}) ORDER BY number",
            [known.number, number],
        )
        self._withdrawals = known.after(number, rows)
        return self._withdrawals

    def state_changes(self) -> list[tuple[int, str, str, int | None]]:
        """Of each change of an article that brought no version: number, kind, article, version; in order."""
        number, (known, changes) = self.number, self._state_changes
        if known > number:
            known, changes = 0, []
        if known < number:
            rows = self.rows(
                "SELECT number, kind, article_id, version FROM changes"
                " WHERE number > ? AND number <= ? AND kind != ? AND article_id != '' ORDER BY number",
                [known, number, ChangeKind.VERSION],
            )
            changes = changes + rows.fetchall()
            self._state_changes = number, changes
        return changes

    def erased(self) -> list[ErasedVersion]:
        """Every erased version, in the order of the erasures."""
        return list(erased_versions(self.rows))

    def heads_since(self, number: int) -> list[Head]:
        """Articles whose last change came after ``number``, in the order of those changes."""
        rows = self.rows(
            "SELECT article_id, change, last_change, withdrawn FROM heads"
            " WHERE last_change > ? ORDER BY last_change",
            [number],
        )
        return [Head(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def raw(self, archived: ArchivedArticle) -> bytes | None:
        """The record that a version was read from, byte for byte; None where it was not stored (format 1)."""
        row = self.rows("SELECT data FROM raws WHERE sha256 = ?", [archived.provenance.raw_sha256]).fetchone()
        if row is None:
            return None
        with report_broken_rows(self._path):
            record = unpacked(row[0])
            if sha256(record).hexdigest() != archived.provenance.raw_sha256:
                raise ValueError("the raw record does not fit its digest")
        return record

    def holds_raw(self, raw_sha256: str) -> bool:
        """Whether some version was read from a record of these bytes, as far as raw records are stored."""
        return self.rows("SELECT 1 FROM raws WHERE sha256 = ?", [raw_sha256]).fetchone() is not None

    def refusal(self, number: int) -> StoredRefusal | None:
        """One refusal, by its number; None where there is none."""
        if number > _MAX_NUMBER:
            return None
        return next(self._refusals("r.number = ?", [number]), None)

    def refusals(self, reason: str = "", *, open_only: bool = False) -> Iterator[StoredRefusal]:
        """Refusals in the order they were stored.

        Args:
            reason: only those of this reason.
            open_only: leaves out those whose record was imported later.
        """
        which = "(? = '' OR r.reason = ?) AND (NOT ? OR s.refusal IS NULL)"
        return self._refusals(which, [reason, reason, open_only])

    def _refusals(self, which: str, values: Sequence[object]) -> Iterator[StoredRefusal]:
        rows = self.rows(
            "SELECT r.number, r.file, r.place, r.reason, r.template, r.template_values, r.raw, r.raw_sha256,"  # noqa: S608 - constants
            " r.at, r.digest, s.article_id FROM refusals r LEFT JOIN resolutions s ON s.refusal = r.number"
            f" WHERE {which} ORDER BY r.number",
            values,
        )
        for number, file, place, code, template, known, raw, sha256_, at, digest, taken in rows:
            with report_broken_rows(self._path):
                message, data = Message(template, json.loads(known)), zlib.decompress(raw)
                said = (file, place, code, template, known, sha256_, at)
                if digest not in {b"", digest_of("refusals", said)}:
                    raise ValueError(f"the refusal {number} does not fit its digest")
            yield StoredRefusal(number, file, place, code, message, data, sha256_, at, taken)

    def refusal_reasons(self) -> Iterator[tuple[str, str, str | None]]:
        """Of each refusal its reason, the digest of its bytes, and the article that it became later."""
        rows = self.rows(
            "SELECT r.reason, r.raw_sha256, s.article_id FROM refusals r"
            " LEFT JOIN resolutions s ON s.refusal = r.number"
        )
        return ((reason, raw_sha256, taken_as) for reason, raw_sha256, taken_as in rows)

    def words(self, changes: Sequence[int], segmenter: str) -> dict[int, bytes]:
        """The stored word boundaries of these versions by this segmenter, by change.

        Those that do not fit their digest are left out, as if they had never been cut.
        """
        boundaries: dict[int, bytes] = {}
        for batch, marks in _batches(changes):
            rows = self.rows(
                f"SELECT change, boundaries, digest FROM words WHERE segmenter = ? AND change IN ({marks})",  # noqa: S608 - marks only
                [segmenter, *batch],
            )
            boundaries |= {
                change: bits
                for change, bits, digest in rows
                if not digest or digest == digest_of("words", (change, segmenter, bits))
            }
        return boundaries

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


def _batches(values: Sequence[_Value]) -> Iterator[tuple[Sequence[_Value], str]]:
    """The values in batches that one statement takes, each with as many question marks."""
    for start in range(0, len(values), _ID_BATCH):
        batch = values[start : start + _ID_BATCH]
        yield batch, ",".join("?" * len(batch))


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
