"""How does a page name several articles to programs? Each by a ContextObject in a span (COinS).

Keys and values of Z39.88-2004 in Dublin Core's format, as OpenURL writes them: percent-encoded, with "&"
between. Zotero takes ``rft.type`` for its own type of item. Each author is a ``rft.aulast``: of a
``rft.creator`` Zotero would make the last syllable the family's name. search_app/web/static/coins.js writes
the same for results.
"""

from collections.abc import Iterator
from urllib.parse import quote

from search_app.formats.citations.cited import Cited

FORMAT = "info:ofi/fmt:kev:mtx:dc"


def context_object(cited: Cited) -> str:
    """The ContextObject of an article, to stand in the title of a span of the class Z3988."""
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in _pairs(cited) if value)


def _pairs(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", FORMAT
    yield "rft.type", "newspaperArticle"
    yield "rft.title", cited.title
    yield "rft.source", cited.source
    yield from (("rft.aulast", name) for name in cited.authors)
    yield "rft.date", "-".join(f"{part:02}" for part in cited.date_parts)
    yield "rft.identifier", cited.address
    yield "rft_id", cited.identifier
    yield "rft.rights", cited.rights.text
    yield "rft.language", "vi"
