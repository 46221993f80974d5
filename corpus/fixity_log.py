"""What did each verification of the archive find, and where does one that was stopped go on?

A result is a row of the archive's own table of fixity, with its dates and the change up to which it judged.
Whoever may not write the archive verifies it all the same; the result is then only told.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.archive_reader import ArchiveReader
from corpus.digests import DIGESTED, digest_of
from corpus.fixity import Fixity
from corpus.message import Message
from corpus.moment import now

_WAIT_SECONDS = 60  # for a transaction of somebody who adds meanwhile


@dataclass(frozen=True, slots=True)
class FixityResult:
    """A verification.

    Attributes:
        ended_at: empty where it was stopped.
        change: the archive's number when it began.
        proven, unproven: rows.
        faults: how many.
    """

    number: int
    begun_at: str
    ended_at: str
    change: int
    proven: int
    unproven: int
    faults: int


def last_result(archive: ArchiveReader) -> FixityResult | None:
    """The newest verification that came to its end; None where there is none."""
    row = archive.rows(
        "SELECT number, begun_at, ended_at, change, proven, unproven, json_array_length(faults) FROM fixity"
        " WHERE ended_at != '' ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return FixityResult(*row) if row else None


class FixityLog:
    """The row of one verification, kept up to date while it goes on.

    Attributes:
        found: what was found before it was stopped; nothing for a new one.
    """

    def __init__(
        self, connection: sqlite3.Connection | None, number: int, begun: tuple[str, int], found: Fixity
    ) -> None:
        self._connection = connection
        self._number = number
        self._begun = begun
        self.found = found

    @classmethod
    def begin(cls, path: Path, change: int, *, resume: bool) -> Self:
        """Begins a verification, or goes on with the last one where that was stopped.

        Args:
            change: the archive's number now.
        """
        try:
            connection = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            row = connection.execute(
                "SELECT number, begun_at, ended_at, change, done, faults FROM fixity"
                " ORDER BY number DESC LIMIT 1"
            ).fetchone()
            if resume and row and not row[2]:
                return cls(connection, row[0], (row[1], row[3]), _found(row[4], row[5]))
            log = cls(connection, (row[0] if row else 0) + 1, (now(), change), Fixity())
            log.note(log.found)
        except sqlite3.Error:
            return cls(None, 0, (now(), change), Fixity())
        return log

    @property
    def number(self) -> int:
        """The number of the row; 0 where nothing can be written."""
        return self._number if self._connection else 0

    def note(self, found: Fixity) -> None:
        """Notes how far a verification has come."""
        self._write(found, found.faults, "")

    def end(self, found: Fixity, faults: tuple[Message, ...]) -> None:
        """Notes the result, with the faults of the index too."""
        self._write(found, list(faults), now())
        if self._connection:
            self._connection.close()

    def _write(self, found: Fixity, faults: list[Message], ended_at: str) -> None:
        if self._connection is None:
            return
        done = {"at": found.at, "proven": found.proven, "unproven": found.unproven}
        begun_at, change = self._begun
        columns = (
            self._number,
            begun_at,
            ended_at,
            change,
            json.dumps(done),
            sum(found.proven.values()),
            sum(found.unproven.values()),
            json.dumps([[fault.template, dict(fault.values)] for fault in faults], ensure_ascii=False),
        )
        marks = ", ".join("?" * (len(columns) + 1))
        try:
            self._connection.execute(
                f"INSERT OR REPLACE INTO fixity ({DIGESTED['fixity']}, digest) VALUES ({marks})",  # noqa: S608 - constants
                (*columns, digest_of("fixity", columns)),
            )
        except sqlite3.Error:
            self._connection.close()
            self._connection = None


def _found(done: str, faults: str) -> Fixity:
    kept = json.loads(done)
    said = [Message(template, values) for template, values in json.loads(faults)]
    return Fixity(kept["proven"], kept["unproven"], said, kept["at"])
