"""What does an address cite, and how? Articles, one version of an article exactly, or a passage of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import Response, abort, request
from werkzeug.datastructures import MultiDict

from corpus.archived import ArchivedArticle
from corpus.message import say
from search_app.answer.passages import Passage, cut_passage
from search_app.answer.pins import AsOf
from search_app.api.current import current_service
from search_app.api.faults import ParameterError, UnknownArticleError
from search_app.api.parameters import (
    AS_OF,
    AT,
    EXACT,
    LAST,
    VERSION,
    read_flag,
    read_number,
    read_offset,
    read_state,
)
from search_app.formats.citations import READ_BY_PEOPLE, Cited, cite
from search_app.web.address import current_address
from search_app.web.citations import CHOICES, citation_file, cited, cited_exactly, exact_href
from search_app.web.reading import kept_ids
from search_app.web.templating import render
from search_app.web.withdrawn import kept_for_file, shown_version

_ID = "id"
_OF_ARTICLES = (_ID, VERSION, AS_OF, EXACT, AT, LAST)


@dataclass(frozen=True, slots=True)
class ArticlesAsked:
    """Which articles are cited.

    Attributes:
        as_of: the state whose versions are cited; None: the present.
        version: that version of the one article; None: the one that is shown.
        exact: whether it is said which version that is.
        start, stop: the characters of a passage; None: it is the article, or the whole text at ``start``.
    """

    ids: list[str]
    as_of: AsOf | None = None
    version: int | None = None
    exact: bool = False
    start: int | None = None
    stop: int | None = None


class _Found(NamedTuple):
    """What is cited of an article."""

    archived: ArchivedArticle
    passage: Passage | None = None


def citations(style: str) -> Response:
    """Citations as a file."""
    if style not in CHOICES:
        abort(404)
    asked = articles_asked(request.args)
    return citation_file(style, _all_cited(asked, _found(asked)))


def citing() -> str:
    """Citations to be read, and the files of them."""
    asked = articles_asked(request.args)
    if len(asked.ids) != 1:
        raise ParameterError(
            say("{name} is given {count} times; give it once", name=_ID, count=len(asked.ids))
        )
    found = _found(asked)
    if not found:
        raise UnknownArticleError(asked.ids[0], request.args.get(AS_OF, ""))
    ((archived, passage),), (one,) = found, _all_cited(asked, found)
    address, again = current_address(), _parameters()
    return render(
        "cite.html",
        address,
        quoted=one,
        article=one.article,
        citations={style: cite(style, [one]) for style in READ_BY_PEOPLE},
        page_href=exact_href(archived) if asked.exact else address.only().article(one.article.id),
        pinned_href=exact_href(archived, passage),
        files=again,
        exactly=again | {EXACT: "1"},
    )


def articles_asked(values: MultiDict[str, str]) -> ArticlesAsked:
    """The articles that an address cites.

    Raises:
        ParameterError: a value that cannot be, or a passage of several articles.
    """
    ids, start, stop = kept_ids(), read_offset(values, AT), read_offset(values, LAST)
    as_of, version = read_state(values, AS_OF), read_number(values, VERSION)
    if stop is not None and start is None:
        raise ParameterError(say("{name} is where a passage ends; say with at where it begins", name=LAST))
    for name in (AT, VERSION):
        if values.get(name) and len(ids) != 1:
            raise ParameterError(say("{name} is of one article; give one id", name=name))
    if as_of is not None and version is not None:
        raise ParameterError(say("{name} says which version it is; leave out as_of", name=VERSION))
    for name in (AS_OF, EXACT):
        if values.get(name) and not ids:
            raise ParameterError(say("{name} is of articles that are cited; give their id", name=name))
    named = (as_of, version, start)
    is_exact = read_flag(values, EXACT) or any(one is not None for one in named)
    return ArticlesAsked(ids, as_of, version, is_exact, start, stop)


def _found(asked: ArticlesAsked) -> list[_Found]:
    """What is cited.

    Raises:
        WithdrawnError: there is nothing but what is withdrawn.
        UserError: there is no such passage.
    """
    if asked.version is None:
        kept = kept_for_file(asked.ids, asked.as_of)
    else:
        kept = [shown_version(asked.ids[0], asked.version)]
    if asked.start is None:
        return [_Found(one) for one in kept]
    if not kept:
        raise UnknownArticleError(asked.ids[0], request.args.get(AS_OF, ""))
    return [_Found(kept[0], cut_passage(kept[0].article, asked.start, asked.stop))]


def _all_cited(asked: ArticlesAsked, found: Sequence[_Found]) -> list[Cited]:
    """As they are cited, with their rights."""
    rights = current_service().accounts.rights([one.archived.article for one in found])
    if not asked.exact:
        return [cited(one.archived, said) for one, said in zip(found, rights, strict=True)]
    return [cited_exactly(*one, said) for one, said in zip(found, rights, strict=True)]


def _parameters() -> dict[str, str]:
    """Those of the address that the files of the same have too."""
    return {name: request.args[name] for name in _OF_ARTICLES if request.args.get(name)}
