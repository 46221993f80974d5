"""Who did what with the archive, and when? Rows of its append-only table of audit, each with a digest.

A row says what a command did, and is no change: it gives the archive no number, and a command that changed
nothing writes none. Where nobody is named, who did it is the login name of the user who ran the command; the
log proves what was written, not who that was.
"""

import getpass
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.archive_errors import report_broken_rows
from corpus.archive_reader import ArchiveReader
from corpus.digests import DIGESTED, digest_of
from corpus.moment import now
from corpus.proofs import Proof, prove_row

Detail = Mapping[str, str | int]
"""What a command did: named texts and numbers."""

_EVERY = -1  # as a LIMIT of SQLite: no limit


class Action(StrEnum):
    """What was done. A later khobao may add some: whoever reads the log shows those as they are."""

    ADD = "add"
    RETRY = "retry"
    CLEAN = "clean"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    SALVAGE = "salvage"
    RIGHTS = "rights"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    ERASE = "erase"
    LOST = "lost"  # what stood under this number was not whole when the archive was salvaged


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What was done once.

    Attributes:
        at: UTC, ISO 8601.
        action: one of Action, or that of a later khobao.
    """

    number: int
    at: str
    actor: str
    action: str
    detail: Detail


def actor_of(by: str = "") -> str:
    """Who acts: who is named, else the login name of this process's user. Never raises."""
    return _utf_8(by.strip()) or _login_name()


def add_audit(writer: sqlite3.Connection, actor: str, action: Action | str, detail: Detail) -> None:
    """Adds a row, within the transaction that does what the row says."""
    last = writer.execute("SELECT coalesce(max(number), 0) FROM audit").fetchone()[0]
    insert_audit(writer, last + 1, actor, action, detail)


def insert_audit(
    writer: sqlite3.Connection, number: int, actor: str, action: Action | str, detail: Detail
) -> None:
    """Adds a row under a number that has none, as where the row of a damaged log is lost."""
    known = {name: _utf_8(value) if isinstance(value, str) else value for name, value in detail.items()}
    columns = (number, now(), _utf_8(actor), str(action), json.dumps(known, ensure_ascii=False))
    writer.execute(
        f"INSERT INTO audit ({DIGESTED['audit']}, digest) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (*columns, digest_of("audit", columns)),
    )


def audit_rows(archive: ArchiveReader, since: str = "", most: int | None = None) -> Iterator[AuditRow]:
    """The rows, the newest first, each proven; read while the caller iterates.

    Args:
        since: a moment of UTC or the beginning of one, as a day, ISO 8601: rows from then on.
        most: at most so many rows.

    Raises:
        OperatorError: here, or while the rows are read: a row is not what was written.
    """
    rows = archive.rows(
        f"SELECT digest, {DIGESTED['audit']} FROM audit WHERE at >= ? ORDER BY number DESC LIMIT ?",  # noqa: S608 - a constant
        [since, _EVERY if most is None else most],
    )
    for digest, *columns in rows:
        with report_broken_rows(archive.path):
            if prove_row("audit", digest, columns) is not Proof.WHOLE:
                raise ValueError(f"audit: the row {columns[0]} does not fit its digest")
            number, at, actor, action, detail = columns
            found = AuditRow(number, at, actor, action, json.loads(detail))
        yield found


def _login_name() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # the user has no name here, as in a container
        name = ""
    return _utf_8(name.strip()) or (f"uid {os.getuid()}" if hasattr(os, "getuid") else "?")


def _utf_8(text: str) -> str:
    """A text as SQLite can keep it; bytes of a name that are no UTF-8 are written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
