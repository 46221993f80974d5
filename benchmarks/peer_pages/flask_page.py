"""How does a page in Flask look, whatever searches? Ten results, two facets, the total, links to other pages.

The template is the same for all, and so are compression (Flask-Compress with its defaults) and gunicorn.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, render_template, request
from flask_compress import Compress
from markupsafe import Markup, escape

from benchmarks.peer_pages import SIZE, WORKERS

OPEN, CLOSE = "\x02", "\x03"
"""Around a match in text that is not yet HTML."""

_THREADS = 2  # of each process, as a page that computes wants them


@dataclass(frozen=True, slots=True)
class Hit:
    """A result."""

    id: str
    title: str
    published: str
    source: str
    section: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results: facets are values with their counts, the most frequent first."""

    total: int
    hits: Sequence[Hit]
    facets: dict[str, list[tuple[str, int]]]


Search = Callable[[str, int], Found]
"""Given the query and the number of the page, from 1."""


def app_of(search: Search) -> Flask:
    """The app that shows what a search finds."""
    app = Flask("benchmarks.peer_pages")
    Compress(app)

    @app.get("/")
    def results() -> str:
        query, page = request.args.get("q", ""), request.args.get("page", 1, int)
        found = search(query, page) if query.strip() else Found(0, [], {})
        pages = range(max(1, page - 4), min(page + 4, -(-found.total // SIZE)) + 1)
        return render_template("results.html", query=query, page=page, pages=pages, found=found)

    return app


def gunicorn(module: str, folder: Path, port: int) -> list[str]:
    """The command that serves a module's ``app`` of a folder."""
    return [
        *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--log-level", "warning"),
        *("--workers", str(WORKERS), "--threads", str(_THREADS), "--bind", f"127.0.0.1:{port}"),
        f"{module}:app({str(folder)!r})",
    ]


def path(query: str) -> str:
    """Where the first page of results is."""
    return f"/?{urlencode({'q': query})}"


def marked(text: str) -> Markup:
    """A snippet as HTML, its matches in marks."""
    safe = str(escape(text))
    return Markup(safe.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S704 - escaped above
