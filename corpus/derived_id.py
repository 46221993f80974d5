"""What is the id of an article whose record has none?

The file's name as a slug, "-", and the first twelve hex digits of SHA-256 over the article's URL or, without
one, over its source, title and date. So it stays the same when the text is corrected; two articles of one
file that share all three need ids of their own.
"""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SLUG_CHARACTERS = 60
_HEX_DIGITS = 12
_COUNTS_CLICKS = re.compile("utm_|fbclid$|gclid$")


def derived_id(stem: str, *, url: str, source: str, title: str, published: str) -> str:
    """A stable id without white space.

    >>> derived_id("Báo Tết 2020", url="https://bao.example/1", source="", title="", published="")
    'bao-tet-2020-ed260d13078d'
    """
    key = url or f"{source}\n{title}\n{published}"
    return f"{slug(stem)}-{_digest(key)}"


def url_id(url: str, stem: str, title: str) -> str:
    """The id of an article from the web: its site's name, and a digest of its address.

    It is the same in every feed and crawl, whatever parameters they track clicks with.

    >>> url_id("https://www.bao.example/1?utm_source=rss", "a", "")
    'bao-example-99fcf6f2d427'
    >>> url_id("https://www.bao.example/1", "a", "") == url_id("https://www.bao.example/1#top", "b", "Tin")
    True
    """
    address, name = _plain(url)
    return derived_id(name or stem, url=address, source="", title=title, published="")


def has_digest_of(article_id: str, url: str) -> bool:
    """Whether an id was made of this address, by either function.

    >>> has_digest_of(url_id("https://bao.example/1?fbclid=x", "a", ""), "https://bao.example/1")
    True
    >>> has_digest_of("1001", "https://bao.example/1")
    False
    """
    return article_id.endswith((f"-{_digest(url)}", f"-{_digest(_plain(url)[0])}"))


def slug(text: str) -> str:
    """A text in small letters without marks, digits and hyphens, of at most 60 characters.

    >>> slug("Báo Tết, 2020"), slug("…")
    ('bao-tet-2020', 'article')
    """
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", kept)[:_SLUG_CHARACTERS].strip("-") or "article"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX_DIGITS]


def _plain(url: str) -> tuple[str, str]:
    """An address without what counts clicks, and its host; the address as it is where it has no host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    host = (parts.netloc.rpartition("@")[2].lower()).removeprefix("www.")
    asked = [(name, value) for name, value in parse_qsl(parts.query, True) if not _COUNTS_CLICKS.match(name)]
    plain = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), "")) if host else url
    return plain, host
