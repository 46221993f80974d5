"""Is what an address names withdrawn, and what is said of it? Asked before every view, so of later ones too.

An article that is withdrawn is answered with 410, its citation, the reason and the day; one that is hidden is
answered as an id that the archive never had. What a view reads is without both (corpus.shown_archive).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from flask import request
from flask.typing import ResponseReturnValue

from corpus.archived import ArchivedArticle
from corpus.published import Published
from corpus.shown_archive import Tombstone
from corpus.withdrawals import Withdrawal
from search_app.answer.hits import WithdrawnMeanwhileError
from search_app.answer.pins import AsOf
from search_app.api.current import current_service
from search_app.api.faults import (
    NothingToCompareError,
    UnknownArticleError,
    UnknownVersionError,
    WithdrawnError,
)
from search_app.api.found import versions_of
from search_app.api.parameters import AGAINST
from search_app.formats.answers.withdrawals import SaidWithdrawal
from search_app.formats.citations import Cited, Style, cite
from search_app.web.citations import cited, identifier
from search_app.web.route import View

ARTICLE = "article_id"
"""The variable of an address that names an article."""


@dataclass(frozen=True, slots=True)
class WithdrawalLine:
    """A withdrawal as a page says it.

    Attributes:
        citation: of the article, as Vietnamese cite; empty where nothing of it is kept.
        day, until: when it was withdrawn, and when it comes back by itself, on the server's clock.
    """

    withdrawal: Withdrawal
    citation: str
    day: Published
    until: Published


def answer_shown(view: View, variables: Mapping[str, str]) -> ResponseReturnValue:
    """What a view answers, called with the variables of its address.

    What is withdrawn while it is answered is answered as what was withdrawn before.

    Raises:
        WithdrawnError: the address names an article that is withdrawn.
    """
    _refuse_withdrawn(variables)
    try:
        return view(**variables)
    except WithdrawnMeanwhileError:
        _refuse_withdrawn(variables)
        return view(**variables)
    except (UnknownArticleError, NothingToCompareError):
        _refuse_withdrawn(variables)
        raise


def kept_or_withdrawn(
    ids: list[str], as_of: AsOf | None = None
) -> tuple[list[ArchivedArticle], list[Tombstone]]:
    """Of a list of articles those that are shown, and what is said of those that are withdrawn.

    Args:
        as_of: the state whose versions are shown; None: the present.
    """
    service = current_service()
    kept = service.browse.kept(ids) if as_of is None else service.reading.kept_at(ids, as_of)
    return kept, service.withdrawals.tombstones(ids)


def kept_for_file(ids: list[str], as_of: AsOf | None = None) -> list[ArchivedArticle]:
    """Of a list of articles those that are shown, for a file that has no place for what is withdrawn.

    Raises:
        WithdrawnError: there is none but what is withdrawn.
    """
    kept, withdrawn = kept_or_withdrawn(ids, as_of)
    if withdrawn and not kept:
        raise WithdrawnError(said_withdrawal(withdrawn[0]))
    return kept


def shown_version(article_id: str, version: int) -> ArchivedArticle:
    """One version of an article.

    Raises:
        UnknownArticleError, UnknownVersionError: there is no such article, or no such version of it.
        WithdrawnError: the article or this version is withdrawn.
    """
    kept_for_file([article_id])
    for one in versions_of(article_id):
        if one.version == version:
            return one
    withdrawals = current_service().withdrawals
    for withdrawal in withdrawals.of_versions(article_id):
        tombstone = withdrawals.tombstone_of(withdrawal) if withdrawal.version == version else None
        if tombstone is not None:
            raise WithdrawnError(said_withdrawal(tombstone))
    raise UnknownVersionError(article_id, version)


def said_withdrawal(tombstone: Tombstone) -> SaidWithdrawal:
    """A tombstone with its address here, or its tag: URI where that is not known."""
    quoted = _quoted(tombstone)
    return SaidWithdrawal(tombstone, identifier(quoted) if quoted else "")


def withdrawal_line(tombstone: Tombstone) -> WithdrawalLine:
    """A tombstone as a page says it."""
    quoted, withdrawal = _quoted(tombstone), tombstone.withdrawal
    citation = cite(Style.VIETNAMESE, [quoted]) if quoted else ""
    return WithdrawalLine(withdrawal, citation, day_of(withdrawal), _moment(withdrawal.until))


def day_of(withdrawal: Withdrawal) -> Published:
    """The day on which something was withdrawn."""
    return Published(datetime.fromisoformat(withdrawal.at).astimezone().date().isoformat())


def _quoted(tombstone: Tombstone) -> Cited | None:
    """The article with what a tombstone says of it: title, source, date, and the address of the tombstone."""
    if tombstone.archived is None:
        return None
    whole = cited(tombstone.archived)
    return replace(whole, article=replace(whole.article, authors=(), url=""))


def _moment(until: str) -> Published:
    if not until:
        return Published()
    moment = datetime.fromisoformat(until).astimezone()
    is_day = moment.time() == time()
    return Published(moment.date().isoformat() if is_day else moment.isoformat(timespec="minutes"))


def _refuse_withdrawn(variables: Mapping[str, str]) -> None:
    named = [variables.get(ARTICLE, ""), request.args.get(AGAINST, "")]
    for tombstone in current_service().withdrawals.tombstones([each for each in named if each]):
        raise WithdrawnError(said_withdrawal(tombstone))
