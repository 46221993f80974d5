"""How are pages made by Datasette? Its page of a table with full-text search, over the tables of fts5_page.

The page is Datasette's own, with two facets asked for and ten rows: whole rows without snippets, in the order
of the table, and facets that it suggests. Its command serves with one process, so uvicorn, which it uses too,
is started here with as many as the others have. Nothing is compressed: it leaves that to a server before it.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.peer_pages import FACETS, SIZE, WORKERS
from benchmarks.peer_pages.fts5_page import build, held

_FOLDER = "PEER_FOLDER"
_TOTAL = re.compile(r"([\d,]+) rows?\b")

__all__ = ["app", "build", "held", "path", "serve", "total"]


def serve(folder: Path, port: int) -> list[str]:
    """By uvicorn."""
    return [
        *("env", f"{_FOLDER}={folder}", sys.executable, "-m", "uvicorn", "--log-level", "warning"),
        *("--workers", str(WORKERS), "--port", str(port), "--factory", f"{__name__}:app"),
    ]


def app() -> Any:
    """The app, over a file that does not change, so that Datasette counts its tables once."""
    from datasette.app import Datasette  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - only `make bench` installs it

    return Datasette(immutables=[str(Path(os.environ[_FOLDER]) / "articles.db")]).app()


def path(query: str) -> str:
    """The table's page, searched."""
    asked = [("_search", query), ("_size", SIZE), *(("_facet", name) for name in FACETS)]
    return f"/articles/articles?{urlencode(asked)}"


def total(page: str) -> int:
    """The total in the page's heading."""
    heading = page[page.index("<h3>") :] if "<h3>" in page else ""
    found = _TOTAL.search(heading)
    assert found is not None, heading[:500]
    return int(found[1].replace(",", ""))
