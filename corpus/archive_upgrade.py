"""How is an archive made, and how is one of an earlier format upgraded? In place, in one transaction.

An upgrade that is killed has not happened. Before it begins it computes the room that it needs.
"""

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path

from corpus.derived_tables import make_facts
from corpus.digests import (
    CHANGE_COLUMNS,
    DIGESTED,
    RECORD_COLUMNS,
    START,
    Column,
    columns_of,
    digest_of,
    digest_of_change,
)
from corpus.disk import check_space
from corpus.identity import make_identities
from corpus.moment import now

FORMAT = 3
OLDEST_FORMAT = 1
"""Archives from this format on are upgraded to FORMAT by the next command that writes."""

_NEW_IN_2 = (
    "TABLE raws",
    "TABLE resolutions",
    "TABLE facts",
    "INDEX facts_by_day",
    *(f"TRIGGER {table}_{what}" for table in ("raws", "resolutions") for what in ("stay", "remain")),
)
_NEW_IN_3 = (
    *(f"INDEX {name}" for name in ("versions_by_raw", "identities_by_article")),
    *(f"TABLE {name}" for name in ("archive", "publishers", "identities", "fixity", "collections")),
    *(f"TABLE {name}" for name in ("collection_items", "audit", "recognised", "rights")),
    *(f"TRIGGER {name}" for name in ("audit_stays", "audit_remains")),
)
_WITH_NEW_DIGEST = ("refusals", "resolutions", "words")
_CHANGE_COLUMNS = CHANGE_COLUMNS.split(", ")
_WITHOUT = {"version": "NULL", "actor": "''", "until": "''", "choice": "''", "record": "x''"}
"""What a change of an earlier format has for the columns that it lacks."""

_BYTES_A_CHANGE = 600  # of the new tables, indexes and digests, and the same once more in the WAL


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables of an empty archive."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in _statements():
        connection.execute(statement)
    name_archive(connection, {str(FORMAT): now()})
    connection.execute("COMMIT")


def upgrade(connection: sqlite3.Connection, path: Path) -> int | None:
    """Upgrades an open archive to the format of archive_schema.sql; the format that it had before.

    Does nothing, and returns None, where it has that format.

    Foreign keys must be off, for the table of changes is made anew.

    Raises:
        OperatorError: there is too little room; nothing was begun then.
    """
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if not OLDEST_FORMAT <= found < FORMAT:
        return None
    check_space(path.parent, space_for_upgrade(connection))
    connection.execute("BEGIN IMMEDIATE")
    try:
        if found == 1:
            _from_1_to_2(connection)
        _from_2_to_3(connection, found)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return int(found)


def space_for_upgrade(connection: sqlite3.Connection) -> int:
    """The bytes that an upgrade writes at most, with its WAL."""
    changes = connection.execute("SELECT count(*) FROM changes").fetchone()[0]
    refused = connection.execute("SELECT coalesce(sum(length(raw)), 0) FROM refusals").fetchone()[0]
    words = connection.execute("SELECT coalesce(sum(length(boundaries)), 0) FROM words").fetchone()[0]
    return int(2 * (_BYTES_A_CHANGE * changes + refused + words))


def _from_1_to_2(connection: sqlite3.Connection) -> None:
    """Adds the tables and columns of format 2; format 1 stored no raw records."""
    connection.execute("ALTER TABLE versions ADD COLUMN context TEXT NOT NULL DEFAULT '{}'")
    _create(connection, _NEW_IN_2)
    make_facts(connection)


def _from_2_to_3(connection: sqlite3.Connection, found: int) -> None:
    """Adds digests, identities, and tables that stand empty yet; versions are not touched."""
    first = connection.execute("SELECT min(at) FROM changes").fetchone()[0] or now()
    rechain(connection)
    for table in _WITH_NEW_DIGEST:
        _add_digests(connection, table)
    _create(connection, _NEW_IN_3)
    make_identities(connection)
    name_archive(connection, {str(found): first, str(FORMAT): now()})
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def rechain(connection: sqlite3.Connection) -> None:
    """Makes the table of changes anew, with the digests of versions and a chain of digests of its own.

    Foreign keys must be off.
    """
    [statement] = [each for each in _statements() if each.startswith("CREATE TABLE changes")]
    connection.execute(statement.replace("CREATE TABLE changes", "CREATE TABLE changes_anew", 1))
    marks = ", ".join("?" * (len(_CHANGE_COLUMNS) + 1))
    connection.executemany(
        f"INSERT INTO changes_anew ({CHANGE_COLUMNS}, digest) VALUES ({marks})",  # noqa: S608 - constants
        _chained(connection),
    )
    connection.execute("DROP TABLE changes")
    connection.execute("ALTER TABLE changes_anew RENAME TO changes")
    _create(connection, ("TRIGGER changes_stay", "TRIGGER changes_remain"))


def _chained(connection: sqlite3.Connection) -> Iterator[tuple[Column, ...]]:
    """The rows of the table of changes, as they are now or were in an earlier format."""
    held = {row[1] for row in connection.execute("PRAGMA table_info(changes)")}
    kept = [name if name in held else f"{_WITHOUT[name]} AS {name}" for name in _CHANGE_COLUMNS]
    version_columns = columns_of("v", RECORD_COLUMNS)
    rows = connection.execute(
        f"SELECT c.*, {version_columns} FROM (SELECT {', '.join(kept)} FROM changes) c"  # noqa: S608 - constants
        " LEFT JOIN versions v ON v.change = c.number ORDER BY c.number"
    )
    before = START
    for row in rows:
        change, version = list(row[: len(kept)]), row[len(kept) :]
        if version[0] is not None:
            change[_CHANGE_COLUMNS.index("version")] = version[1]
            change[_CHANGE_COLUMNS.index("record")] = digest_of("versions", version)
        before = digest_of_change(before, change)
        yield (*change, before)


def _add_digests(connection: sqlite3.Connection, table: str) -> None:
    """Adds the column of digests to a table that lacks it, and fills it."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    if "digest" in columns:
        return
    connection.execute(f"ALTER TABLE {table} ADD COLUMN digest BLOB NOT NULL DEFAULT x''")
    trigger = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [f"{table}_stay"]
    ).fetchone()
    if trigger:
        connection.execute(f"DROP TRIGGER {trigger[0]}")
    rows = connection.execute(f"SELECT rowid, {DIGESTED[table]} FROM {table}").fetchall()  # noqa: S608 - constants
    connection.executemany(
        f"UPDATE {table} SET digest = ? WHERE rowid = ?",  # noqa: S608 - a constant
        ((digest_of(table, columns), number) for number, *columns in rows),
    )
    if trigger:
        connection.execute(trigger[1])


def name_archive(connection: sqlite3.Connection, formats: dict[str, str]) -> None:
    """Gives the archive its UUID, which it keeps for ever; seal it after its tables are made."""
    connection.execute(
        "INSERT INTO archive (uuid, made_at, formats, schema, digest) VALUES (?, ?, ?, x'', x'')",
        (str(uuid.uuid4()), min(formats.values()), json.dumps(formats)),
    )
    seal(connection)


def seal(connection: sqlite3.Connection) -> None:
    """Notes the digest of the schema, when all tables are as they stay."""
    uuid_, made_at, formats = connection.execute("SELECT uuid, made_at, formats FROM archive").fetchone()
    schema = digest_of_schema(connection.execute)
    connection.execute(
        "UPDATE archive SET schema = ?, digest = ?",
        (schema, digest_of("archive", (uuid_, made_at, formats, schema))),
    )


def digest_of_schema(rows: Callable[[str], Iterable[tuple[Column, ...]]]) -> bytes:
    """The digest of the schema's texts, as SQLite keeps them; ``rows`` asks a statement."""
    kept = rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return digest_of("sqlite_schema", [column for row in kept for column in row])


def _create(connection: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Makes some of the schema's tables, indexes and triggers, each named with its kind."""
    for statement in _statements():
        if any(statement.startswith(f"CREATE {name} ") for name in names):
            connection.execute(statement)


def _statements() -> list[str]:
    """The schema's statements; a trigger is one statement."""
    statements: list[str] = []
    text = ""
    for line in resources.files("corpus").joinpath("archive_schema.sql").read_text("utf-8").splitlines(True):
        text += line.partition("--")[0] if line.startswith("--") else line
        if sqlite3.complete_statement(text):
            statements.append(text.strip())
            text = ""
    return statements
