"""Is every byte of the archive what was written? Each table is read, and proven where it has a digest.

SQLite checks its own structure. Articles, raw records, refusals, provenance and all other rows are hashed
again and compared with the digests that were kept with them. Changes are a chain of digests, so that none can
be missing. Heads and facts are made again from what they were made of. An archive of an earlier format has
digests from the day on which it was upgraded. A row without one is read, and counted as not proven. A table
that cannot be read to its end is one fault, and the next table is read all the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.archive_reader import ArchiveReader
from corpus.changes import HEADS_OF_CHANGES
from corpus.digests import CHANGE_COLUMNS, DIGESTED, RECORD_COLUMNS, START
from corpus.errors import OperatorError
from corpus.message import Message, say
from corpus.proofs import Proof, prove_change, prove_raw, prove_refusal, prove_row, prove_version
from corpus.stored import fact_row, stored_article

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
    """

    proven: dict[str, int] = field(default_factory=dict)
    unproven: dict[str, int] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)

    def takes(self, table: str, proof: Proof) -> bool:
        """Counts a row by its proof; whether it is no fault."""
        counts = {Proof.WHOLE: self.proven, Proof.CUT: self.unproven, Proof.NONE: self.unproven}.get(proof)
        if counts is not None:
            counts[table] = counts.get(table, 0) + 1
        return counts is not None


def check(archive: ArchiveReader) -> Fixity:
    """Reads the whole archive. Never raises for damage: that is what it reports."""
    found = Fixity()
    for table, rows in _TABLES.items():
        try:
            for fault in rows(archive, found):
                found.faults.append(fault)
        except OperatorError as error:
            found.faults.append(
                say("archive: the table {table} cannot be read: {error}", table=table, error=str(error))
            )
    return found


def _structure(archive: ArchiveReader, _found: Fixity) -> Iterator[Message]:
    for (said,) in archive.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield say("archive: SQLite finds {damage}", damage=said)
    for row in archive.rows("PRAGMA foreign_key_check"):
        yield say("archive: SQLite finds {damage}", damage=f"a row of {row[0]} that points nowhere")


def _versions(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
    columns = ", ".join(f"v.{column.strip()}" for column in RECORD_COLUMNS.split(","))
    for content, kept, *record in archive.rows(
        f"SELECT v.content, c.record, {columns} FROM versions v LEFT JOIN changes c ON c.number = v.change"  # noqa: S608 - constants
    ):
        article_id, version, digest, *_ = record
        if not found.takes("provenance", prove_row("versions", kept, record)):
            yield say(
                "archive: {id}, version {version}: where it came from does not fit its digest",
                id=str(article_id),
                version=str(version),
            )
        if not found.takes("versions", prove_version(article_id, digest, content)):
            yield say(
                "archive: {id}, version {version}: the article does not fit its digest",
                id=str(article_id),
                version=str(version),
            )


def _raws(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
    for sha256, data in archive.rows("SELECT sha256, data FROM raws"):
        if not found.takes("raws", prove_raw(sha256, data)):
            yield say("archive: the raw record {sha256} does not fit its digest", sha256=str(sha256))


def _refusals(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
    for number, raw, sha256 in archive.rows("SELECT number, raw, raw_sha256 FROM refusals"):
        proof = prove_refusal(sha256, raw)
        if found.takes("refused records", proof):
            continue
        if proof is Proof.UNREADABLE:
            yield say("archive: the refused record {number} cannot be read", number=str(number))
        else:
            yield say("archive: the refused record {number} does not fit its digest", number=str(number))


def _heads(archive: ArchiveReader, _found: Fixity) -> Iterator[Message]:
    for (article_id,) in archive.rows(_HEADS):
        yield say("archive: {id}: its last version is not that of its changes", id=str(article_id))


def _facts(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
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
        if not whole:
            yield say("archive: {id}: what coverage counts of it is not its article's", id=str(article_id))


def _changes(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
    before, expected = START, 1
    for *columns, digest in archive.rows(f"SELECT {CHANGE_COLUMNS}, digest FROM changes ORDER BY number"):  # noqa: S608 - constants
        number = columns[0]
        if number != expected:
            yield say("archive: the changes before number {number} are not there", number=str(number))
            found.takes("changes", Proof.OTHER)
        elif not found.takes("changes", prove_change(before, digest, columns)):
            yield say(
                "archive: the change {number} does not fit its digest and the change before it",
                number=str(number),
            )
        before, expected = digest, number + 1


def _digested(table: str) -> Callable[[ArchiveReader, Fixity], Iterator[Message]]:
    """Rows with a digest over their columns."""

    def read(archive: ArchiveReader, found: Fixity) -> Iterator[Message]:
        for digest, *columns in archive.rows(f"SELECT digest, {DIGESTED[table]} FROM {table}"):  # noqa: S608 - constants
            if not found.takes(table, prove_row(table, digest, columns)):
                yield say(
                    "archive: {table}: the row {row} does not fit its digest",
                    table=table,
                    row=", ".join(map(str, columns[:2])),
                )

    return read


_TABLES: dict[str, Callable[[ArchiveReader, Fixity], Iterator[Message]]] = {
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
