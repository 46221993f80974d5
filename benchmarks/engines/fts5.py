"""How is SQLite FTS5 filled and asked? One table with marks, one without; facts in a third.

The total is a statement of its own, for FTS5 has no other exact count. Scores are bm25() of one
unweighted column. The table without marks has a prefix index for two and three letters.
"""

import sqlite3
from pathlib import Path

from benchmarks.engines import Answer
from benchmarks.queries import Ask, How
from benchmarks.tokens import BREAK, FACETS, Tokens

# ascii: every letter beyond ASCII is part of a token and is left as it is; BREAK is one too.
_TOKENS = f"ascii tokenchars '{BREAK}'"
_TABLES = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS text USING fts5(words, content='', tokenize="{_TOKENS}");
CREATE VIRTUAL TABLE IF NOT EXISTS folded USING fts5(words, content='', tokenize="{_TOKENS}", prefix='2 3');
CREATE TABLE IF NOT EXISTS facts (number INTEGER PRIMARY KEY, id TEXT, day INTEGER, minute INTEGER,
    source TEXT, section TEXT, year TEXT);
"""
_CACHE_KIB = 256 * 1024
_MAPPED_BYTES = 8 << 30


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "fts5.sqlite")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


class Filler:
    """Adds in one transaction, then merges each table into one segment."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = _connect(folder)
        self._connection.executescript(_TABLES)

    def add(self, one: Tokens) -> None:
        """Takes an article."""
        run = self._connection.execute
        run("INSERT INTO text(rowid, words) VALUES (?, ?)", (one.number, one.one_string(folded=False)))
        run("INSERT INTO folded(rowid, words) VALUES (?, ?)", (one.number, one.one_string(folded=True)))
        facts = (one.number, one.article.id, one.day, one.minute, *one.facets.values())
        run("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", facts)

    def finish(self) -> None:
        """Merges and commits."""
        for table in ("text", "folded"):
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - ours
        self._connection.commit()


class Engine:
    """A connection."""

    def __init__(self, folder: Path) -> None:
        self._connection = _connect(folder)

    def answer(self, ask: Ask) -> Answer:
        """The first ten and the exact total."""
        table = "folded" if ask.folded else "text"
        matching, values = _matching(ask, table)
        run = self._connection.execute
        order = "minute DESC" if ask.newest else "rank"
        ids = run(f"SELECT id {matching} ORDER BY {order} LIMIT 10", values)
        top = tuple(one for (one,) in ids)
        if not ask.facets:
            ((total,),) = run(f"SELECT count(*) {matching}", values)
            return Answer(total, top)
        facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for name, value, count in run(_counting(matching), values):
            facets[name][value] = count
        return Answer(sum(facets["year"].values()), top, facets)

    def segments(self) -> int:
        """One each, after `optimize`."""
        return 1

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def _matching(ask: Ask, table: str) -> tuple[str, list[object]]:
    """The part of a statement from FROM on, and its values."""
    joined = f"FROM {table} JOIN facts ON number = {table}.rowid WHERE {table} MATCH ?"
    if ask.days is None:
        return joined, [_expression(ask)]
    return f"{joined} AND day BETWEEN ? AND ?", [_expression(ask), *ask.days]


def _counting(matching: str) -> str:
    """One statement for all facets: the matches are gathered once."""
    counts = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM hits GROUP BY 2" for name in FACETS)  # noqa: S608 - ours
    return f"WITH hits AS MATERIALIZED (SELECT {', '.join(FACETS)} {matching}) {counts}"


def _expression(ask: Ask) -> str:
    if ask.how is How.PHRASE:
        return f'"{" ".join(ask.terms)}"'
    if ask.how is How.PREFIX:
        return f'"{ask.terms[0]}" *'
    return (" AND " if ask.how is How.ALL else " OR ").join(f'"{term}"' for term in ask.terms)
