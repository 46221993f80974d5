"""What do heads and facts hold? Both are made of other tables, and made again to be proven or salvaged."""

import sqlite3

from corpus.stored import FACT_COLUMNS, fact_row, stored_article

HEADS_OF_CHANGES = """
    SELECT article_id, max(CASE kind WHEN 'version' THEN number END) AS change, max(number) AS last_change,
        coalesce(max(CASE kind WHEN 'withdrawal' THEN number END), 0)
            > coalesce(max(CASE kind WHEN 'restoration' THEN number END), 0) AS withdrawn
    FROM changes GROUP BY article_id"""
"""The columns of heads, as the changes make them."""


def make_facts(connection: sqlite3.Connection) -> None:
    """Fills the table of facts of the last version of each article."""
    rows = connection.execute("SELECT v.content FROM heads h JOIN versions v ON v.change = h.change")
    connection.executemany(
        f"INSERT INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (fact_row(stored_article(content)) for (content,) in rows),
    )
