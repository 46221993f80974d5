"""How is the archive written? Articles, versions and refusals in SQLite: append-only, with numbered changes.

When :meth:`Archive.store` returns, SQLite has committed the records to disk (WAL, synchronous=FULL). Reading
never blocks writing. One process writes at a time; any number read, each thread on a connection of its own.

An article with an id that the archive has not is new. A known article is a new version where no earlier
version of it has the same content; otherwise it is unchanged, so that importing the same files again, in any
order, changes nothing. The raw record of each version is stored beside it, once per digest.
"""

import json
import sqlite3
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from corpus.archive_errors import report_archive_errors
from corpus.archive_reader import ArchiveReader, check_archive
from corpus.archive_upgrade import upgrade
from corpus.archived import Outcome
from corpus.disk import make_folder
from corpus.errors import UserError
from corpus.message import say
from corpus.moment import now
from corpus.records import Reading, Record, Refusal
from corpus.stored import FACT_COLUMNS, content_of, fact_row, packed

__all__ = ["Archive", "ArchiveReader", "check_archive"]


class Archive(ArchiveReader):
    """The archive, open for writing; it is created where it is missing."""

    def __init__(self, path: Path) -> None:
        with report_archive_errors(path):
            make_folder(path.parent)
            self._writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._close_writer = weakref.finalize(self, self._writer.close)
            _prepare(self._writer)
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

    def store(self, records: Sequence[Record], *, since: int | None = None) -> list[Outcome]:
        """Stores articles and refusals in one transaction; returns the outcome of each, in their order.

        When it returns, the records are on disk.

        Args:
            since: the archive's number when this import began. An article that equals a later version counts
                as merged, one that equals an earlier version as unchanged. None: both count as unchanged.
        """
        with self._transaction():
            return [
                self._store_reading(record, since)
                if isinstance(record, Reading)
                else self._store_refusal(record)
                for record in records
            ]

    def withdraw(self, article_id: str, note: str = "") -> None:
        """Marks an article as withdrawn: it stays in the archive, and is no longer searched."""
        self._mark(article_id, "withdrawal", note)

    def restore(self, article_id: str, note: str = "") -> None:
        """Reverses a withdrawal."""
        self._mark(article_id, "restoration", note)

    def keep_words(self, segmenter: str, boundaries: Mapping[int, bytes]) -> None:
        """Stores word boundaries by change; those of another segmenter are replaced."""
        with self._transaction():
            self._writer.executemany(
                "INSERT OR REPLACE INTO words (change, segmenter, boundaries) VALUES (?, ?, ?)",
                [(change, segmenter, bits) for change, bits in boundaries.items()],
            )

    def resolve(self, taken: Mapping[int, str]) -> None:
        """Marks refusals as resolved: ``taken`` gives by number the article that the record became."""
        with self._transaction():
            self._writer.executemany(
                "INSERT OR IGNORE INTO resolutions VALUES (?, ?, ?)",
                [(number, article_id, now()) for number, article_id in taken.items()],
            )

    def _store_reading(self, reading: Reading, since: int | None) -> Outcome:
        article, digest = reading.article, reading.article.digest
        versions, held_since = self._writer.execute(
            "SELECT count(*), min(CASE digest WHEN ? THEN change END) FROM versions WHERE article_id = ?",
            (digest, article.id),
        ).fetchone()
        if held_since is not None:
            return Outcome.MERGED if since is not None and held_since > since else Outcome.UNCHANGED
        change = self._change("version", article.id, "")
        self._insert_version(reading, change, versions + 1, digest)
        self._writer.execute(
            "INSERT INTO heads (article_id, change, last_change) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET change = excluded.change, last_change = excluded.last_change",
            (article.id, change, change),
        )
        self._writer.execute(
            f"INSERT OR REPLACE INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            fact_row(article),
        )
        return Outcome.NEW_VERSION if versions else Outcome.NEW

    def _insert_version(self, reading: Reading, change: int, version: int, digest: str) -> None:
        article, provenance = reading.article, reading.provenance
        if reading.raw:
            self._writer.execute(
                "INSERT OR IGNORE INTO raws VALUES (?, ?)", (provenance.raw_sha256, packed(reading.raw))
            )
        self._writer.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                change,
                article.id,
                version,
                digest,
                content_of(article),
                provenance.file,
                provenance.place,
                provenance.raw_sha256,
                provenance.reader,
                provenance.reader_version,
                provenance.imported_at,
                json.dumps(reading.context.as_dict(), ensure_ascii=False),
            ),
        )

    def _store_refusal(self, refusal: Refusal) -> Outcome:
        cursor = self._writer.execute(
            "INSERT OR IGNORE INTO refusals"
            " (file, place, reason, template, template_values, raw, raw_sha256, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                refusal.file,
                refusal.place,
                refusal.reason,
                refusal.message.template,
                json.dumps(dict(refusal.message.values)),
                zlib.compress(refusal.raw),
                refusal.raw_sha256,
                now(),
            ),
        )
        return Outcome.REFUSED if cursor.rowcount else Outcome.REFUSED_BEFORE

    def _mark(self, article_id: str, kind: str, note: str) -> None:
        with self._transaction():
            row = self._writer.execute(
                "SELECT withdrawn FROM heads WHERE article_id = ?", (article_id,)
            ).fetchone()
            if row is None:
                raise UserError(say("{id}: the archive has no article of this id", id=article_id))
            withdrawn = kind == "withdrawal"
            if bool(row[0]) == withdrawn:
                return
            change = self._change(kind, article_id, note)
            self._writer.execute(
                "UPDATE heads SET last_change = ?, withdrawn = ? WHERE article_id = ?",
                (change, withdrawn, article_id),
            )

    def _change(self, kind: str, article_id: str, note: str) -> int:
        cursor = self._writer.execute(
            "INSERT INTO changes (kind, article_id, note, at) VALUES (?, ?, ?, ?)",
            (kind, article_id, note, now()),
        )
        if cursor.lastrowid is None:
            raise AssertionError("SQLite gave an insert no row number")
        return cursor.lastrowid

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


def _prepare(writer: sqlite3.Connection) -> None:
    """Creates the tables where there are none, and upgrades those of an older format."""
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA synchronous = FULL")
    writer.execute("PRAGMA foreign_keys = ON")
    if writer.execute("PRAGMA user_version").fetchone()[0] == 0:
        schema = resources.files("corpus").joinpath("archive_schema.sql").read_text("utf-8")
        writer.executescript(f"BEGIN IMMEDIATE;{schema}COMMIT;")
    upgrade(writer)
