"""How are pages made over SQLite FTS5? A table with external content, bm25(), snippet() and GROUP BY."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask

from benchmarks.peer_pages import FACETS, SIZE
from benchmarks.peer_pages.flask_page import CLOSE, OPEN, Found, Hit, app_of, gunicorn, marked, path
from benchmarks.peer_pages.texts import Row, row_of
from benchmarks.peer_pages.texts import total_of as total
from corpus.article import Article

_TABLES = f"""
CREATE TABLE articles (number INTEGER PRIMARY KEY, {", ".join(f"{name} TEXT" for name in Row._fields)});
CREATE VIRTUAL TABLE articles_fts USING fts5(title, lede, body, content="articles", content_rowid="number",
    tokenize="unicode61 remove_diacritics 0");
"""
_INSERT = f"INSERT INTO articles ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608 - ours
_SNIPPET = f"snippet(articles_fts, -1, '{OPEN}', '{CLOSE}', '…', 30)"
_MATCHING = "FROM articles_fts JOIN articles ON number = articles_fts.rowid WHERE articles_fts MATCH ?"
_HITS = (
    f"SELECT id, articles.title, published, source, section, {_SNIPPET}"
    f" {_MATCHING} ORDER BY rank LIMIT {SIZE} OFFSET ?"
)
_TOTAL = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
_MAPPED_BYTES = 8 << 30

__all__ = ["app", "build", "held", "path", "serve", "total"]


def build(folder: Path, articles: Iterable[Article]) -> None:
    """One transaction; then the index is made of the table, and merged."""
    with _connected(folder) as connection:
        connection.executescript(_TABLES)
        connection.executemany(_INSERT, map(row_of, articles))
        for command in ("rebuild", "optimize"):
            connection.execute("INSERT INTO articles_fts(articles_fts) VALUES (?)", [command])
        connection.commit()


def held(folder: Path) -> int:
    """How many articles the folder holds."""
    with _connected(folder) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def serve(folder: Path, port: int) -> list[str]:
    """By gunicorn."""
    return gunicorn(__name__, folder, port)


def app(folder: str) -> Flask:
    """The page; each thread has a connection."""
    threads = threading.local()

    def search(query: str, page: int) -> Found:
        if not hasattr(threads, "connection"):
            threads.connection = _connect(Path(folder))
        return _found(threads.connection, query, page)

    return app_of(search)


def _found(connection: sqlite3.Connection, query: str, page: int) -> Found:
    words = " ".join('"{}"'.format(word.replace('"', '""')) for word in query.split())
    rows = connection.execute(_HITS, (words, (page - 1) * SIZE))
    hits = [
        Hit(article_id, title, published, source, section, marked(snippet))
        for article_id, title, published, source, section, snippet in rows
    ]
    facets = {
        name: connection.execute(
            f"SELECT {name}, count(*) {_MATCHING} GROUP BY 1 ORDER BY 2 DESC",
            [words],
        ).fetchall()
        for name in FACETS
    }
    return Found(connection.execute(_TOTAL, [words]).fetchone()[0], hits, facets)


@contextmanager
def _connected(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(_connect(folder)) as connection:
        yield connection


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "articles.db")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection
