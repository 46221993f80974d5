"""What is an article to a catalogue? Its Dublin Core: one mapping, for the head of a page and for harvesters.

Names stay whole: a Vietnamese name has no part that stands for the family in every catalogue.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.article import Article
from corpus.rights import UNSAID, Rights


class DublinCoreValue(NamedTuple):
    """A value of an element.

    Attributes:
        element: one of the fifteen of Dublin Core.
        refinement: the narrower term of DCMI that fits it; empty: the element fits as it is.
    """

    element: str
    value: str
    refinement: str = ""


def dublin_core_values(
    article: Article, identifiers: Sequence[str], rights: Rights = UNSAID
) -> Iterator[DublinCoreValue]:
    """What is known of an article, in the order of its importance.

    Args:
        identifiers: URIs that stand for the article.
    """
    values = (
        DublinCoreValue("title", article.title),
        *(DublinCoreValue("creator", name) for name in article.authors),
        DublinCoreValue("publisher", article.source),
        DublinCoreValue("date", day_of_article(article), "modified" * article.published.is_last_change),
        *(DublinCoreValue("identifier", one) for one in identifiers),
        DublinCoreValue("source", article.url),
        *(DublinCoreValue("subject", tag) for tag in (article.section, *article.tags)),
        DublinCoreValue("description", article.lede),
        DublinCoreValue("rights", rights.statement),
        DublinCoreValue("rights", rights.licence, "license"),
        DublinCoreValue("type", "Text"),
        DublinCoreValue("language", "vi"),
    )
    return (one for one in values if one.value)


def day_of_article(article: Article) -> str:
    """When it was published or last changed, as exactly as it is known; empty where no year is."""
    return article.published.plain if article.published.span else ""
