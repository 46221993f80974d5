"""What is a peer to the measurement of whole pages? A search page that a user could set up over the articles.

A peer is a module here that knows how its folder is built, which command serves it, where a page of results
is, and how that page says its total. The pages in Flask share one template and differ in what searches.
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from corpus.article import Article

MODULES = {
    "Datasette": "datasette_page",
    "Flask + Whoosh": "whoosh_page",
    "Flask + FTS5": "fts5_page",
    "Flask + tantivy": "tantivy_page",
}
"""Names as printed, and the modules here."""

WORKERS = 2
"""Processes that serve, of each peer and of Kho Báo."""

SIZE = 10
"""Results of a page."""

FACETS = ("source", "section")


class Peer(Protocol):
    """A module of a peer."""

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Fills a folder with everything that the page needs."""

    def held(self, folder: Path) -> int:
        """How many articles the folder holds."""

    def serve(self, folder: Path, port: int) -> list[str]:
        """The command that serves the folder with ``WORKERS`` processes."""

    def path(self, query: str) -> str:
        """Where the first page of results is."""

    def total(self, page: str) -> int:
        """The total that a page of results says."""


def peer(name: str) -> Peer:
    """A peer by its printed name."""
    return cast("Peer", import_module(f"{__name__}.{MODULES[name]}"))
