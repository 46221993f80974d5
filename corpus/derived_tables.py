"""What do facts hold? They are made of other tables, and made again to be proven or salvaged."""

import sqlite3

from corpus.stored import FACT_COLUMNS, fact_row, stored_article


def note_facts(connection: sqlite3.Connection, article_id: str) -> None:
    """Makes the facts of one article again, of its current version."""
    row = connection.execute(
        "SELECT v.content FROM heads h JOIN versions v ON v.change = h.change"
        " WHERE h.article_id = ? AND v.content != ''",
        (article_id,),
    ).fetchone()
    if row is not None:
        connection.execute(
            f"INSERT OR REPLACE INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            fact_row(stored_article(row[0])),
        )


def make_facts(connection: sqlite3.Connection) -> None:
    """Fills the table of facts of the current version of each article that is not erased."""
    rows = connection.execute(
        "SELECT v.content FROM heads h JOIN versions v ON v.change = h.change WHERE v.content != ''"
    )
    connection.executemany(
        f"INSERT INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (fact_row(stored_article(content)) for (content,) in rows),
    )
