"""What does a page say of its article in JSON-LD (schema.org)?"""

import json
import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:^|/)(?:\w*Article|BlogPosting|Report|LiveBlogPosting)$")
_PAGE_OF_MEDIA = re.compile(r"(?:^|/)(?:VideoObject|ImageGallery|AudioObject)$")
_BREADCRUMBS = re.compile(r"(?:^|/)BreadcrumbList$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_DEEPEST = 6
_DEEPEST_NAMES = 20
Node = Mapping[str, object]


class LinkedData:
    """The JSON-LD objects of a page, by type."""

    def __init__(self, root: HtmlElement) -> None:
        nodes = [
            node for script in root.iter("script") if _is_json_ld(script) for node in _nodes(script.text)
        ]
        self.articles = [node for node in nodes if _is(node, _ARTICLE)]
        self.has_media = any(_is(node, _PAGE_OF_MEDIA) for node in nodes)
        self.breadcrumbs = [name for node in nodes if _is(node, _BREADCRUMBS) for name in _crumbs(node)]

    @property
    def article(self) -> Node:
        """The first article that the page describes; an empty object where there is none."""
        return self.articles[0] if self.articles else {}


def names_in(value: object, *, only: str = "", depth: int = _DEEPEST_NAMES) -> list[str]:
    """The names in a value: a text, an object with a name, or a list of these; ``only`` objects of one type.

    Names deeper than ``depth`` lists and objects are ignored.

    >>> names_in([{"@type": "Person", "name": "Thu Hà"}, {"@type": "Place", "name": "Huế"}], only="Person")
    ['Thu Hà']
    """
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if depth and isinstance(value, Mapping):
        kind = value.get("@type", only)
        return names_in(value.get("name"), depth=depth - 1) if not only or kind == only else []
    if depth and isinstance(value, list):
        return [name for item in value for name in names_in(item, only=only, depth=depth - 1)]
    return []


def _is_json_ld(script: HtmlElement) -> bool:
    kind: str = script.get("type", "")
    return kind.strip().lower().startswith("application/ld+json")


def _nodes(text: str | None) -> Iterator[Node]:
    """All objects of a script: those at the top and those of ``@graph``; empty where it is not JSON."""
    try:
        value = json.loads(_CONTROL.sub(" ", (text or "").strip().rstrip(";")))
    except (ValueError, RecursionError):
        return
    yield from _objects(value, _DEEPEST)


def _objects(value: object, depth: int) -> Iterator[Node]:
    if depth and isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif depth and isinstance(value, Mapping):
        yield value
        yield from _objects(value.get("@graph"), depth - 1)
        yield from _objects(value.get("mainEntity"), depth - 1)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    given = node.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return any(isinstance(name, str) and kind.search(name) for name in kinds)


def _crumbs(node: Node) -> Iterator[str]:
    """The names of a breadcrumb list, the outermost first; some papers nest its items in lists."""
    for item in _objects(node.get("itemListElement"), _DEEPEST):
        yield from names_in(item.get("name") or item.get("item"))
