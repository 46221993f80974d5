"""What is an article to other programs? schema.org's NewsArticle, and Dublin Core in the page's head.

Names stay whole: a Vietnamese name has no part that stands for the family in every catalogue.
"""

import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from corpus.article import Article
from corpus.rights import UNSAID, Rights
from search_app.formats.dublin_core import day_of_article, dublin_core_values

_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def news_article(
    article: Article,
    identifier: str,
    address: str,
    rights: Rights = UNSAID,
    persistent: Sequence[str] = (),
) -> Markup:
    """JSON-LD, ready to stand in a script element.

    Args:
        identifier: a URI that stands for the article.
        address: where it can be read; empty where no absolute address is known.
        persistent: the identifiers of the article and of its version, which hold for ever.
    """
    value = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": identifier,
        "url": address,
        "identifier": list(persistent),
        "headline": article.title,
        "description": article.lede,
        "inLanguage": "vi",
        "dateModified" if article.published.is_last_change else "datePublished": day_of_article(article),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": article.source} if article.source else None,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "copyrightNotice": rights.statement,
        "license": rights.licence,
        "isBasedOn": article.url if article.url.lower().startswith(("http://", "https://")) else "",
    }
    text = json.dumps({key: one for key, one in value.items() if one}, ensure_ascii=False)
    return Markup("".join(_IN_HTML.get(letter, letter) for letter in text))  # noqa: S704 - nothing of HTML is left


def dublin_core(article: Article, identifier: str, rights: Rights = UNSAID) -> Iterator[tuple[str, str]]:
    """Names and contents of the meta elements, those that hold something."""
    for element, value, refinement in dublin_core_values(article, [identifier], rights):
        yield f"DCTERMS.{refinement}" if refinement else f"DC.{element}", value
