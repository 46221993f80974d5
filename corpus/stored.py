"""How are values serialised in the archive's rows? Articles as JSON, raw records compressed."""

import json
import threading
from dataclasses import fields
from typing import Any

import zstandard

from corpus.archived import ArchivedArticle
from corpus.article import Article, Provenance, digest_of_content
from corpus.changes import Choice
from corpus.context import Context
from corpus.digests import digest_of
from corpus.published import Published

VERSION_COLUMNS = """v.change, v.version, v.content, v.file, v.place, v.raw_sha256, v.reader,
    v.reader_version, v.imported_at, v.context, h.withdrawn, v.change = h.change, c.choice, c.record,
    v.article_id, v.digest"""
VERSION_TABLES = """versions v JOIN heads h ON h.article_id = v.article_id
    JOIN changes c ON c.number = v.change"""
"""Where VERSION_COLUMNS are: a version, the head of its article, and the change that brought it."""

FACT_COLUMNS = "(article_id, title, source, section, day, characters)"

_of_thread = threading.local()

_DEFAULTS = {field.name: field.default for field in fields(Article)}

_Row = tuple[int, int, str, str, str, str, str, int, str, str, int, int, str, bytes, str, str]


def content_of(article: Article) -> str:
    """An article as JSON."""
    return json.dumps(article.as_dict(), ensure_ascii=False, separators=(",", ":"))


def stored_article(content: str) -> Article:
    """The article of its JSON."""
    parts = json.loads(content)
    lists = {key: tuple(value) for key, value in parts.items() if isinstance(value, list)}
    return Article(**parts | lists | {"published": Published(parts["published"])})


def proven_article(content: str, article_id: str, digest: str) -> Article:
    """The article of its JSON, proven by its digest alone; what was checked when it was stored is not again.

    Raises:
        ValueError: it is not what was written.
    """
    parts = json.loads(content)
    if parts.get("id") == article_id and digest_of_content(parts) == digest:
        return _unchecked_article(parts)
    article = stored_article(content)  # whose digest leaves out what is empty
    if (article.id, article.digest) != (article_id, digest):
        raise ValueError(f"the text of {article_id} does not fit its digest")
    return article


def _unchecked_article(parts: dict[str, Any]) -> Article:
    article = object.__new__(Article)
    for name, default in _DEFAULTS.items():
        value = parts.get(name, default)
        object.__setattr__(article, name, tuple(value) if isinstance(value, list) else value)
    object.__setattr__(article, "published", Published(parts["published"]))
    return article


def archived_row(row: _Row) -> ArchivedArticle:
    """A version from a row of VERSION_COLUMNS.

    Raises:
        ValueError: it is not what was written: its text or its provenance does not fit its digest.
    """
    change, version, content, file, place, sha256, reader, reader_version, at, context, *state = row
    withdrawn, is_current, choice, record, article_id, digest = state
    article = proven_article(content, str(article_id), str(digest))
    origin = (file, place, sha256, reader, reader_version, at)
    if record not in {
        b"",
        digest_of("versions", (str(article_id), version, str(digest), *origin, context)),
    }:
        raise ValueError(f"version {version} of {article_id} does not fit its digest")
    return ArchivedArticle(
        article,
        Provenance(*origin),
        stored_context(context),
        change,
        version,
        bool(withdrawn),
        bool(is_current),
        Choice(str(choice)),
    )


def stored_context(context: str) -> Context:
    """The context of its JSON."""
    return Context.from_dict(json.loads(context))


def context_text(context: Context) -> str:
    """A context as JSON."""
    return json.dumps(context.as_dict(), ensure_ascii=False)


def fact_row(article: Article) -> tuple[str, str, str, str, str, int]:
    """The row of an article for coverage, in the order of FACT_COLUMNS; the day has the known precision."""
    text = (article.lede, *article.paragraphs)
    day = article.published.plain.partition("T")[0]
    return (article.id, article.title, article.source, article.section, day, sum(map(len, text)))


def packed(raw: bytes) -> bytes:
    """A raw record, compressed with zstd."""
    return _compressor().compress(raw)


def _compressor() -> zstandard.ZstdCompressor:
    """This thread's own: making one for each record would take longer than compressing it."""
    made: zstandard.ZstdCompressor | None = getattr(_of_thread, "compressor", None)
    if made is None:
        made = _of_thread.compressor = zstandard.ZstdCompressor()
    return made


def unpacked(data: bytes) -> bytes:
    """The inverse of ``packed``.

    Raises:
        ValueError, zstandard.ZstdError: these bytes were not packed, or some stand behind them.
    """
    decompressor = zstandard.ZstdDecompressor().decompressobj()
    raw = decompressor.decompress(data)
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("the compressed record is cut short, or something stands behind it")
    return raw
