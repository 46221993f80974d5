"""What is noted of each request, and when? Its route, status, time and bytes, once its response is finished.

Everything that counts or logs requests hangs here. A response is finished when the server closes it: after
the last byte was given to the server, or when the client has gone. So the time of an export is that of the
whole file, with the waiting for a slow client; the bytes are those of the body as it is sent, compressed or
not.

A stream that fails after its headers were sent cannot be answered otherwise any more. It is logged here, and
the server is told to cut the connection by an error that quotes nothing of the request.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request

from search_app.api.current import current_language
from search_app.serving.refusals import refusal_of

UNKNOWN = "unknown"
"""The route of a request for what is no address of ours, or by a method that it does not take."""

_KEY = "khobao.noted"
_UNANSWERED = 500  # where the app fails before it begins an answer

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class ObservedRequest:
    """A request whose response is finished.

    Attributes:
        route: the endpoint of its row (search_app.web.routes), which names no article and no query.
        status: of HTTP.
        seconds: from the request's arrival in the app until its response was finished.
        sent: bytes of the body.
        language: code of the language in which it was answered.
        fault: the code of the error that was answered (search_app.api.faults); else empty.
        target: path and query as they came. Private.
        client: its IP address. Private.
    """

    route: str
    status: int
    seconds: float
    sent: int
    language: str
    fault: str
    target: str
    client: str


Observer = Callable[[ObservedRequest], None]
LogFault = Callable[[BaseException, str], None]


class BrokenStreamError(Exception):
    """A response failed while it was sent; the log has its traceback."""


def observe(app: Flask, observers: Sequence[Observer], log_fault: LogFault) -> None:
    """Calls ``observers`` with every request of an app when its response is finished.

    Args:
        log_fault: is called with what a response fails with while it is sent, and its route.
    """
    inner: Wsgi = app.wsgi_app

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        noted = _Noted(environ, observers)
        environ[_KEY] = noted

        def start_noted(status: str, *rest: Any) -> Any:
            noted.status = int(status[:3])
            return start(status, *rest)

        try:
            pieces = inner(environ, start_noted)
        except BaseException:
            noted.finish()
            raise
        return _Body(pieces, noted, log_fault)

    app.extensions[_KEY] = observers
    app.wsgi_app = answer  # type: ignore[method-assign, assignment]  # as Flask's documentation puts middleware in
    app.after_request(_note)


def note_refusal(app: Flask, status: int) -> None:
    """Tells an app's observers of a request that was refused before the app saw it."""
    refused = ObservedRequest(UNKNOWN, status, 0.0, 0, "", refusal_of(status).code, "", "")
    for tell in app.extensions[_KEY]:
        tell(refused)


def note_fault(code: str) -> None:
    """Notes with which error this request is answered."""
    g.fault_code = code


def _note(response: Response) -> Response:
    noted = request.environ.get(_KEY)
    if isinstance(noted, _Noted):
        noted.route = request.endpoint or UNKNOWN
        noted.language = current_language()
        noted.fault = g.get("fault_code", "")
    return response


class _Noted:
    """What is known of a request so far."""

    def __init__(self, environ: dict[str, Any], observers: Sequence[Observer]) -> None:
        self._begun = time.perf_counter()
        self._environ = environ
        self._observers = observers
        self._is_finished = False
        self.route, self.language, self.fault = UNKNOWN, "", ""
        self.status, self.sent = _UNANSWERED, 0

    def finish(self) -> None:
        """Tells the observers, once."""
        if self._is_finished:
            return
        self._is_finished = True
        path, query = self._environ.get("PATH_INFO", ""), self._environ.get("QUERY_STRING", "")
        observed = ObservedRequest(
            self.route,
            self.status,
            time.perf_counter() - self._begun,
            self.sent,
            self.language,
            self.fault,
            f"{path}?{query}" if query else path,
            self._environ.get("REMOTE_ADDR") or "",
        )
        for tell in self._observers:
            tell(observed)


class _Body:
    """The pieces of a response, counted while the server takes them."""

    def __init__(self, pieces: Iterable[bytes], noted: _Noted, log_fault: LogFault) -> None:
        self._whole = pieces
        self._pieces = iter(pieces)
        self._noted = noted
        self._log_fault = log_fault

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece = next(self._pieces)
        except StopIteration:
            raise
        except Exception as error:  # noqa: BLE001 - a server would log any with the address
            self._log_fault(error, self._noted.route)
            raise BrokenStreamError(self._noted.route) from None
        self._noted.sent += len(piece)
        return piece

    def close(self) -> None:
        """Called by the server when the response is finished, or the client has gone."""
        try:
            close = getattr(self._whole, "close", None)
            if close is not None:
                close()
        finally:
            self._noted.finish()
