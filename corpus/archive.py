"""Where is the truth kept? Articles, versions and refusals in SQLite, append-only, numbered.

What :meth:`Archive.store` returns is on disk: SQLite has committed it (WAL, synchronous=FULL).
Reading never blocks writing. One process writes at a time; any number read, each thread on a
connection of its own.

An article is new where its id is, and a new version where its content was never seen under that
id: content that an earlier version held is unchanged, so importing the same files again, in any
order, changes nothing.
"""

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Self
from urllib.parse import quote

from corpus.archived import ArchivedArticle, Counts, Head, Outcome, StoredRefusal
from corpus.article import Article, Provenance
from corpus.errors import OperatorError, UserError
from corpus.message import Message, say
from corpus.published import Published
from corpus.records import Reading, Record, Refusal

FORMAT = 1
_ID_BATCH = 500  # below SQLite's smallest limit of 999 values a statement

_VERSION_COLUMNS = """v.change, v.version, v.content, v.file, v.place, v.raw_sha256, v.reader,
    v.reader_version, v.imported_at, h.withdrawn"""


class ArchiveReader:
    """The archive as every reader sees it: read-only, safe for threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise OperatorError(
                say("{path}: there is no archive here; make one with: khobao add PATH", path=str(path))
            )
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._check_format()

    def close(self) -> None:
        """Closes the connections of all threads."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def number(self) -> int:
        """The number of the last change; 0 where nothing has happened."""
        return int(self._one("SELECT coalesce(max(number), 0) FROM changes")[0])

    def counts(self) -> Counts:
        """What the archive holds now."""
        live, withdrawn = self._one(
            "SELECT coalesce(sum(NOT withdrawn), 0), coalesce(sum(withdrawn), 0) FROM heads"
        )
        versions = self._one("SELECT count(*) FROM versions")[0]
        refusals = self._one("SELECT count(*) FROM refusals")[0]
        return Counts(live, withdrawn, versions, refusals, self.number)

    def articles(self, ids: Sequence[str]) -> dict[str, ArchivedArticle]:
        """The last version of each article of ``ids`` that the archive knows."""
        found: dict[str, ArchivedArticle] = {}
        for start in range(0, len(ids), _ID_BATCH):
            batch = ids[start : start + _ID_BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._rows(
                f"SELECT {_VERSION_COLUMNS} FROM heads h JOIN versions v ON v.change = h.change"  # noqa: S608 - marks only
                f" WHERE h.article_id IN ({marks})",
                batch,
            )
            found.update((kept.article.id, kept) for kept in map(_archived, rows))
        return found

    def article(self, article_id: str) -> ArchivedArticle | None:
        """The last version of an article; None where the archive does not know it."""
        return self.articles([article_id]).get(article_id)

    def versions(self, article_id: str) -> list[ArchivedArticle]:
        """Every version of an article, the oldest first."""
        rows = self._rows(
            f"SELECT {_VERSION_COLUMNS} FROM versions v JOIN heads h ON h.article_id = v.article_id"  # noqa: S608 - constant
            " WHERE v.article_id = ? ORDER BY v.version",
            [article_id],
        )
        return [_archived(row) for row in rows]

    def heads_since(self, number: int) -> list[Head]:
        """Articles whose last change came after ``number``, in the order of those changes."""
        rows = self._rows(
            "SELECT article_id, change, last_change, withdrawn FROM heads"
            " WHERE last_change > ? ORDER BY last_change",
            [number],
        )
        return [Head(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def refusals(self) -> Iterator[StoredRefusal]:
        """Every refusal, in the order it was stored."""
        rows = self._rows(
            "SELECT number, file, place, reason, template, template_values, raw, at"
            " FROM refusals ORDER BY number"
        )
        for number, file, place, reason, template, values, raw, at in rows:
            message = Message(template, json.loads(values))
            yield StoredRefusal(number, file, place, reason, message, zlib.decompress(raw), at)

    def words(self, changes: Sequence[int], segmenter: str) -> dict[int, bytes]:
        """Word boundaries kept for these versions by this segmenter, by change."""
        found: dict[int, bytes] = {}
        for start in range(0, len(changes), _ID_BATCH):
            batch = changes[start : start + _ID_BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._rows(
                f"SELECT change, boundaries FROM words WHERE segmenter = ? AND change IN ({marks})",  # noqa: S608 - marks only
                [segmenter, *batch],
            )
            found.update(rows)
        return found

    def damage(self) -> list[str]:
        """What SQLite and the digests find wrong; empty where the archive is whole."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"foreign key: {row}" for row in self._rows("PRAGMA foreign_key_check")]
        for article_id, version, digest, content in self._rows(
            "SELECT article_id, version, digest, content FROM versions"
        ):
            if _article(content).digest != digest:
                found.append(f"{article_id} version {version}: the content does not fit its digest")
        return found

    def _check_format(self) -> None:
        version = self._one("PRAGMA user_version")[0]
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
        # On a read-only disk SQLite cannot make the WAL's index; with no writer the file is immutable.
        mode = "mode=ro" if os.access(self._path.parent, os.W_OK) else "immutable=1"
        return sqlite3.connect(f"file:{quote(str(self._path))}?{mode}", uri=True, check_same_thread=False)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with _mendable(self._path):
            return self._connection.execute(statement, values)

    def _one(self, statement: str, values: Sequence[object] = ()) -> tuple[int, ...]:
        row: tuple[int, ...] = self._rows(statement, values).fetchone()
        return row


class Archive(ArchiveReader):
    """The archive as the one writing process sees it. Made where it is missing."""

    def __init__(self, path: Path) -> None:
        with _mendable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._writer = connection
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                schema = resources.files("corpus").joinpath("archive_schema.sql").read_text("utf-8")
                connection.executescript(f"BEGIN IMMEDIATE;{schema}COMMIT;")
        super().__init__(path)

    def close(self) -> None:
        """Closes every connection."""
        super().close()
        self._writer.close()

    def store(self, records: Sequence[Record]) -> list[Outcome]:
        """Stores articles and refusals in one transaction; the outcome of each, in their order.

        When it returns, the records are on disk.
        """
        with self._transaction():
            return [
                self._store_reading(record) if isinstance(record, Reading) else self._store_refusal(record)
                for record in records
            ]

    def withdraw(self, article_id: str, note: str = "") -> None:
        """Marks an article as withdrawn: it stays, and is no longer searched."""
        self._mark(article_id, "withdrawal", note)

    def restore(self, article_id: str, note: str = "") -> None:
        """Takes a withdrawal back."""
        self._mark(article_id, "restoration", note)

    def keep_words(self, segmenter: str, boundaries: Mapping[int, bytes]) -> None:
        """Keeps word boundaries by change, in place of those of another segmenter."""
        with self._transaction():
            self._writer.executemany(
                "INSERT OR REPLACE INTO words (change, segmenter, boundaries) VALUES (?, ?, ?)",
                [(change, segmenter, bits) for change, bits in boundaries.items()],
            )

    def _store_reading(self, reading: Reading) -> Outcome:
        article, provenance, digest = reading.article, reading.provenance, reading.article.digest
        known = self._writer.execute(
            "SELECT count(*), coalesce(sum(digest = ?), 0) FROM versions WHERE article_id = ?",
            (digest, article.id),
        ).fetchone()
        if known[1]:
            return Outcome.UNCHANGED
        change = self._change("version", article.id, "")
        self._writer.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                change,
                article.id,
                known[0] + 1,
                digest,
                _content(article),
                provenance.file,
                provenance.place,
                provenance.raw_sha256,
                provenance.reader,
                provenance.reader_version,
                provenance.imported_at,
            ),
        )
        self._writer.execute(
            "INSERT INTO heads (article_id, change, last_change) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET change = excluded.change, last_change = excluded.last_change",
            (article.id, change, change),
        )
        return Outcome.NEW_VERSION if known[0] else Outcome.NEW

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
                _now(),
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
            (kind, article_id, note, _now()),
        )
        if cursor.lastrowid is None:
            raise AssertionError("SQLite gave an insert no row number")
        return cursor.lastrowid

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _mendable(self._path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")


@contextmanager
def _mendable(path: Path) -> Iterator[None]:
    """SQLite's and the disk's errors as the operator's."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
        raise OperatorError(
            say(
                "{path}: the archive cannot be used: {error}; nothing acknowledged is lost."
                " Check the disk's space and rights, then give the same command again",
                path=str(path),
                error=str(error),
            )
        ) from error


def _content(article: Article) -> str:
    return json.dumps(article.as_dict(), ensure_ascii=False, separators=(",", ":"))


def _article(content: str) -> Article:
    parts = json.loads(content)
    lists = {key: tuple(value) for key, value in parts.items() if isinstance(value, list)}
    return Article(**parts | lists | {"published": Published(parts["published"])})


def _archived(row: tuple[int, int, str, str, str, str, str, int, str, int]) -> ArchivedArticle:
    change, version, content, *origin, withdrawn = row
    return ArchivedArticle(_article(content), Provenance(*origin), change, version, bool(withdrawn))  # type: ignore[arg-type]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
