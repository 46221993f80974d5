"""How is the archive written? Articles, versions and refusals in SQLite: append-only, with numbered changes.

When :meth:`Archive.store` returns, SQLite has committed the records to disk (WAL, synchronous=FULL). Reading
never blocks writing. One process writes at a time; any number read, each thread on a connection of its own.
"""

import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.archive_errors import no_archive, report_archive_errors
from corpus.archive_reader import ArchiveReader, check_archive
from corpus.archive_upgrade import FORMAT, create, upgrade
from corpus.archived import StoredRecord
from corpus.audit import Action, Detail, actor_of, add_audit
from corpus.captures import Prefer
from corpus.digests import digest_of
from corpus.disk import check_space, make_folder
from corpus.erasing import Erased, ErasedVersion, remove_rows, wipe
from corpus.errors import OperatorError
from corpus.moment import now
from corpus.publishers import Publication
from corpus.records import Record
from corpus.rights import Rights, add_rights
from corpus.storing import Storing
from corpus.withdrawals import WithdrawalState, current_moment
from corpus.withdrawing import CarriedOut, WithdrawalOrder, Withdrawing, erase_listed

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
        self._erased: Erased | None = None
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
            if self._erased is None:
                self._erased = Erased.of(self._writer)
            storing = Storing(self._writer, since, prefer, self._erased)
            return [storing.store(record) for record in records]

    def withdraw(self, article_id: str, note: str = "") -> None:
        """Makes an article a tombstone: it stays in the archive, and is neither searched nor shown."""
        self.carry_out([WithdrawalOrder(article_id, None, WithdrawalState.TOMBSTONE, note)])

    def restore(self, article_id: str, note: str = "") -> None:
        """Reverses a withdrawal; does nothing where there is none."""
        if (article_id, None) in self.withdrawals().standing:
            self.carry_out([WithdrawalOrder(article_id, None, None, note)])

    def carry_out(self, orders: Sequence[WithdrawalOrder], *, dry_run: bool = False) -> list[CarriedOut]:
        """Withdraws articles and versions, or brings them back: all of the orders, or none.

        Of what is erased the rows are emptied; call ``wipe`` afterwards, so that their bytes are gone too.

        Args:
            dry_run: changes nothing, and says what would be done.

        Raises:
            UserError: one of the orders cannot be carried out; then none is.
        """
        with self._transaction(keeps=not dry_run):
            withdrawing = Withdrawing(self._writer)
            done = [
                self._carry_out(withdrawing, replace(order, actor=actor_of(order.actor))) for order in orders
            ]
        if not dry_run:
            self._erased = None
        return done

    def _carry_out(self, withdrawing: Withdrawing, order: WithdrawalOrder) -> CarriedOut:
        change = withdrawing.carry_out(order)
        is_erasure = order.state is WithdrawalState.ERASED
        if change is not None:
            add_audit(self._writer, order.actor, order.action, order.detail(change))
        return CarriedOut(order, change, remove_rows(self._writer, order.part) if is_erasure else None)

    def end_embargoes(self) -> list[WithdrawalOrder]:
        """Brings back what has been withdrawn until a moment that has passed."""
        if not self.withdrawals().ended(current_moment()):
            return []
        with self._transaction():
            ended = Withdrawing(self._writer).end_by_themselves()
            for order, change in ended:
                add_audit(self._writer, order.actor, order.action, order.detail(change))
        return [order for order, _ in ended]

    def erase_listed(self, listed: Sequence[ErasedVersion]) -> list[CarriedOut]:
        """Erases what a list names and this archive has not erased, also articles that it never held.

        An article that was erased goes with all its versions here, a single version by its digest.
        """
        with self._transaction():
            done = erase_listed(self._writer, listed)
        self._erased = None
        return done

    def wipe(self) -> bool:
        """Removes the bytes of erased rows from the archive's file; see corpus.erasing.wipe.

        Raises:
            OperatorError: there is too little space, or the disk fails.
        """
        with report_archive_errors(self._path):
            check_space(self._path.parent, 2 * self._path.stat().st_size)
            return wipe(self._writer)

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

    @contextmanager
    def _transaction(self, *, keeps: bool = True) -> Iterator[None]:
        """One transaction; undone where the block raises, or ``keeps`` is false."""
        with report_archive_errors(self._path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT" if keeps else "ROLLBACK")


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
