"""Where does a persistent identifier lead? ``/id/`` and the URI of an article or a version: to its page.

A version is shown by the page of its article as of the first change at which it stood; one that never stood,
as a poorer capture does not, by what it changed.
"""

from urllib.parse import unquote

from flask import Response
from flask.typing import ResponseReturnValue

from corpus.archived import ArchivedArticle
from search_app.api.current import current_service
from search_app.api.faults import (
    OtherArchiveError,
    UnknownArticleError,
    UnknownIdentifierError,
)
from search_app.api.found import versions_of
from search_app.web.address import current_address
from search_app.web.tag_uris import Named, article_tag, read_identifier, version_tag
from search_app.web.version_pages import version_page
from search_app.web.withdrawn import ARTICLE, answer_shown, shown_version


def identified(identifier: str) -> ResponseReturnValue:
    """To the page of the article or the version that an identifier names.

    Raises:
        UnknownIdentifierError: it is none.
        OtherArchiveError: it is one of another archive.
        UnknownArticleError, UnknownVersionError: there is no such article or version.
        WithdrawnError: what it names is withdrawn.
    """
    named = read_identifier(identifier)
    if named is None:
        raise UnknownIdentifierError(identifier)
    own = current_service().monitoring.archive_uuid()
    if named.archive not in {"", own}:
        raise OtherArchiveError(named.archive, own)
    try:
        return _lead(named, named.article_id)
    except UnknownArticleError:
        decoded = unquote(named.article_id)  # the URI as one part of a path: it was encoded twice
        if decoded == named.article_id:
            raise
        return _lead(named, decoded)


def identifiers_of(archived: ArchivedArticle, archive: str) -> tuple[str, str]:
    """The identifier of an article, and that of one version of it.

    Args:
        archive: UUID of the archive.
    """
    article_id = archived.article.id
    return article_tag(archive, article_id), version_tag(archive, article_id, archived.version)


def _lead(named: Named, article_id: str) -> ResponseReturnValue:
    def answer(article_id: str) -> Response:
        if named.version is None:
            versions_of(article_id)
            return _see_other(current_address().only().article(article_id))
        shown_version(article_id, named.version)
        return _see_other(version_page(article_id, named.version).href)

    return answer_shown(answer, {ARTICLE: article_id})


def _see_other(href: str) -> Response:
    return Response(status=303, headers={"Location": href}, content_type="text/plain; charset=utf-8")
