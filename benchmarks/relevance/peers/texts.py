"""What is every peer given of an article? Its four texts as they were printed, and what each weighs."""

from collections.abc import Mapping

from corpus.article import Article

WEIGHTS: Mapping[str, float] = {"title": 3.0, "lede": 2.0, "body": 1.0, "captions": 1.0}


def texts_of(article: Article) -> dict[str, str]:
    """The fields of an article, by the names of WEIGHTS."""
    body, captions = "\n".join(article.paragraphs), "\n".join(article.captions)
    return {"title": article.title, "lede": article.lede, "body": body, "captions": captions}
