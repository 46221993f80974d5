"""How are pages made over Whoosh's own searcher? As its manual shows: QueryParser, search_page, highlights.

Of its analysers the plain one: StandardAnalyzer would drop "to" and "an", which are Vietnamese words.
"""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup
from whoosh import fields, index, sorting
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.qparser import QueryParser

from benchmarks.peer_pages import FACETS, SIZE
from benchmarks.peer_pages.flask_page import Found, Hit, app_of, gunicorn, path
from benchmarks.peer_pages.texts import row_of
from benchmarks.peer_pages.texts import total_of as total
from corpus.article import Article

_POOL_MB = 512

__all__ = ["app", "build", "held", "path", "serve", "total"]


def _schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(stored=True),
        title=fields.STORED,
        published=fields.STORED,
        content=fields.TEXT(stored=True, analyzer=RegexTokenizer(r"\w+") | LowercaseFilter()),
        **{name: fields.ID(stored=True, sortable=True) for name in FACETS},
    )


def build(folder: Path, articles: Iterable[Article]) -> None:
    """One writer, one segment; title, lede and body are one field."""
    writer = index.create_in(str(folder), _schema()).writer(limitmb=_POOL_MB)
    for row in map(row_of, articles):
        writer.add_document(
            id=row.id,
            title=row.title,
            published=row.published,
            content=f"{row.title}\n{row.text}",
            source=row.source,
            section=row.section,
        )
    writer.commit()


def held(folder: Path) -> int:
    """How many articles the folder holds."""
    return int(index.open_dir(str(folder)).doc_count())


def serve(folder: Path, port: int) -> list[str]:
    """By gunicorn."""
    return gunicorn(__name__, folder, port)


def app(folder: str) -> Flask:
    """The page; each thread has a searcher, for threads move each other's place in a file."""
    opened = index.open_dir(folder)
    parser, threads = QueryParser("content", opened.schema), threading.local()

    def search(query: str, page: int) -> Found:
        if not hasattr(threads, "searcher"):
            threads.searcher = opened.searcher()
        groups = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in FACETS}
        results = threads.searcher.search_page(parser.parse(query), page, pagelen=SIZE, groupedby=groups)
        facets = {name: _counts(results.results.groups(name)) for name in FACETS}
        return Found(results.total, list(map(_hit, results)), facets)

    return app_of(search)


def _hit(hit: Any) -> Hit:
    snippet = Markup(hit.highlights("content"))  # noqa: S704 - Whoosh has escaped it
    return Hit(hit["id"], hit["title"], hit["published"], hit["source"], hit["section"], snippet)


def _counts(groups: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(groups.items(), key=lambda pair: -pair[1])
