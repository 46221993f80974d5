"""Has anything changed since it was last asked for? The archive's and the index's numbers say so.

An answer depends on its address, the language, the day, the state of archive, index and what is derived from
them, on what is withdrawn, and on this release: where a browser has it already, 304 is answered before
anything is searched.

A view asks the index and the archive several times, and a commit may fall between two of them. So the state
is read before the view and after it, and an answer has an ETag only where both are the same: no state comes
back, so the whole of the answer was made of that one. Rows that are still to be sent when the view returns
are of articles that were chosen before (search_app.answer.exporting).

There is no Last-Modified: it would have to know the index, the language and the release, and two states of
one second would be one.
"""

import hashlib
from contextlib import suppress
from datetime import datetime
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, g, request

from corpus.errors import OperatorError
from search_app.api.current import current_language, current_service
from search_app.web.route import Freshness, current_route

_MINUTE = 60
_WEB = Path(__file__).parent


def keep_fresh(app: Flask) -> None:
    """Lets the pages of an app be asked for conditionally."""
    app.before_request(_not_modified)
    app.after_request(_say_state)


def _not_modified() -> Response | None:
    """304 where what the browser has is still so; None: answer it."""
    if not _is_kept():
        return None
    g.tag = _tag()
    if not g.tag or not request.if_none_match:
        return None
    answer = _marked(Response(), g.tag)
    answer.make_conditional(request)
    return answer if answer.status_code == HTTPStatus.NOT_MODIFIED else None


def _say_state(response: Response) -> Response:
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.cache_control.no_store = True  # else whoever asks may keep a 404 or a 410 (RFC 9110, 15.1)
    if response.status_code != HTTPStatus.OK:
        return response
    if _is_kept():
        before = g.get("tag", "")
        _marked(response, before if before == _tag() else "")
    elif _freshness() is Freshness.MINUTE:
        response.cache_control.private = True
        response.cache_control.max_age = _MINUTE
        response.add_etag()
        response.make_conditional(request)
    return response


def _is_kept() -> bool:
    return _freshness() is Freshness.STATE and request.method in {"GET", "HEAD"}


def _freshness() -> Freshness:
    route = current_route()
    return route.freshness if route else Freshness.ALWAYS


def _marked(response: Response, tag: str) -> Response:
    """The response with its ETag; without one where it is of no one state, so that it is asked for again."""
    if tag:
        response.set_etag(tag, weak=True)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response


def _tag() -> str:
    """The state that an answer made now is of; empty where it cannot be told, or is about to change."""
    with suppress(OperatorError):
        state = current_service().monitoring.state()
        if state.is_settled:
            # "This day in other years", and the day on which a citation was read, are the server's.
            today = datetime.now().astimezone().date()
            held = (state.archive_number, state.index_number, state.withdrawn, state.files)
            parts = (_release(), held, state.configuration, current_language(), today)
            return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
    return ""


@cache
def _release() -> str:
    """This release, with its templates, pieces and styles as they are on disk."""
    folders = (_WEB / "templates", _WEB / "static")
    paths = (_WEB / "pieces.py", *(path for folder in folders for path in folder.rglob("*")))
    files = sorted((str(path), path.stat().st_mtime_ns) for path in paths)
    return hashlib.sha256(repr((version("khobao"), files)).encode()).hexdigest()[:12]
