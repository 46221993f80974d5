"""What does an address ask to see, and is it there? The page's values, or the refusal, for every interface.

Parameters are read from the request; where the archive does not know what is named, the error says so.
"""

from dataclasses import replace

from flask import request

from corpus.archived import ArchivedArticle
from corpus.coverage import Coverage
from corpus.value_folding import fold_value
from search_app.answer.pages import ArticlePage, ChangesPage, WhyPage
from search_app.api.current import current_service
from search_app.api.faults import NothingToCompareError, ParameterError, UnknownArticleError
from search_app.api.parameters import AGAINST, AS_OF, read_query


def typed_query() -> str:
    """The query as typed."""
    return request.args.get("q", "")


def article_page(article_id: str) -> ArticlePage:
    """An article with the query's matches marked.

    Raises:
        UnknownArticleError: the archive does not know it.
    """
    page = current_service().reading.article(article_id, read_query(request.args))
    if page is None:
        raise UnknownArticleError(article_id, request.args.get(AS_OF, ""))
    return page


def why_page(article_id: str) -> WhyPage:
    """Why an article scores what it scores for the query.

    Raises:
        UnknownArticleError: the index does not hold it.
    """
    page = current_service().reading.explain(article_id, read_query(request.args))
    if page is None:
        raise UnknownArticleError(article_id, request.args.get(AS_OF, ""))
    return page


def changes_page(article_id: str) -> ChangesPage:
    """What an article changed of the first print of its story, or of the one it is held against.

    Raises:
        NothingToCompareError: one of them is not known, or the article is alone.
    """
    page = current_service().reading.changes(article_id, request.args.get(AGAINST, ""))
    if page is None:
        raise NothingToCompareError(article_id)
    return page


def versions_of(article_id: str) -> list[ArchivedArticle]:
    """Every version of an article, the oldest first.

    Raises:
        UnknownArticleError: the archive does not know it.
    """
    kept = current_service().browse.versions(article_id)
    if not kept:
        raise UnknownArticleError(article_id)
    return kept


def coverage_of_request() -> Coverage:
    """What the archive holds, of one source where the address names it.

    Raises:
        ParameterError: the archive holds nothing of that source.
    """
    found = current_service().accounts.coverage()
    return found if (source := request.args.get("source")) is None else of_source(found, source)


def of_source(found: Coverage, name: str) -> Coverage:
    """The coverage of one source alone, in whichever of its spellings it is named.

    Raises:
        ParameterError: it is none of them.
    """
    if kept := tuple(one for one in found.sources if fold_value(one.source) == fold_value(name)):
        return replace(found, sources=kept)
    raise ParameterError.choice("source", name, (one.source for one in found.sources[:6] if one.source))
