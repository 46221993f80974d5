"""What is an article to Zotero, to Google Scholar, and to whoever shows a link? Meta elements of the head.

Highwire Press's names, which Zotero and Scholar read, Zotero's own for the type of item, and the Open Graph
protocol. The day of a last change is told where it can be told as such, and nowhere as that of publication.
"""

from collections.abc import Iterable, Iterator

from corpus.article import Article
from search_app.formats.dublin_core import day_of_article

Pair = tuple[str, str]

_DAY = len("2013-05-26")


def highwire(article: Article, permalink: str) -> Iterator[Pair]:
    """Names and contents.

    Args:
        permalink: the address of the page; empty where no absolute address is known.
    """
    published = "" if article.published.is_last_change else day_of_article(article)
    yield from _told(
        ("z.itemType", "newspaperArticle"),
        ("citation_title", article.title),
        *(("citation_author", name) for name in article.authors),
        ("citation_publication_date", published[:_DAY].replace("-", "/")),
        ("citation_journal_title", article.source),
        ("citation_language", "vi"),
        ("citation_public_url", permalink),
        *(("citation_keywords", tag) for tag in article.tags),
    )


def open_graph(article: Article, permalink: str) -> Iterator[Pair]:
    """Properties and contents."""
    time = "modified_time" if article.published.is_last_change else "published_time"
    yield from _told(
        ("og:type", "article"),
        ("og:title", article.title),
        ("og:description", article.lede),
        ("og:url", permalink),
        ("og:locale", "vi_VN"),
        (f"article:{time}", day_of_article(article)),
        ("article:section", article.section),
        *(("article:tag", tag) for tag in article.tags),
    )


def _told(*pairs: Pair) -> Iterable[Pair]:
    """Those that hold something, each on one line."""
    return ((name, line) for name, content in pairs if (line := " ".join(content.split())))
