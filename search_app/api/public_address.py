"""Which absolute address has a page? This module alone decides, and alone reads the Host of a request.

KHOBAO_URL decides where it is set. Where it is not, a request to loopback is answered with addresses of
loopback, as it was asked; any other host is nobody's word: links stay relative, and what needs an absolute
address says which setting it needs (tests/structure/test_public_address.py holds every module to it).
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request

from search_app.api.current import current_settings
from search_app.api.faults import AddressUnknownError, MisdirectedError
from search_app.public_url import PublicUrl, is_loopback

_Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]

_FORWARDED = (
    "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
    "X-Real-IP",
)  # fmt: skip
"""Headers of proxies."""
_NO_HOST = "host.invalid"
"""A name that nobody has (RFC 6761)."""
_WATCHED = frozenset({"api.health", "api.alive", "api.ready", "web.metrics"})
"""Endpoints that whoever watches a server asks by whatever name it has there."""


def keep_to_address(app: Flask, url: PublicUrl | None) -> None:
    """Lets an app answer at its public address, under the path that it has there, and at loopback."""
    app.before_request(_check_host)
    app.wsgi_app = _with_possible_host(app.wsgi_app)  # type: ignore[method-assign, assignment]  # as below
    if url and url.path:
        app.wsgi_app = _under(url.path, app.wsgi_app)  # type: ignore[method-assign, assignment]  # as Flask documents it


def _with_possible_host(answer: _Wsgi) -> _Wsgi:
    """Answers a request with a Host that no name can be (``a..b``) as one with any other host.

    Werkzeug looks a request's address up under that name, and fails where IDNA refuses it.
    """

    def answer_possible(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        try:
            host.encode("idna")
            host.encode("ascii").decode("idna")
        except UnicodeError:
            environ = {**environ, "HTTP_HOST": _NO_HOST}
        return answer(environ, start_response)

    return answer_possible


def absolute_address(path: str) -> str | None:
    """The absolute address of a path of ours (``url_for``); None where it is not known."""
    origin = _origin()
    return None if origin is None else origin + path


def link_to(path: str) -> str:
    """The absolute address of a path where it is known, else the path, which is relative to the answer."""
    return absolute_address(path) or path


def needed_origin() -> str:
    """What stands before a path in each of many absolute addresses.

    Raises:
        AddressUnknownError: it is not known.
    """
    origin = _origin()
    if origin is None:
        raise AddressUnknownError
    return origin


def is_address_known() -> bool:
    """Whether absolute addresses can be written."""
    return _origin() is not None


def _origin() -> str | None:
    url = current_settings().url
    if url:
        return url.origin
    return request.host_url.rstrip("/") if is_loopback(request.host) else None


def came_by_proxy() -> bool:
    """Whether the request says that a proxy passed it on. That it does not say so proves nothing."""
    return any(name in request.headers for name in _FORWARDED)


def _check_host() -> None:
    """Refuses a request to another host than that of the public address.

    Raises:
        MisdirectedError: its Host is another one, and neither loopback.
    """
    url = current_settings().url
    if not url or url.has_host(request.host) or is_loopback(request.host) or request.endpoint in _WATCHED:
        return
    raise MisdirectedError(url)


def _under(prefix: str, app: _Wsgi) -> _Wsgi:
    """An app mounted under a path; proxies may pass that path on, or take it away."""

    def mounted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if f"{path}/".startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        environ["SCRIPT_NAME"] = prefix
        return app(environ, start_response)

    return mounted
