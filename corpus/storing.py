"""How is a record stored? As a new article, a new version, a refusal, or not at all where it is held already.

A record that is no article of the archive (corpus.identity) is a new one. A known article is a new version
where no earlier version of it has the same content; otherwise it is unchanged, so that importing the same
files again, in any order, changes nothing. The raw record of each version is stored beside it, once per
digest.
"""

import json
import sqlite3
import zlib
from dataclasses import replace

from corpus.archived import Outcome, StoredRecord
from corpus.captures import CAPTURING_READERS, Prefer, lacking
from corpus.changes import ChangeKind, Choice
from corpus.digests import CHANGE_COLUMNS, START, digest_of, digest_of_change
from corpus.identity import Identities
from corpus.moment import now
from corpus.records import Reading, Record, Refusal
from corpus.stored import FACT_COLUMNS, content_of, context_text, fact_row, packed, stored_article


class Storing:
    """Stores records within one transaction of a connection that writes."""

    def __init__(self, writer: sqlite3.Connection, since: int | None, prefer: Prefer) -> None:
        self._writer = writer
        self._since = since
        self._prefer = prefer
        self._identities = Identities(writer)

    def store(self, record: Record) -> StoredRecord:
        """Stores a record; it is on disk when the transaction is."""
        return self._reading(record) if isinstance(record, Reading) else self._refusal(record)

    def _reading(self, reading: Reading) -> StoredRecord:
        identity = self._identities.identify(reading)
        local_id = reading.article.id if identity.article_id != reading.article.id else ""
        if local_id:
            reading = replace(reading, article=replace(reading.article, id=identity.article_id))
        article, digest = reading.article, reading.article.digest
        versions, held = self._writer.execute(
            "SELECT count(*), min(CASE digest WHEN ? THEN change END) FROM versions WHERE article_id = ?",
            (digest, article.id),
        ).fetchone()
        if held is not None:
            return self._held(reading, held, local_id)
        lacks = self._lacking(reading) if versions else ()
        choice = Choice.USUAL
        if lacks:
            choice = Choice.NEWEST if self._prefer is Prefer.NEWEST else Choice.POORER
        change = self._version(reading, versions + 1, digest, choice)
        if choice is Choice.POORER:
            self._set_last_change(article.id, change)
        else:
            self._set_current(reading, change, change)
        outcome = Outcome.NEW_VERSION if versions else Outcome.NEW
        is_told_apart = bool(local_id) and not identity.is_held
        return StoredRecord(
            outcome, article.id, local_id, is_told_apart, lacks if choice is Choice.POORER else ()
        )

    def _held(self, reading: Reading, held: int, local_id: str) -> StoredRecord:
        """A record whose content a version has; that version becomes current where the import asks for it."""
        if self._prefer is Prefer.NEWEST and self._stayed_behind(held):
            version = self._writer.execute(
                "SELECT version FROM versions WHERE change = ?", (held,)
            ).fetchone()[0]
            change = add_change(self._writer, ChangeKind.CHOICE, reading.article.id, version=version)
            self._set_current(reading, held, change)
            return StoredRecord(Outcome.NEW_VERSION, reading.article.id, local_id)
        is_merged = self._since is not None and held > self._since
        return StoredRecord(Outcome.MERGED if is_merged else Outcome.UNCHANGED, reading.article.id, local_id)

    def _stayed_behind(self, change: int) -> bool:
        row = self._writer.execute(
            "SELECT 1 FROM changes c JOIN heads h ON h.article_id = c.article_id"
            " WHERE c.number = ? AND c.choice = ? AND h.change != c.number",
            (change, Choice.POORER),
        ).fetchone()
        return row is not None

    def _lacking(self, reading: Reading) -> tuple[str, ...]:
        """What a poorer capture lacks of the current version; nothing where it is no poorer capture."""
        if reading.provenance.reader not in CAPTURING_READERS:
            return ()
        row = self._writer.execute(
            "SELECT v.content, v.reader, v.raw_sha256 FROM heads h JOIN versions v ON v.change = h.change"
            " WHERE h.article_id = ?",
            (reading.article.id,),
        ).fetchone()
        older, reader, raw_sha256 = stored_article(row[0]), row[1], row[2]
        if reader not in CAPTURING_READERS or raw_sha256 == reading.provenance.raw_sha256:
            return ()  # the same capture, cleaned otherwise
        return lacking(reading.article, older)

    def _version(self, reading: Reading, version: int, digest: str, choice: Choice) -> int:
        """Stores a version with its change, and its raw record; the number of the change."""
        article, provenance = reading.article, reading.provenance
        origin = (
            provenance.file,
            provenance.place,
            provenance.raw_sha256,
            provenance.reader,
            provenance.reader_version,
            provenance.imported_at,
        )
        context = context_text(reading.context)
        record = digest_of("versions", (article.id, version, digest, *origin, context))
        change = add_change(
            self._writer, ChangeKind.VERSION, article.id, version=version, choice=choice, record=record
        )
        if reading.raw:
            self._writer.execute(
                "INSERT OR IGNORE INTO raws VALUES (?, ?)", (provenance.raw_sha256, packed(reading.raw))
            )
        self._writer.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (change, article.id, version, digest, content_of(article), *origin, context),
        )
        return change

    def _set_current(self, reading: Reading, version: int, change: int) -> None:
        """Makes a version, named by its change, the current one of its article."""
        self._writer.execute(
            "INSERT INTO heads (article_id, change, last_change) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET change = excluded.change, last_change = excluded.last_change",
            (reading.article.id, version, change),
        )
        self._writer.execute(
            f"INSERT OR REPLACE INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            fact_row(reading.article),
        )

    def _set_last_change(self, article_id: str, change: int) -> None:
        self._writer.execute("UPDATE heads SET last_change = ? WHERE article_id = ?", (change, article_id))

    def _refusal(self, refusal: Refusal) -> StoredRecord:
        known = json.dumps(dict(refusal.message.values))
        at = now()
        said = (refusal.file, refusal.place, refusal.reason, refusal.message.template, known)
        cursor = self._writer.execute(
            "INSERT OR IGNORE INTO refusals"
            " (file, place, reason, template, template_values, raw_sha256, at, raw, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *said,
                refusal.raw_sha256,
                at,
                zlib.compress(refusal.raw),
                digest_of("refusals", (*said, refusal.raw_sha256, at)),
            ),
        )
        return StoredRecord(Outcome.REFUSED if cursor.rowcount else Outcome.REFUSED_BEFORE)


def add_change(
    writer: sqlite3.Connection,
    kind: ChangeKind,
    article_id: str,
    *,
    note: str = "",
    version: int | None = None,
    choice: Choice = Choice.USUAL,
    record: bytes = b"",
    actor: str = "",
) -> int:
    """Adds a change behind the last one; its number."""
    last, before = writer.execute(
        "SELECT number, digest FROM changes ORDER BY number DESC LIMIT 1"
    ).fetchone() or (
        0,
        START,
    )
    columns = (last + 1, kind, article_id, note, now(), version, actor, "", choice, record)
    writer.execute(
        f"INSERT INTO changes ({CHANGE_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (*columns, digest_of_change(before, columns)),
    )
    return int(last) + 1
