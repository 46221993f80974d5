"""How is the archive read? Articles, versions and refusals, read-only.

Reading never blocks writing; any number of processes read, each thread on a connection of its own.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from corpus.archive_connection import ArchiveConnection, check_archive
from corpus.archive_errors import (
    report_broken_rows,
)
from corpus.archived import ArchivedArticle, Counts, CurrentArticle, Head, StoredRefusal
from corpus.changes import ChangeKind
from corpus.digests import digest_of
from corpus.erasing import ErasedVersion, erased_versions
from corpus.message import Message
from corpus.stored import VERSION_COLUMNS, VERSION_TABLES, archived_row, proven_article, unpacked
from corpus.withdrawals import WITHDRAWAL_COLUMNS, WITHDRAWAL_KINDS, Withdrawals, current_moment

__all__ = ["ArchiveReader", "check_archive"]

_MAX_NUMBER = 2**63 - 1  # SQLite's greatest

IS_SHOWN = "(NOT h.withdrawn OR h.article_id IN (SELECT value FROM json_each(?)))"
"""Of a head h, in SQL: whether the article is not withdrawn now; its value is ``ArchiveReader.come_back``."""

_ID_BATCH = 500  # below SQLite's smallest limit of 999 values a statement
_Value = TypeVar("_Value", int, str)


class ArchiveReader(ArchiveConnection):
    """The archive, open for reading; safe for threads.

    It gives all that is kept, also what is withdrawn; corpus.shown_archive gives what may be shown. Of what
    is erased nothing is there to be given.
    """

    def __init__(self, path: Path) -> None:
        self._withdrawals = Withdrawals.none()
        self._state_changes: tuple[int, list[tuple[int, str, str, int | None]]] = 0, []
        super().__init__(path)

    def counts(self) -> Counts:
        """What the archive holds now."""
        live, withdrawn = self._one(
            f"SELECT coalesce(sum(shown), 0), coalesce(sum(NOT shown), 0)"  # noqa: S608 - a constant
            f" FROM (SELECT {IS_SHOWN} AS shown FROM heads h)",
            [self.come_back()],
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

    def come_back(self) -> str:
        """The value of IS_SHOWN: the articles whose withdrawal has ended by itself, as JSON."""
        return json.dumps([one.article_id for one in self.withdrawals().ended(current_moment())])

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


def _batches(values: Sequence[_Value]) -> Iterator[tuple[Sequence[_Value], str]]:
    """The values in batches that one statement takes, each with as many question marks."""
    for start in range(0, len(values), _ID_BATCH):
        batch = values[start : start + _ID_BATCH]
        yield batch, ",".join("?" * len(batch))
