"""What does a WordPress export (WXR) say beyond a feed? Which items are published posts, and what was typed.

An export is an RSS feed of everything that a site has: drafts, pages, pictures, revisions, menus. Only a
published post is an article. Its text stands as it was typed, with new lines for paragraphs; its head has the
names of the authors, whom the items name by their logins.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.cleaning.program_defaults import is_default_name, is_default_section
from corpus.errors import ImpossibleValueError
from corpus.published import Published

_MARKS = (b"wordpress.org/export/", b"<wp:wxr_version")
_MARK_WITHIN = 16 * 1024
_NOT_ITS_OWN = (b"content:encoded", b"excerpt:encoded", b"wp:comment", b"wp:postmeta")
_LISTS = (b"wp:author", b"wp:category", b"wp:tag", b"wp:term")
_TYPE = re.compile(rb"<wp:post_type>\s*+(?:<!\[CDATA\[)?\s*+([^<\]]*)")
_STATUS = re.compile(rb"<wp:status>\s*+(?:<!\[CDATA\[)?\s*+([^<\]]*)")
_PASSWORD = re.compile(rb"<wp:post_password>\s*+(?:<!\[CDATA\[)?\s*+([^<\]]*)")
_CREATOR = re.compile(rb"<dc:creator>\s*+(?:<!\[CDATA\[)?\s*+([^<\]]*)")
_LOGIN = re.compile(rb"<wp:author_login>\s*+(?:<!\[CDATA\[)?\s*+([^<\]]*)")
_ABSURD = re.compile(r"-\d|\b0000\b|\b0?1 Jan 1970 00:00")
_MOST_AUTHORS = 20_000


@dataclass(frozen=True, slots=True)
class ExportHead:
    """What stands before all items: without its lists, and by login the element of each author."""

    plain: bytes
    authors: Mapping[bytes, bytes]

    def for_item(self, item: bytes) -> bytes:
        """What stands before an item that is read by itself: of the authors, its own."""
        return self.plain + self.authors.get(_found(_CREATOR, item), b"")


@dataclass(frozen=True, slots=True)
class Post:
    """What an item of an export says, beside what every feed says; ``published`` is its own day's."""

    content: str
    excerpt: str
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    published: Published


def is_export(head: bytes) -> bool:
    """Whether a feed is an export, by what stands before its items.

    >>> is_export(b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'), is_export(b"<rss><channel>")
    (True, False)
    """
    return any(mark in head[:_MARK_WITHIN] for mark in _MARKS)


def head_of(before: bytes) -> ExportHead:
    """What stands before the items of an export, which may list thousands of authors, sections and tags.

    >>> head = head_of(b"<rss><wp:author><wp:author_login>ha</wp:author_login></wp:author><wp:tag>x</wp:tag>")
    >>> head.for_item(b"<item><dc:creator>ha</dc:creator>")
    b'<rss><wp:author><wp:author_login>ha</wp:author_login></wp:author>'
    """
    authors: dict[bytes, bytes] = {}
    for start, end in _elements(before, b"wp:author"):
        if len(authors) < _MOST_AUTHORS:
            authors.setdefault(_found(_LOGIN, before[start:end]), before[start:end])
    for name in _LISTS:
        before = _without(before, name)
    return ExportHead(before, authors)


def why_passed_over(item: bytes) -> str:
    """The kind of an item that is no published post, for a receipt; empty where it is one.

    >>> why_passed_over(b"<item><wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item>")
    'wordpress page'
    >>> why_passed_over(b"<item><wp:status><![CDATA[draft]]></wp:status></item>")
    'wordpress post: draft'
    """
    for name in _NOT_ITS_OWN:
        item = _without(item, name)
    kind, status = _found(_TYPE, item) or b"post", _found(_STATUS, item) or b"publish"
    if kind != b"post":
        return f"wordpress {kind.decode('utf-8', 'replace')}"
    if status != b"publish":
        return f"wordpress post: {status.decode('utf-8', 'replace')}"
    return "wordpress post: password" if _found(_PASSWORD, item) else ""


def post_of(entry: Mapping[str, Any], channel: Mapping[str, Any]) -> Post:
    """The post of an item and the export's head, as feedparser parsed them."""
    terms = [
        (str(tag.get("scheme") or "category"), str(tag.get("term") or "")) for tag in entry.get("tags", ())
    ]
    sections = (term for domain, term in terms if domain == "category" and not is_default_section(term))
    tags = (term for domain, term in terms if domain in {"post_tag", "tag"})
    return Post(
        content="\n\n".join(str(part.get("value") or "") for part in entry.get("content", ())),
        excerpt=str(entry.get("excerpt_encoded") or ""),
        section=next(filter(None, sections), ""),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        authors=tuple(filter(None, [_author(entry, channel)])),
        published=_published(str(entry.get("wp_post_date") or ""), str(entry.get("wp_post_date_gmt") or "")),
    )


def is_absurd_date(text: str) -> bool:
    """Whether a date is what PHP writes where there is none.

    >>> is_absurd_date("Mon, 30 Nov -0001 00:00:00 +0000"), is_absurd_date("Tue, 12 Mar 2024 01:10:00 +0000")
    (True, False)
    """
    return bool(_ABSURD.search(text.partition("+")[0]))


def _author(entry: Mapping[str, Any], channel: Mapping[str, Any]) -> str:
    """The name of the author; empty where nothing but a login is known.

    A Vietnamese name has its family name first.
    """
    login = next((str(author.get("name") or "") for author in entry.get("authors", ())), "").strip()
    said = {key: str(channel.get(f"wp_author_{key}") or "").strip() for key in ("display_name", "last_name")}
    first = str(channel.get("wp_author_first_name") or "").strip()
    for name in (said["display_name"], f"{said['last_name']} {first}".strip(), login):
        is_login = name == login and " " not in name
        if name and not is_login and not is_default_name(name):
            return name
    return ""


def _published(local: str, utc: str) -> Published:
    """The day and time of a post on the site's clock; its zone is what this clock is ahead of UTC.

    >>> _published("2024-03-12 08:10:00", "2024-03-12 01:10:00").text
    '2024-03-12T08:10+07:00'
    >>> _published("0000-00-00 00:00:00", "2024-03-12 01:10:00").text, _published("", "").text
    ('2024-03-12T01:10+00:00', '')
    """
    here, there = _moment(local), _moment(utc)
    if here and there:
        minutes = round((here - there).total_seconds() / 60)
        sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
        most = 14
        zone = f"{sign}{hours:02}:{rest:02}" if hours <= most else ""
    else:
        zone = "" if here else "+00:00"
    moment = here or there
    with suppress(ImpossibleValueError):
        return Published.parse(moment.isoformat(timespec="minutes") + zone if moment else "")
    return Published()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _found(pattern: re.Pattern[bytes], raw: bytes) -> bytes:
    match = pattern.search(raw)
    return match[1].strip() if match else b""


def _without(raw: bytes, name: bytes) -> bytes:
    """The bytes without the elements of this name, and the new lines behind them."""
    kept: list[bytes] = []
    place = 0
    for start, end in _elements(raw, name):
        kept.append(raw[place:start])
        place = end
        while raw[place : place + 1].isspace():
            place += 1
    return b"".join((*kept, raw[place:]))


def _elements(raw: bytes, name: bytes) -> Iterator[tuple[int, int]]:
    """The start and the end of each whole element of this name."""
    opens, closes = b"<" + name + b">", b"</" + name + b">"
    end = 0
    while (start := raw.find(opens, end)) >= 0 and (inner := raw.find(closes, start)) >= 0:
        end = inner + len(closes)
        yield start, end
