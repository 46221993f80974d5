"""What do facts hold? They are made of other tables, and made again to be proven or salvaged."""

import sqlite3

from corpus.stored import FACT_COLUMNS, fact_row, stored_article


def make_facts(connection: sqlite3.Connection) -> None:
    """Fills the table of facts of the last version of each article."""
    rows = connection.execute("SELECT v.content FROM heads h JOIN versions v ON v.change = h.change")
    connection.executemany(
        f"INSERT INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (fact_row(stored_article(content)) for (content,) in rows),
    )
