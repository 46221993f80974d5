"""Archives as earlier formats wrote them: format_2.sql is the schema of then, and format 1 had less of it."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

from corpus.records import Reading
from corpus.stored import FACT_COLUMNS, content_of, fact_row, packed

AT = "2026-01-01T00:00:00+00:00"
_NEW_IN_2 = ("raws", "resolutions", "facts")


def write_archive(path: Path, readings: Sequence[Reading], *, format_number: int) -> None:
    """Writes an archive of format 1 or 2, which took articles for one by their id alone."""
    connection = sqlite3.connect(path)
    connection.executescript(Path(__file__).with_name("format_2.sql").read_text("utf-8"))
    for change, reading in enumerate(readings, 1):
        _write(connection, change, reading)
    _write_rest(connection)
    if format_number == 1:
        for table in _NEW_IN_2:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE versions DROP COLUMN context")
        connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def withdraw(path: Path, article_id: str) -> None:
    """Withdraws an article of such an archive."""
    connection = sqlite3.connect(path)
    change = connection.execute(
        "INSERT INTO changes (kind, article_id, note, at) VALUES ('withdrawal', ?, 'theo yêu cầu', ?)",
        [article_id, AT],
    ).lastrowid
    connection.execute(
        "UPDATE heads SET withdrawn = 1, last_change = ? WHERE article_id = ?", [change, article_id]
    )
    connection.commit()
    connection.close()


def _write(connection: sqlite3.Connection, change: int, reading: Reading) -> None:
    article, origin = reading.article, reading.provenance
    connection.execute(
        "INSERT INTO changes (kind, article_id, at) VALUES ('version', ?, ?)", [article.id, AT]
    )
    (version,) = connection.execute(
        "SELECT count(*) + 1 FROM versions WHERE article_id = ?", [article.id]
    ).fetchone()
    if reading.raw:
        connection.execute(
            "INSERT OR IGNORE INTO raws VALUES (?, ?)", [origin.raw_sha256, packed(reading.raw)]
        )
    provenance = [origin.file, origin.place, origin.raw_sha256, origin.reader, origin.reader_version, AT]
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(change, article.id, version, article.digest, content_of(article), *provenance),
            json.dumps(reading.context.as_dict(), ensure_ascii=False),
        ],
    )
    connection.execute("INSERT OR REPLACE INTO heads VALUES (?, ?, ?, 0)", [article.id, change, change])
    connection.execute(
        f"INSERT OR REPLACE INTO facts {FACT_COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        fact_row(article),
    )


def _write_rest(connection: sqlite3.Connection) -> None:
    """One refusal that was resolved, and the word boundaries of the first version."""
    raw = b"{}"
    connection.execute(
        "INSERT INTO refusals (file, place, reason, template, template_values, raw, raw_sha256, at)"
        " VALUES ('bao.jsonl', 'line 9', 'no-text', 'no text', '{}', ?, ?, ?)",
        [zlib.compress(raw), hashlib.sha256(raw).hexdigest(), AT],
    )
    connection.execute("INSERT INTO resolutions VALUES (1, 'song-1', ?)", [AT])
    connection.execute("INSERT INTO words VALUES (1, 'underthesea, thử', ?)", [b"\x01"])
