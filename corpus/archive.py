"""How is the archive written? Articles, versions and refusals in SQLite: append-only, with numbered changes.

When :meth:`Archive.store` returns, SQLite has committed the records to disk (WAL, synchronous=FULL). Reading
never blocks writing. One process writes at a time; any number read, each thread on a connection of its own.
"""

import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.archive_errors import no_archive, report_archive_errors
from corpus.archive_reader import ArchiveReader, check_archive
from corpus.archive_upgrade import FORMAT, create, upgrade
from corpus.archived import StoredRecord
from corpus.audit import Action, Detail, actor_of, add_audit
from corpus.captures import Prefer
from corpus.changes import ChangeKind
from corpus.digests import digest_of
from corpus.disk import make_folder
from corpus.errors import OperatorError, UserError
from corpus.message import say
from corpus.moment import now
from corpus.publishers import Publication
from corpus.records import Record
from corpus.rights import Rights, add_rights
from corpus.storing import Storing, add_change

__all__ = ["Archive", "ArchiveReader", "check_archive"]


class Archive(ArchiveReader):
    """The archive, open for writing; it is created where it is missing.

    Attributes:
        upgraded_from: the format that it had until now, where opening it upgraded it; else None.
    """

    def __init__(self, path: Path) -> None:
        with report_archive_errors(path):
            make_folder(path.parent)
            self._writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._close_writer = weakref.finalize(self, self._writer.close)
            self.upgraded_from = _prepare(self._writer, path)
        super().__init__(path)

    def close(self) -> None:
        """Closes every connection, and leaves an empty WAL beside the archive.

        SQLite drops the WAL when the last connection that may write is closed. A process that may not write
        here could then read no more, for it cannot make one; so a connection that only reads is closed last.
        """
        with report_archive_errors(self._path):
            self.rows("SELECT count(*) FROM changes").fetchall()
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._close_writer()
        super().close()

    def store(
        self, records: Sequence[Record], *, since: int | None = None, prefer: Prefer = Prefer.RICHER
    ) -> list[StoredRecord]:
        """Stores articles and refusals in one transaction; returns what became of each, in their order.

        When it returns, the records are on disk.

        Args:
            since: the archive's number when this import began. An article that equals a later version counts
                as merged, one that equals an earlier version as unchanged. None: both count as unchanged.
            prefer: which version is current where the newer is a poorer capture of the same page.
        """
        with self._transaction():
            storing = Storing(self._writer, since, prefer)
            return [storing.store(record) for record in records]

    def withdraw(self, article_id: str, note: str = "") -> None:
        """Marks an article as withdrawn: it stays in the archive, and is no longer searched."""
        self._mark(article_id, ChangeKind.WITHDRAWAL, note)

    def restore(self, article_id: str, note: str = "") -> None:
        """Reverses a withdrawal."""
        self._mark(article_id, ChangeKind.RESTORATION, note)

    def set_rights(self, publisher: Publication, rights: Rights, actor: str = "") -> int | None:
        """Says what may be done with a publisher's articles; the change, None: it was said before.

        Args:
            actor: who says it; empty: this process's user.
        """
        with self._transaction():
            return add_rights(self._writer, publisher, rights, actor_of(actor))

    def log(self, actor: str, action: Action, detail: Detail) -> None:
        """Adds a row to the audit log, for what is done already; ``actor`` empty: this process's user."""
        with self._transaction():
            add_audit(self._writer, actor_of(actor), action, detail)

    def keep_words(self, segmenter: str, boundaries: Mapping[int, bytes]) -> None:
        """Stores word boundaries by change; those of another segmenter are replaced."""
        with self._transaction():
            rows = [(change, segmenter, bits) for change, bits in boundaries.items()]
            self._writer.executemany(
                "INSERT OR REPLACE INTO words (change, segmenter, boundaries, digest) VALUES (?, ?, ?, ?)",
                [(*row, digest_of("words", row)) for row in rows],
            )

    def forget_words(self) -> None:
        """Drops all word boundaries, which are cut again by the next build; they are derived."""
        with self._transaction():
            self._writer.execute("DELETE FROM words")

    def resolve(self, taken: Mapping[int, str]) -> None:
        """Marks refusals as resolved: ``taken`` gives by number the article that the record became."""
        with self._transaction():
            rows = [(number, article_id, now()) for number, article_id in taken.items()]
            self._writer.executemany(
                "INSERT OR IGNORE INTO resolutions (refusal, article_id, at, digest) VALUES (?, ?, ?, ?)",
                [(*row, digest_of("resolutions", row)) for row in rows],
            )

    def _mark(self, article_id: str, kind: ChangeKind, note: str) -> None:
        with self._transaction():
            row = self._writer.execute(
                "SELECT withdrawn FROM heads WHERE article_id = ?", (article_id,)
            ).fetchone()
            if row is None:
                raise UserError(say("{id}: the archive has no article of this id", id=article_id))
            withdrawn = kind is ChangeKind.WITHDRAWAL
            if bool(row[0]) == withdrawn:
                return
            change = add_change(self._writer, kind, article_id, note=note)
            self._writer.execute(
                "UPDATE heads SET last_change = ?, withdrawn = ? WHERE article_id = ?",
                (change, withdrawn, article_id),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with report_archive_errors(self._path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")


def _prepare(writer: sqlite3.Connection, path: Path) -> int | None:
    """Creates the tables where there are none, and upgrades those of an older format, which is returned."""
    is_new = writer.execute("PRAGMA user_version").fetchone()[0] == 0
    if is_new and writer.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise OperatorError(no_archive(path, has_tables=True))
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA synchronous = FULL")
    if is_new:
        create(writer)
    before = upgrade(writer, path)
    if before is not None:
        add_audit(writer, actor_of(), Action.UPGRADE, {"archive_from": before, "archive_to": FORMAT})
    writer.execute("PRAGMA foreign_keys = ON")
    return before
