"""Has anything changed since it was last asked for? The archive's and the index's numbers say so.

An answer depends on its address, the language, the state of archive and index, and on this release:
where a browser has it already, 304 is answered before anything is searched.
"""

import hashlib
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, request

from search_app.answer.archive.status import State
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
    if not _is_kept() or not (request.if_none_match or request.if_modified_since):
        return None
    answer = _marked(Response(), current_service().monitoring.state())
    answer.make_conditional(request)
    return answer if answer.status_code == 304 else None  # noqa: PLR2004 - HTTP's own number


def _say_state(response: Response) -> Response:
    if response.status_code == 200 and _is_kept():  # noqa: PLR2004 - HTTP's own number
        _marked(response, current_service().monitoring.state())
    elif response.status_code == 200 and _freshness() is Freshness.MINUTE:  # noqa: PLR2004 - the same
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


def _marked(response: Response, state: State) -> Response:
    now = datetime.now().astimezone()  # "this day in other years", and when a citation was read
    held = "-".join(map(str, (state.archive_number, state.index_number, *state.stories)))
    tag = f"{_release()}-{held}-{current_language()}-{now:%Y-%m-%d}"
    response.set_etag(tag, weak=True)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    response.last_modified = max(state.changed_at, midnight)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response


@cache
def _release() -> str:
    """This release, with its templates and styles as they are on disk."""
    files = sorted(
        (str(path), path.stat().st_mtime_ns)
        for folder in ("templates", "static")
        for path in (_WEB / folder).rglob("*")
    )
    return hashlib.sha256(repr((version("khobao"), files)).encode()).hexdigest()[:12]
