"""How does an export address its articles? By their pages, where an address is known, and by their URIs."""

from datetime import date

from search_app.formats.exports.columns import Addresses
from search_app.web.paths import quoted_id
from search_app.web.tag_uris import article_tag


def article_addresses(archive: str, begun: str, seen_on: date) -> Addresses:
    """The addresses of an archive's articles.

    Args:
        archive: its UUID.
        begun: what stands before an article's id in the address of its page; empty: none is known.
        seen_on: see Addresses.
    """
    return Addresses(
        archive,
        lambda article_id: begun + quoted_id(article_id) if begun else "",
        lambda article_id: article_tag(archive, article_id),
        seen_on,
    )
