"""Is every byte of the archive what was written? Each table is read, and proven where it has a digest.

SQLite checks its own structure, and a digest the texts of its schema. Articles, raw records, refusals,
provenance and all other rows are hashed again and compared with the digests that were kept with them. Changes
are a chain of digests, so that none can be missing. Heads and facts are made again from what they were made
of. An archive of an earlier format has digests from the day on which it was upgraded. A row without one is
read, and counted as not proven. A table that cannot be read to its end is one fault, and the next table is
read all the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.archive_reader import ArchiveReader
from corpus.archive_upgrade import digest_of_schema
from corpus.changes import HEADS_OF_CHANGES
from corpus.digests import CHANGE_COLUMNS, DIGESTED, RECORD_COLUMNS, START, columns_of
from corpus.errors import OperatorError
from corpus.message import Message, say
from corpus.proofs import (
    Proof,
    prove_change,
    prove_erased,
    prove_raw,
    prove_refusal,
    prove_row,
    prove_version,
)
from corpus.stored import fact_row, stored_article
from corpus.withdrawals import WithdrawalState

NOTED_ROWS = 5_000  # after so many rows progress is told, and may be noted

OnProgress = Callable[[int, int], None]
"""Called with rows read and rows in all."""

_HEADS = f"""
    WITH made AS ({HEADS_OF_CHANGES}),
        kept AS (SELECT article_id, change, last_change, withdrawn FROM heads)
    SELECT article_id FROM (SELECT * FROM made EXCEPT SELECT * FROM kept)
    UNION SELECT article_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM made)"""  # noqa: S608 - a constant
"""Articles whose head is not the one that their changes make."""


@dataclass
class Fixity:
    """What was read, and what was found wrong.

    Attributes:
        proven: rows whose digest was made again and fits, by table.
        unproven: rows that were read, but have no digest to compare, by table.
        at: up to which row each table was read; where a check goes on, rows up to there are taken as read.
    """

    proven: dict[str, int] = field(default_factory=dict)
    unproven: dict[str, int] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def takes(self, table: str, proof: Proof) -> bool:
        """Counts a row by its proof; whether it is no fault."""
        if proof is Proof.WHOLE:
            counts = self.proven
        elif proof.is_fault:
            return False
        else:
            counts = self.unproven
        counts[table] = counts.get(table, 0) + 1
        return True


def check(
    archive: ArchiveReader,
    *,
    on_progress: OnProgress = lambda *_: None,
    found: Fixity | None = None,
    note: Callable[[Fixity], None] = lambda _: None,
) -> Fixity:
    """Reads the whole archive. Never raises for damage: that is what it reports.

    Args:
        found: what an earlier check had found when it was stopped; this one goes on behind it.
        note: called with what was found after each NOTED_ROWS rows.
    """
    found = found or Fixity()
    total, done = _rows_in_all(archive), 0
    for table, rows in _TABLES.items():
        try:
            for fault in rows(archive, found):
                done += 1
                if fault is not None:
                    found.faults.append(fault)
                if done % NOTED_ROWS == 0:
                    on_progress(min(done, total), total)
                    note(found)
        except OperatorError as error:
            found.faults.append(
                say("archive: the table {table} cannot be read: {error}", table=table, error=str(error))
            )
    on_progress(total, total)
    return found


def _rows_in_all(archive: ArchiveReader) -> int:
    """How many rows will be read, as far as the archive can be counted."""
    total = 0
    for table in ("versions", "raws", "refusals", "heads", "changes", *DIGESTED):
        try:
            total += next(archive.rows(f"SELECT count(*) FROM {table}"))[0]  # noqa: S608 - constants
        except OperatorError:
            continue
    return total


_Rows = Iterator[Message | None]
"""For each row that was read None, or what is wrong with it."""


def _structure(archive: ArchiveReader, _found: Fixity) -> _Rows:
    for (said,) in archive.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield say("archive: SQLite finds {damage}", damage=said)
    for row in archive.rows("PRAGMA foreign_key_check"):
        yield say("archive: SQLite finds {damage}", damage=f"a row of {row[0]} that points nowhere")
    for (kept,) in archive.rows("SELECT schema FROM archive"):
        if kept != digest_of_schema(archive.rows):
            yield say("archive: SQLite finds {damage}", damage="a schema that does not fit its digest")
    for table, held, given in archive.rows(
        "SELECT name, CASE name WHEN 'changes' THEN (SELECT coalesce(max(number), 0) FROM changes)"
        " ELSE (SELECT count(*) FROM audit) END, seq FROM sqlite_sequence WHERE name IN ('changes', 'audit')"
    ):
        if held != given:
            yield say("archive: SQLite finds {damage}", damage=f"{given} {table} counted, {held} there")


def _versions(archive: ArchiveReader, found: Fixity) -> _Rows:
    columns = columns_of("v", RECORD_COLUMNS)
    erased = {
        part for part, one in archive.withdrawals().standing.items() if one.state is WithdrawalState.ERASED
    }
    for change, content, kept, *record in archive.rows(
        f"SELECT v.change, v.content, c.record, {columns} FROM versions v"  # noqa: S608 - constants
        " LEFT JOIN changes c ON c.number = v.change WHERE v.change > ? ORDER BY v.change",
        [found.at.get("versions", 0)],
    ):
        article_id, version, digest, *_ = record
        found.at["versions"] = change
        is_erased = not erased.isdisjoint({(article_id, None), (article_id, version)})
        if is_erased or not content:
            yield (
                None
                if found.takes("versions", prove_erased(content, is_erased=is_erased))
                else say(
                    "archive: {id}, version {version}: it was erased and is there, or it is gone and was not"
                    " erased; erase it again with: khobao withdraw {id} --state erased",
                    id=str(article_id),
                    version=str(version),
                )
            )
            continue
        if not found.takes("provenance", prove_row("versions", kept, record)):
            yield say(
                "archive: {id}, version {version}: where it came from does not fit its digest",
                id=str(article_id),
                version=str(version),
            )
        if found.takes("versions", prove_version(article_id, digest, content)):
            yield None
        else:
            yield say(
                "archive: {id}, version {version}: the article does not fit its digest",
                id=str(article_id),
                version=str(version),
            )


def _raws(archive: ArchiveReader, found: Fixity) -> _Rows:
    for number, sha256, data in archive.rows(
        "SELECT rowid, sha256, data FROM raws WHERE rowid > ? ORDER BY rowid", [found.at.get("raws", 0)]
    ):
        if found.takes("raws", prove_raw(sha256, data)):
            yield None
        else:
            yield say("archive: the raw record {sha256} does not fit its digest", sha256=str(sha256))
        found.at["raws"] = number


def _refusals(archive: ArchiveReader, found: Fixity) -> _Rows:
    for number, raw, sha256 in archive.rows(
        "SELECT number, raw, raw_sha256 FROM refusals WHERE number > ? ORDER BY number",
        [found.at.get("refused records", 0)],
    ):
        proof = prove_refusal(sha256, raw)
        if found.takes("refused records", proof):
            yield None
        elif proof is Proof.UNREADABLE:
            yield say("archive: the refused record {number} cannot be read", number=str(number))
        else:
            yield say("archive: the refused record {number} does not fit its digest", number=str(number))
        found.at["refused records"] = number


def _heads(archive: ArchiveReader, _found: Fixity) -> _Rows:
    for (article_id,) in archive.rows(_HEADS):
        yield say("archive: {id}: its last version is not that of its changes", id=str(article_id))


def _facts(archive: ArchiveReader, found: Fixity) -> _Rows:
    found.proven.pop("facts", None)  # read as one
    rows = archive.rows(
        "SELECT v.content, v.digest, f.article_id, f.title, f.source, f.section, f.day, f.characters,"
        " h.article_id FROM heads h JOIN versions v ON v.change = h.change"
        " LEFT JOIN facts f ON f.article_id = h.article_id"
    )
    for content, digest, *fact, article_id in rows:
        if prove_version(article_id, digest, content).is_fault:
            continue  # the version's own fault
        whole = tuple(fact) == fact_row(stored_article(content))
        found.takes("facts", Proof.WHOLE if whole else Proof.OTHER)
        yield (
            None
            if whole
            else say("archive: {id}: what coverage counts of it is not its article's", id=str(article_id))
        )


def _changes(archive: ArchiveReader, found: Fixity) -> _Rows:
    done = found.at.get("changes", 0)
    before = next(
        (row[0] for row in archive.rows("SELECT digest FROM changes WHERE number = ?", [done])), START
    )
    for *columns, digest in archive.rows(
        f"SELECT {CHANGE_COLUMNS}, digest FROM changes WHERE number > ? ORDER BY number",  # noqa: S608 - constants
        [done],
    ):
        number = columns[0]
        if number != done + 1:
            yield say("archive: the changes before number {number} are not there", number=str(number))
        elif found.takes("changes", prove_change(before, digest, columns)):
            yield None
        else:
            yield say(
                "archive: the change {number} does not fit its digest and the change before it",
                number=str(number),
            )
        before = digest
        done = found.at["changes"] = number


def _digested(table: str) -> Callable[[ArchiveReader, Fixity], _Rows]:
    """Rows with a digest over their columns; read as one."""

    def read(archive: ArchiveReader, found: Fixity) -> _Rows:
        found.proven.pop(table, None)
        found.unproven.pop(table, None)
        for digest, *columns in archive.rows(f"SELECT digest, {DIGESTED[table]} FROM {table}"):  # noqa: S608 - constants
            if found.takes(table, prove_row(table, digest, columns)):
                yield None
            else:
                yield say(
                    "archive: {table}: the row {row} does not fit its digest",
                    table=table,
                    row=", ".join(map(str, columns[:2])),
                )

    return read


_TABLES: Mapping[str, Callable[[ArchiveReader, Fixity], _Rows]] = {
    "sqlite_schema": _structure,
    "versions": _versions,
    "raws": _raws,
    "refused records": _refusals,
    "heads": _heads,
    "facts": _facts,
    "changes": _changes,
    **{table: _digested(table) for table in DIGESTED},
}
"""By the name under which a table's faults are told; refusals are looked at twice, bytes and reason."""
