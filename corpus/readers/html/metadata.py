"""What metadata does a page have in its head? JSON-LD first, then OpenGraph, then plain meta tags.

Papers fill these from templates, so each value is checked: an address is no author's name, a home page is no
canonical address, and a text that is escaped twice is unescaped.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from corpus.cleaning.lines import comparison_key, stripped
from corpus.cleaning.persons import persons
from corpus.cleaning.program_defaults import given_title, is_default_name
from corpus.readers.html.json_ld import LinkedData, Node, names_in
from corpus.readers.records.values import parse_names

_HOME = {"trang chủ", "home", "trang nhất", "tin tức"}
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|@|^[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)$", re.IGNORECASE)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
    "publish-date", "publication_date", "date", "dc.date.issued", "dc.date", "dcterms.created",
    "sailthru.date", "parsely-pub-date", "article.published",
)  # fmt: skip
_CHANGES = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "article.updated", "revised",
)  # fmt: skip
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a page; values that it does not give are empty.

    Attributes:
        headlines: its titles, the most certain first.
        page_title: the title of the browser's window, which includes the site's name.
        modified: when it says that the page was changed last.
        people: the authors that JSON-LD types as persons.
        authors: the names in the meta tags, often the paper's own.
        body: the full text, where JSON-LD has it.
        is_article: whether it says that the page is an article.
        is_list: whether it says that the page is the site or a section of it.
        has_media: whether it says that the page is a video, a gallery or a recording.
    """

    headlines: tuple[str, ...]
    page_title: str
    published: tuple[str, ...]
    modified: tuple[str, ...]
    people: tuple[str, ...]
    authors: tuple[str, ...]
    sites: tuple[str, ...]
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    url: str
    body: str
    is_article: bool
    is_list: bool
    has_media: bool


def metadata(root: HtmlElement, url: str) -> Metadata:
    """The metadata of a page that was fetched from ``url``."""
    linked = LinkedData(root)
    meta = _meta(root)
    article = linked.article
    kind = _first(meta, "og:type").lower()
    title = root.find(".//title")
    return Metadata(
        headlines=_texts(
            *_titles(
                *names_in(article.get("headline")), *meta.get("og:title", ()), *meta.get("title", ())
            )
        ),
        page_title=next(_titles((title.text or "") if title is not None else ""), ""),
        published=_texts(*names_in(article.get("datePublished")), *_any(meta, _DATES)),
        modified=_texts(*names_in(article.get("dateModified")), *_any(meta, _CHANGES)),
        people=_people(article),
        authors=_persons(meta.get("article:author", ()), meta.get("author", ())),
        sites=_not_addresses(
            meta.get("og:site_name", ()), names_in(article.get("publisher")), meta.get("source", ())
        ),
        sections=_sections(linked, article, meta),
        tags=_tags(article, meta),
        url=_canonical(root, meta, article, url),
        body=_body(article),
        is_article=bool(linked.articles) or kind.startswith(("article", "news")),
        is_list=kind in {"website", "blog"} and not linked.articles,
        has_media=linked.has_media or kind.startswith("video"),
    )  # fmt: skip


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """The contents of the meta tags, by name, property or itemprop in lower case."""
    values: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        content = tag.get("content", "").strip()
        for name in (tag.get(attribute, "").strip() for attribute in ("property", "name", "itemprop")):
            if content and name:
                values.setdefault(name.lower(), []).append(content)
    return values


def _body(article: Node) -> str:
    texts = names_in(article.get("articleBody"))
    return "\n".join(line for text in texts for line in _texts(*text.splitlines()))


def _first(meta: dict[str, list[str]], name: str) -> str:
    return next(iter(meta.get(name, ())), "")


def _any(meta: dict[str, list[str]], wanted: Iterable[str]) -> list[str]:
    return [value for name in wanted for value in meta.get(name, ())]


def _text(value: str) -> str:
    """The text on one line, unescaped as often as it was escaped."""
    for _ in range(3):
        plain = html.unescape(value)
        if plain == value:
            break
        value = plain
    return stripped(_WHITE.sub(" ", value))


def _texts(*values: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := _text(value))))


def _titles(*values: str) -> Iterator[str]:
    """The titles that a person gave; editors of pages write "Untitled Document"."""
    return (title for value in values if (title := given_title(_text(value))))


def _not_addresses(*groups: Iterable[str]) -> tuple[str, ...]:
    texts = (text for group in groups for text in _texts(*group))
    return tuple(
        dict.fromkeys(text for text in texts if not _ADDRESS.search(text) and not is_default_name(text))
    )


def _people(article: Node) -> tuple[str, ...]:
    people = names_in(article.get("author"), only="Person") or names_in(article.get("creator"), only="Person")
    return tuple(name for text in _persons(people) for name in parse_names("author", text))


def _persons(*groups: Iterable[str]) -> tuple[str, ...]:
    return persons(_not_addresses(*groups))


def _sections(linked: LinkedData, article: Node, meta: dict[str, list[str]]) -> tuple[str, ...]:
    crumbs = [name for name in _texts(*linked.breadcrumbs) if name.casefold() not in _HOME]
    own = _not_addresses(crumbs, meta.get("article:section", ()), names_in(article.get("articleSection")))
    headlines = _texts(*names_in(article.get("headline")))
    return tuple(name for name in own if name not in headlines)


def _tags(article: Node, meta: dict[str, list[str]]) -> tuple[str, ...]:
    groups = (
        meta.get("article:tag", []), names_in(article.get("keywords")), meta.get("news_keywords", []),
        meta.get("keywords", []),
    )  # fmt: skip
    tags: dict[str, str] = {}
    for text in _texts(*(text for group in groups for text in group)):
        for tag in parse_names("tags", text):
            tags.setdefault(comparison_key(tag).casefold(), tag)
    return tuple(tags.values())


def _canonical(root: HtmlElement, meta: dict[str, list[str]], article: Node, url: str) -> str:
    """The canonical address of the page, where it is that of a page; else the one it was fetched from."""
    page = article.get("mainEntityOfPage")
    entity = page.get("@id") if isinstance(page, dict) else page
    links = [link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical"]
    for given in (*links, *meta.get("og:url", ()), entity):
        if isinstance(given, str) and (address := _page_address(url, given)):
            return address
    return urldefrag(url).url


def _page_address(base: str, given: str) -> str:
    try:
        absolute = urldefrag(urljoin(base, given.strip())).url
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    is_page = parts.path.strip("/") or parts.query
    return absolute if parts.scheme in {"http", "https"} and parts.hostname and is_page else ""
