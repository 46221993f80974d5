"""How are the bytes of an article removed? From every row of the archive that has them, then from its file.

What stays of an erased version is its id, its digest, the digest of its raw record, and the change that
erased it. The one transaction that removes the rest writes that change first. SQLite overwrites what it
deletes (secure_delete); then the file is written anew without its free pages (VACUUM), for earlier deletions
left theirs, and the log is emptied.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from corpus.changes import ChangeKind
from corpus.withdrawals import WithdrawnPart

_EMPTIED = "content = '', file = '', place = '', context = ''"
_WAIT_MS = 10_000  # for readers that still read the log


Execute = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Asks a statement that reads with its values; the rows."""


@dataclass(frozen=True, slots=True)
class ErasedVersion:
    """One version of which nothing but this is kept; ``at`` is when it was erased (UTC, ISO 8601).

    Of an article that this archive never held (its erasure came from a list), version is 0 and there are no
    digests. ``whole``: its article was erased, with all that any copy of the archive has of it.
    """

    article_id: str
    version: int
    digest: str
    raw_sha256: str
    at: str
    whole: bool = False


@dataclass
class Erased:
    """What was erased, as an import recognises it: by article, by digest of content, by digest of bytes."""

    articles: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    raws: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Erased":
        """What was erased of an archive."""
        found = cls()
        for part, _ in _erasures(connection.execute):
            if part[1] is None:
                found.articles.add(part[0])
        for one in erased_versions(connection.execute):
            found.digests.update(filter(None, [one.digest]))
            found.raws.update(filter(None, [one.raw_sha256]))
        return found


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed with an article.

    Attributes:
        versions: how many of its versions.
        raws: how many raw records.
        others: articles that were read from one of these raw records too: their texts stay, it does not.
        refusals: how many refused records that had the same bytes, or became this article later.
    """

    versions: int
    raws: int
    others: tuple[str, ...]
    refusals: int


def erased_versions(execute: Execute) -> Iterator[ErasedVersion]:
    """Every erased version, in the order of the erasures; ``execute`` asks an archive a statement."""
    for (article_id, version), at in _erasures(execute):
        rows = list(
            execute(
                "SELECT version, digest, raw_sha256 FROM versions WHERE article_id = ? AND ? IN (0, version)"
                " ORDER BY version",
                (article_id, version or 0),
            )
        )
        for number, digest, raw_sha256 in rows or [(0, "", "")]:
            yield ErasedVersion(article_id, number, digest, raw_sha256, at, version is None)


def remove_rows(writer: sqlite3.Connection, part: WithdrawnPart) -> Removed:
    """Removes what the tables hold of an article or a version, within the caller's transaction."""
    article_id, version = part
    versions = writer.execute(
        "SELECT change, raw_sha256 FROM versions WHERE article_id = ? AND ? IN (0, version)",
        (article_id, version or 0),
    ).fetchall()
    changes, raws = [row[0] for row in versions], sorted({row[1] for row in versions})
    refusals = _refusals_of(writer, article_id if version is None else "", raws)
    with _may_change(writer, ("versions", "raws", "refusals", "resolutions")):
        _for_each(
            writer,
            "UPDATE versions SET content = '', file = '', place = '', context = '' WHERE change = ?",
            changes,
        )
        kept = [one for one in raws if _for_each(writer, "DELETE FROM raws WHERE sha256 = ?", [one])]
        _for_each(writer, "DELETE FROM resolutions WHERE refusal = ?", refusals)
        _for_each(writer, "DELETE FROM refusals WHERE number = ?", refusals)
    for table in ("words", "recognised"):
        _for_each(writer, f"DELETE FROM {table} WHERE change = ?", changes)  # noqa: S608 - a constant
    if version is None:
        writer.execute("DELETE FROM facts WHERE article_id = ?", (article_id,))
    return Removed(len(changes), len(kept), _others(writer, article_id, kept), len(refusals))


def wipe(writer: sqlite3.Connection) -> bool:
    """Writes the file anew without its free pages, and empties the log; whether no process kept it from that.

    Called outside any transaction; needs free space for twice the archive.
    """
    writer.execute("PRAGMA secure_delete = ON")
    writer.execute("VACUUM")
    return empty_log(writer)


def empty_log(writer: sqlite3.Connection) -> bool:
    """Takes the log into the file and empties it; False where another process read it all the while."""
    before = writer.execute("PRAGMA busy_timeout").fetchone()[0]
    writer.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    try:
        return not writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        writer.execute(f"PRAGMA busy_timeout = {before}")


def _erasures(execute: Execute) -> list[tuple[WithdrawnPart, str]]:
    rows = execute(
        "SELECT article_id, version, at FROM changes WHERE kind = ? ORDER BY number", (ChangeKind.ERASURE,)
    )
    return [((row[0], row[1]), row[2]) for row in rows]


def _refusals_of(writer: sqlite3.Connection, article_id: str, raws: Sequence[str]) -> list[int]:
    """The refused records that became an article later, or have the bytes of one of its raw records."""
    found = {
        row[0]
        for row in writer.execute("SELECT refusal FROM resolutions WHERE article_id = ?", (article_id,))
    }
    if raws:
        wanted = set(raws)
        rows = writer.execute("SELECT number, raw_sha256 FROM refusals")
        found.update(number for number, sha256 in rows if sha256 in wanted)
    return sorted(found)


def _others(writer: sqlite3.Connection, article_id: str, raws: Iterable[str]) -> tuple[str, ...]:
    found: set[str] = set()
    for sha256 in raws:
        rows = writer.execute(
            "SELECT article_id FROM versions WHERE raw_sha256 = ? AND article_id != ? AND content != ''",
            (sha256, article_id),
        )
        found.update(row[0] for row in rows)
    return tuple(sorted(found))


def _for_each(writer: sqlite3.Connection, statement: str, values: Sequence[int | str]) -> int:
    """Carries out a statement for each value; how many rows it changed."""
    return sum(writer.execute(statement, (value,)).rowcount for value in values)


@contextmanager
def _may_change(writer: sqlite3.Connection, tables: Iterable[str]) -> Iterator[None]:
    """While the block lasts, rows of append-only tables can be changed; only this transaction sees it."""
    marks = [f"{table}_{what}" for table in tables for what in ("stay", "remain")]
    kept = [
        (name, sql)
        for name, sql in writer.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        if name in marks
    ]
    for name, _ in kept:
        writer.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in kept:
        writer.execute(sql)
