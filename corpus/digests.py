"""What proves a row? SHA-256 over its columns, and for changes over the digest before it too.

So a row that was altered does not fit, and a change that was dropped or put in breaks the chain behind it.
"""

import hashlib
import json
from collections.abc import Sequence

Column = str | int | bytes | None

START = b""
"""The digest before the first change."""

RECORD_COLUMNS = (
    "article_id, version, digest, file, place, raw_sha256, reader, reader_version, imported_at, context"
)
"""Of a version: what ``changes.record`` is the digest of."""

CHANGE_COLUMNS = "number, kind, article_id, note, at, version, actor, until, choice, record"
"""Of a change: what its digest is of, beside the digest before it."""

DIGESTED = {
    "refusals": "file, place, reason, template, template_values, raw_sha256, at",
    "resolutions": "refusal, article_id, at",
    "words": "change, segmenter, boundaries",
    "archive": "uuid, made_at, formats, schema",
    "publishers": "number, key, name",
    "identities": "publisher, local_id, article_id",
    "fixity": "number, begun_at, ended_at, change, done, proven, unproven, faults",
    "collections": "number, name, query, change",
    "collection_items": "collection, article_id, since, until, reviewed",
    "audit": "number, at, actor, action, detail",
    "recognised": "change, confidence, boxes",
    "rights": "publisher, since, statement, uri",
}
"""By table: the columns that the digest of a row is of."""


def columns_of(alias: str, columns: str) -> str:
    """The columns of a table under its alias in a statement.

    >>> columns_of("v", "change, digest")
    'v.change, v.digest'
    """
    return ", ".join(f"{alias}.{column}" for column in columns.split(", "))


def digest_of(table: str, columns: Sequence[Column]) -> bytes:
    """The digest of a row's columns; rows of two tables never have one digest.

    >>> digest_of("words", ["a", 1]) == digest_of("words", ("a", 1))
    True
    >>> digest_of("words", ["a", 1]) == digest_of("words", ["a", "1"])
    False
    """
    plain = [{"hex": value.hex()} if isinstance(value, bytes) else value for value in (table, *columns)]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def digest_of_change(before: bytes, columns: Sequence[Column]) -> bytes:
    """The digest of a change of CHANGE_COLUMNS, after the digest of the change before it."""
    return hashlib.sha256(before + digest_of("changes", columns)).digest()
