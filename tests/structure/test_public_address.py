"""One module decides which absolute addresses are written, and it alone reads the Host of a request."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.structure.public_names import syntax_tree

DECIDES = ROOT / "search_app" / "api" / "public_address.py"
SERVES = ROOT / "search_app" / "serving" / "wsgi.py"
"""Writes what WSGI demands of each request; of a proxy on this machine it takes whether it was HTTPS."""

_OF_A_REQUEST = frozenset(
    {"host", "host_url", "url", "url_root", "root_url", "base_url", "trusted_hosts", "scheme", "server"}
)
"""What of a request is made of its Host header, or of where the server listens."""
_NAMED = re.compile(r"HTTP_HOST|SERVER_NAME|X-Forwarded|HTTP_X_FORWARDED", re.IGNORECASE)


def absolute(source: str) -> Iterator[tuple[int, str]]:
    """What makes an absolute address of a request, by line."""
    for node in ast.walk(syntax_tree(source)):
        match node:
            case ast.Attribute(value=ast.Name(id="request"), attr=name) if name in _OF_A_REQUEST:
                yield node.lineno, f"request.{name}"
            case ast.Call(keywords=keywords):
                passed = {keyword.arg for keyword in keywords} & {"_external", "_scheme"}
                yield from ((node.lineno, name or "") for name in passed)
            case ast.Name(id=name) | ast.alias(name=name) if name == "ProxyFix":
                yield node.lineno, name
            case ast.Constant(value=str(text)) if _NAMED.search(text) or text.lower() == "host":
                yield node.lineno, text


@pytest.mark.parametrize(
    "path", sorted((ROOT / "search_app").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_nobody_else_reads_the_host(path: Path) -> None:
    if path not in {DECIDES, SERVES} and "cli" not in path.parts:  # no request comes to the command line
        assert list(absolute(path.read_text("utf-8"))) == []


def test_what_reads_it_is_seen() -> None:
    seen = {name for _, name in absolute(DECIDES.read_text("utf-8"))}
    assert {"request.host", "request.host_url"} <= seen
    for line in (
        "url_for('a', _external=True)",
        "request.url_root",
        "request.headers['Host']",
        "request.environ.get('HTTP_HOST')",
        "from werkzeug.middleware.proxy_fix import ProxyFix",
    ):
        assert list(absolute(line)), line


def test_templates_write_no_absolute_address() -> None:
    for path in (ROOT / "search_app" / "web" / "templates").glob("*.html"):
        found = "_external" in path.read_text("utf-8")
        assert not found, path.name
