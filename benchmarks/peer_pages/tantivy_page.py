"""How are pages made over tantivy-py? BM25 over title and body, SnippetGenerator, facets by aggregation.

tantivy-py collects hits and aggregations in two passes. All words are wanted, as the other pages want them.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found,unused-ignore]  # only `make bench` installs it
from flask import Flask
from markupsafe import Markup

from benchmarks.peer_pages import FACETS, SIZE
from benchmarks.peer_pages.flask_page import Found, Hit, app_of, gunicorn, path
from benchmarks.peer_pages.texts import row_of
from benchmarks.peer_pages.texts import total_of as total
from corpus.article import Article

_HEAP_BYTES = 256_000_000
_TEXTS = ["title", "text"]
_BUCKETS = 1_000  # more than there are sources or sections
_COUNTS: dict[str, Any] = {name: {"terms": {"field": name, "size": _BUCKETS}} for name in FACETS}
_SNIPPET_CHARACTERS = 200

__all__ = ["app", "build", "held", "path", "serve", "total"]


def _index(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    for name in _TEXTS:
        builder.add_text_field(name, stored=True)
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("id", "published"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    return tantivy.Index(builder.build(), path=str(folder))


def build(folder: Path, articles: Iterable[Article]) -> None:
    """One commit; segments are merged by its own policy."""
    writer = _index(folder).writer(_HEAP_BYTES)
    for row in map(row_of, articles):
        writer.add_document(
            tantivy.Document(
                id=row.id,
                title=row.title,
                text=row.text,
                published=row.published,
                source=row.source,
                section=row.section,
            )
        )
    writer.commit()
    writer.wait_merging_threads()


def held(folder: Path) -> int:
    """How many articles the folder holds."""
    return int(_index(folder).searcher().num_docs)


def serve(folder: Path, port: int) -> list[str]:
    """By gunicorn."""
    return gunicorn(__name__, folder, port)


def app(folder: str) -> Flask:
    """The page; its threads share a searcher."""
    index = _index(Path(folder))
    searcher = index.searcher()

    def search(text: str, page: int) -> Found:
        query = index.parse_query(text, _TEXTS, conjunction_by_default=True)
        found = searcher.search(query, SIZE, offset=(page - 1) * SIZE)
        snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
        snippets.set_max_num_chars(_SNIPPET_CHARACTERS)
        hits = [_hit(searcher.doc(address), snippets) for _, address in found.hits]
        counts: Mapping[str, Any] = searcher.aggregate(query, _COUNTS)
        facets = {name: _values(counts[name]["buckets"]) for name in FACETS}
        return Found(int(found.count), hits, facets)  # type: ignore[attr-defined,unused-ignore]  # its .pyi leaves count out

    return app_of(search)


def _hit(document: tantivy.Document, snippets: tantivy.SnippetGenerator) -> Hit:
    snippet = Markup(snippets.snippet_from_doc(document).to_html())  # noqa: S704 - tantivy has escaped it
    value: Callable[[str], Any] = document.get_first
    return Hit(value("id"), value("title"), value("published"), value("source"), value("section"), snippet)


def _values(buckets: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
