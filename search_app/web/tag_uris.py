"""By which URI is an article, a search or a withdrawal known for ever? A tag: URI, with no server in it.

``tag:khobao.invalid,2026:UUID/article/ID``, and ``…/version/NUMBER/ID`` for one version of it. The UUID is
the archive's own: it was made once, and a copy, a restored backup, another host or port have it too. RFC
4151 asks for an authority that the one who mints held on the day named: RFC 2606 keeps ``.invalid`` for
names that nobody can ever register, so nobody else can mint there, and no archive needs a domain of its
own; that two archives never say the same is what the UUID is for. A program that compares ids compares them
as text, so what is written here may never change. ``/id/`` leads from them to pages
(search_app.web.identifiers).
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from search_app.web.address import Address
from search_app.web.paths import quoted_id

_AUTHORITY = "tag:khobao.invalid,2026"
_ARCHIVE = re.compile(rf"{re.escape(_AUTHORITY)}:([^/]*)/(.*)", re.DOTALL)
_NAMED = re.compile(r"(?:article|version/([1-9][0-9]{0,8}))/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """What an identifier names.

    Attributes:
        archive: UUID of the archive that it says; empty where it says none.
        article_id: as it stands there, percent-encoded or not.
        version: None: the article, whatever its version.
    """

    archive: str
    article_id: str
    version: int | None = None


def article_tag(archive: str, article_id: str) -> str:
    """The URI of an article, whatever its version.

    Args:
        archive: its UUID.

    >>> article_tag("7d444840-9dc0-11d1-b245-5ffdce74fad2", "đầu/a#1")
    'tag:khobao.invalid,2026:7d444840-9dc0-11d1-b245-5ffdce74fad2/article/%C4%91%E1%BA%A7u/a%231'
    """
    return f"{_AUTHORITY}:{archive}/article/{quoted_id(article_id)}"


def article_of_tag(archive: str, uri: str) -> str | None:
    """The id in the URI of an article of this archive; None where it is none, or is written otherwise.

    >>> uuid = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    >>> article_of_tag(uuid, article_tag(uuid, "đầu/a#1")), article_of_tag(uuid, article_tag("other", "a"))
    ('đầu/a#1', None)
    """
    article_id = unquote(uri.removeprefix(article_tag(archive, "")))
    return article_id if article_tag(archive, article_id) == uri else None


def version_tag(archive: str, article_id: str, version: int) -> str:
    """The URI of one version of an article.

    >>> version_tag("7d444840-9dc0-11d1-b245-5ffdce74fad2", "đầu/a#1", 2)
    'tag:khobao.invalid,2026:7d444840-9dc0-11d1-b245-5ffdce74fad2/version/2/%C4%91%E1%BA%A7u/a%231'
    """
    return f"{_AUTHORITY}:{archive}/version/{version}/{quoted_id(article_id)}"


def read_identifier(text: str) -> Named | None:
    """What an identifier names, a URI or what stands in it behind the archive; None where it is neither.

    >>> read_identifier("version/2/a/b"), read_identifier("tag:khobao.invalid,2026:7d44/article/a")
    (Named(archive='', article_id='a/b', version=2), Named(archive='7d44', article_id='a', version=None))
    """
    uri = _ARCHIVE.fullmatch(text)
    archive, rest = (uri[1], uri[2]) if uri else ("", text)
    found = _NAMED.fullmatch(rest)
    return None if found is None else Named(archive, found[2], int(found[1]) if found[1] else None)


def search_tag(archive: str, address: Address) -> str:
    """The URI of a search, whatever its page."""
    return f"{_AUTHORITY}:{archive}/search{address.without().encoded()}"


def withdrawals_tag(archive: str) -> str:
    """The URI of the list of all that is withdrawn."""
    return f"{_AUTHORITY}:{archive}/withdrawals"


def withdrawal_tag(archive: str, change: int) -> str:
    """The URI of a withdrawal, by the change of the archive that made it."""
    return f"{_AUTHORITY}:{archive}/withdrawal/{change}"
