"""How is an archive of an earlier format upgraded? In place, in one transaction."""

import sqlite3
from importlib import resources

from corpus.derived_tables import make_facts

_NEW_IN_2 = ("raws", "resolutions", "facts")


def upgrade(connection: sqlite3.Connection) -> None:
    """Upgrades an open archive to the format of archive_schema.sql; does nothing where it has that format."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != 1:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _from_1_to_2(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _from_1_to_2(connection: sqlite3.Connection) -> None:
    """Adds the tables and columns of format 2; format 1 stored no raw records."""
    connection.execute("ALTER TABLE versions ADD COLUMN context TEXT NOT NULL DEFAULT '{}'")
    for statement in _statements():
        if any(f" {name}" in statement for name in _NEW_IN_2):
            connection.execute(statement)
    make_facts(connection)
    connection.execute("PRAGMA user_version = 2")


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
