"""What went wrong with a request, as every interface says it? A status, a stable code and a message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from werkzeug.exceptions import HTTPException, MethodNotAllowed

from corpus.errors import OperatorError, ReportableError, UserError
from corpus.message import Message, say
from corpus.withdrawals import Withdrawal, WithdrawalState
from indexer.budget import OverBudgetError
from search_app.answer.exporting.cursor import OtherResultError
from search_app.api.overdue import overdue
from search_app.formats.answers.withdrawals import SaidWithdrawal
from search_app.public_url import VARIABLE, PublicUrl
from search_app.serving.refusals import BROKEN, TOO_LARGE, UNREADABLE
from search_app.turns import BusyError

_SHOWN_CHARACTERS = 60
_RETRY_SECONDS = "60"
_DAY = len("2026-11-30")


class ParameterError(UserError):
    """A parameter of the address has a value that cannot be."""

    @classmethod
    def choice(cls, name: str, value: str, choices: Iterable[str]) -> Self:
        """The value is none of ``choices``."""
        return cls(
            say(
                "{name} is “{value}”; give one of {choices}",
                name=name,
                value=abbreviate(value),
                choices=", ".join(choices),
            )
        )

    @classmethod
    def too_many(cls, name: str, count: int, most: int) -> Self:
        """It stands there oftener than it may."""
        return cls(
            say("{name} is given {count} times; give at most {most}", name=name, count=count, most=most)
        )


class UnknownArticleError(UserError):
    """The archive does not know the article, or showed none of this id at the change that is pinned."""

    def __init__(self, article_id: str, as_of: str = "") -> None:
        id_ = abbreviate(article_id)
        if not as_of:
            super().__init__(
                say("The archive holds no article “{id}”; search for words of its title", id=id_)
            )
            return
        super().__init__(
            say(
                "The archive showed no article “{id}” as of {pin}; leave out as_of to see what it shows now",
                id=id_,
                pin=abbreviate(as_of),
            )
        )


class UnknownVersionError(UserError):
    """The archive shows no such version of an article."""

    def __init__(self, article_id: str, version: int) -> None:
        super().__init__(
            say(
                "The archive holds no version {number} of “{id}”; see which it holds at /versions/{id}",
                number=version,
                id=abbreviate(article_id),
            )
        )


class UnknownIdentifierError(UserError):
    """What stands behind /id/ is no identifier of an article or a version."""

    def __init__(self, text: str) -> None:
        super().__init__(
            say(
                "“{text}” is no identifier of an article or a version; behind /id/ stands article/ID,"
                " version/NUMBER/ID, or the tag: URI of either",
                text=abbreviate(text),
            )
        )


class OtherArchiveError(UserError):
    """An identifier names what another archive has."""

    def __init__(self, named: str, own: str) -> None:
        super().__init__(
            say(
                "This identifier is of another archive, {named}; this archive is {own}. Ask whoever keeps"
                " that one",
                named=abbreviate(named),
                own=own,
            )
        )


class WithdrawnError(UserError):
    """The article, or one version of it, is withdrawn, and the archive says so."""

    def __init__(self, said: SaidWithdrawal) -> None:
        super().__init__(_withdrawn(said.withdrawal))
        self.said = said


def _withdrawn(one: Withdrawal) -> Message:
    values = {"id": abbreviate(one.article_id), "day": one.at[:_DAY], "reason": one.reason or "–"}
    if one.version is not None:
        return say(
            "Version {number} of “{id}” was withdrawn from this archive on {day}. The reason: {reason}",
            number=one.version,
            **values,
        )
    if one.state is WithdrawalState.ERASED:
        return say("“{id}” was erased from this archive on {day}. The reason: {reason}", **values)
    return say("“{id}” was withdrawn from this archive on {day}. The reason: {reason}", **values)


class NothingToCompareError(UserError):
    """The archive does not know one of two articles, or no other is a print of it."""

    def __init__(self, article_id: str) -> None:
        super().__init__(
            say(
                "“{id}” is in no story, or the other article is not known; name another with against=ID",
                id=abbreviate(article_id),
            )
        )


class NotLocalError(UserError):
    """Metrics are answered to programs on this machine alone."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Metrics are answered only to a program on the same machine that asks without a proxy;"
                " whoever runs the server lets others read them with KHOBAO_METRICS=1"
            )
        )


class MisdirectedError(UserError):
    """The request names another host than that of the public address."""

    def __init__(self, url: PublicUrl) -> None:
        super().__init__(
            say(
                "This archive is not served under the host that was asked; its address is {address}."
                " A proxy before it has to pass the Host header on",
                address=str(url),
            )
        )


class NotReadyError(OperatorError):
    """The server does not answer from the newest state of the archive; ``code`` is a stable name."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


class AddressUnknownError(UserError):
    """What is asked for holds absolute addresses, and nothing says which."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "What stands here holds absolute addresses, and the public address of this archive is not"
                " set; start khobao serve with {name}, such as {name}=https://baochi.example.vn/",
                name=VARIABLE,
            )
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it is answered.

    Attributes:
        status: of HTTP.
        code: stable name, for programs.
        headers: that belong to the answer.
        withdrawal: what is withdrawn, where that is the error.
    """

    status: int
    code: str
    message: Message
    headers: Mapping[str, str] = field(default_factory=dict)
    withdrawal: SaidWithdrawal | None = None


_STATUSES: Mapping[type[ReportableError], tuple[int, str]] = {
    UnknownArticleError: (404, "unknown-article"),
    UnknownVersionError: (404, "unknown-version"),
    UnknownIdentifierError: (404, "unknown-identifier"),
    OtherArchiveError: (404, "other-archive"),
    NothingToCompareError: (404, "nothing-to-compare"),
    AddressUnknownError: (404, "no-public-address"),
    MisdirectedError: (421, "misdirected"),
    NotLocalError: (403, "not-local"),
    OtherResultError: (409, "another-result"),
    ParameterError: (400, "bad-parameter"),
    ReportableError: (400, "bad-request"),
}
"""Status and code of what the one who asks can correct; the first kind that an error is."""


def fault_of(error: ReportableError | HTTPException) -> Fault:
    """The answer to an error; whatever is nobody's to correct is a bug: 500."""
    match error:
        case OverBudgetError() | BusyError() | OperatorError():
            return _unavailable(error)
        case WithdrawnError():
            return Fault(410, "withdrawn", error.message, withdrawal=error.said)
        case ReportableError():
            status, code = next(said for kind, said in _STATUSES.items() if isinstance(error, kind))
            return Fault(status, code, error.message)
        case _:
            return _http_fault(error)


def _unavailable(error: OverBudgetError | BusyError | OperatorError) -> Fault:
    match error:
        case OverBudgetError():
            return Fault(503, "over-budget", overdue(error))
        case BusyError():
            return Fault(503, "busy", error.message, {"Retry-After": _RETRY_SECONDS})
        case NotReadyError():
            return Fault(503, error.code, error.message)
        case OperatorError():
            return Fault(503, "unavailable", error.message)


def abbreviate(value: str) -> str:
    """A value as an error shows it: its beginning."""
    return value if len(value) <= _SHOWN_CHARACTERS else value[:_SHOWN_CHARACTERS] + "…"


def _http_fault(error: HTTPException) -> Fault:
    match error.code:
        case 404:
            return Fault(
                404, "not-found", say("There is no page at this address; start from the search page")
            )
        case 405 if isinstance(error, MethodNotAllowed):
            allowed = ", ".join(sorted(error.valid_methods or ()))
            message = say("This address is only read; ask it with {methods}", methods=allowed)
            return Fault(405, "method-not-allowed", message, {"Allow": allowed})
        case 413 | 414:
            return Fault(error.code, *TOO_LARGE)
        case int(status) if status < 500:  # noqa: PLR2004 - the boundary is HTTP's own
            return Fault(status, *UNREADABLE)
        case _:
            return Fault(500, *BROKEN)
