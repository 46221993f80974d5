"""Where do the pages stand? The paths of links, found once for each root that the app is served under."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from flask import request, url_for

_KEPT = "!$&'()*+,/:;=@"
"""Characters of an id that stand in a path as they are."""


@dataclass(frozen=True, slots=True)
class Paths:
    """What a link begins with.

    Attributes:
        search: the page of results and the home page.
        article: an article, but for its id.
        why: why an article was found, but for its id.
        static: the folder of style sheets, scripts and fonts.
        facet: all values of a facet, but for its name.
        basket: what a reader kept.
        help: how to ask.
        changes: what an article changed, but for its id.
    """

    search: str
    article: str
    why: str
    static: str
    facet: str = "/facet/"
    basket: str = "/basket"
    help: str = "/help"
    changes: str = "/changes/"


def current_paths() -> Paths:
    """The paths under the root of this request."""
    return _paths(request.script_root)


def quoted_id(article_id: str) -> str:
    """An article's id as it stands in a path."""
    return quote(article_id, safe=_KEPT)


@lru_cache(maxsize=16)
def _paths(_root: str) -> Paths:
    """The same in every app, for their addresses are the same; url_for takes the root from the request."""
    article, static = url_for("web.article", article_id="-"), url_for("web.static", filename="-")
    why = url_for("web.why", article_id="-")
    changes = url_for("web.changes", article_id="-")
    return Paths(
        url_for("web.search"),
        article.removesuffix("-"),
        why.removesuffix("-"),
        static.removesuffix("-"),
        url_for("web.facet", name="-").removesuffix("-"),
        url_for("web.basket"),
        url_for("web.how"),
        changes.removesuffix("-"),
    )
