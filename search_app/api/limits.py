"""How long may a request evaluate, and when is it its turn? One budget and one turn for each request.

Both end when the answer begins to be sent: a slow client holds no turn. What is still made while it is
sent, a stream of lines, takes a turn for each piece.
"""

import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from itertools import islice
from math import inf
from typing import Any

from flask import Flask, Response, current_app

from indexer.budget import Budget, use_budget
from search_app.turns import Turn, Turns

PIECE = 100
"""Pieces of a stream, such as rows, that are made in one turn: some ten milliseconds."""

_TURN: ContextVar[Turn | None] = ContextVar("turn", default=None)
_KEY = "khobao-turns"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class SteadyResponse(Response):
    """An answer whose pieces are sent as they are made: packed, the first would wait for many others."""


def take_turns(app: Flask, seconds: float, turns: Turns, waits: Callable[[], bool] = lambda: True) -> None:
    """Gives each request of an app its budget and its turn.

    Args:
        waits: whether this request waits for its turn, or is answered whatever else is being answered.
    """
    inner: Wsgi = app.wsgi_app

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        turn = Turn(turns)
        token = _TURN.set(turn)
        try:
            with use_budget(Budget(seconds, on_slice=turn.worked)):
                return inner(environ, start)
        finally:
            turn.leave()
            _TURN.reset(token)

    app.wsgi_app = answer  # type: ignore[method-assign, assignment]  # as Flask's documentation puts middleware in
    app.extensions[_KEY] = turns
    app.before_request(lambda: _enter() if waits() else None)


def paced(
    pieces: Iterator[bytes], *, media_type: str, headers: Mapping[str, str], kind: type[Response] = Response
) -> Response:
    """An answer of pieces that gives way, while it is sent, to whoever asks meanwhile.

    Raises:
        BusyError: there are enough streams.
    """
    turns: Turns = current_app.extensions[_KEY]
    close = turns.open_stream()
    response = kind(_joined(pieces, turns, close), content_type=media_type, headers=dict(headers))
    response.call_on_close(close)
    weakref.finalize(response, close)  # of an answer that nobody reads or closes, as of HEAD
    return response


def prepare_stream() -> None:
    """Called before all of what ``paced`` will send is searched for: that is an old query's work.

    So one process prepares half as many streams at a time as it has places; each takes tens of megabytes.

    Raises:
        BusyError: there are enough streams, or enough old queries.
    """
    turns: Turns = current_app.extensions[_KEY]
    turns.check_streams()
    turn = _TURN.get()
    if turn is not None:
        turn.worked(inf)


def _joined(pieces: Iterator[bytes], turns: Turns, close: Callable[[], None]) -> Iterator[bytes]:
    while True:
        turn = _TURN.get()
        if turn is not None and turn.is_held:  # read within the request, which has its turn already
            some = list(islice(pieces, PIECE))
        else:
            with turns.piece():
                some = list(islice(pieces, PIECE))
        if not some:
            close()
            return
        yield b"".join(some)


def _enter() -> None:
    turn = _TURN.get()
    if turn is not None:
        turn.enter()
