"""How does a user set up FTS5? A column for each part, bm25() with column weights; with and without marks.

Its query syntax refuses most punctuation, so the words of a query are put in quotes and joined by OR.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.relevance.asking import Ask
from benchmarks.relevance.peers.texts import WEIGHTS, texts_of
from corpus.article import Article

_DIACRITICS = {"folded": 2, "marks": 0}
_MAPPED_BYTES = 8 << 30
_SPACES = re.compile(r"\s+")


def fill(folder: Path, articles: Iterable[Article]) -> None:
    """A table of each kind, merged into one segment."""
    connection = _connect(folder)
    columns = ", ".join(WEIGHTS)
    for name, diacritics in _DIACRITICS.items():
        connection.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(id UNINDEXED, {columns},"
            f' tokenize="unicode61 remove_diacritics {diacritics}")'
        )
    for article in articles:
        row = (article.id, *texts_of(article).values())
        for name in _DIACRITICS:
            connection.execute(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?)", row)  # noqa: S608 - names of ours
    for name in _DIACRITICS:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 - names of ours
    connection.commit()
    connection.close()


def opened(folder: Path, variant: str) -> Ask:
    """A connection and one statement."""
    connection = _connect(folder)
    weights = ", ".join(map(str, (0.0, *WEIGHTS.values())))
    statement = (
        f"SELECT id FROM {variant} WHERE {variant} MATCH ? ORDER BY bm25({variant}, {weights}) LIMIT ?"  # noqa: S608 - names of ours
    )

    def ask(query: str, depth: int) -> Sequence[str]:
        words = [word.replace('"', "") for word in _SPACES.split(query)]
        expression = " OR ".join(f'"{word}"' for word in words if word)
        return [name for (name,) in connection.execute(statement, (expression, depth))]

    return ask


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "fts5.sqlite")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection
