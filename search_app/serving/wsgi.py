"""How does a WSGI app answer one request? Called in a thread, it gives a head and pieces of a body.

No thread waits for a client: the pieces of a stream are made one by one, each when the client has taken those
before it, and each perhaps in another thread.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = Sequence[tuple[bytes, bytes]]

_LOCAL = frozenset({"127.0.0.1", "::1"})
_HTTPS = frozenset(
    {
        ("HTTP_X_FORWARDED_PROTO", "https"),
        ("HTTP_X_FORWARDED_PROTOCOL", "ssl"),
        ("HTTP_X_FORWARDED_SSL", "on"),
    }
)
"""By these a proxy on the same machine says that the client came by HTTPS."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read whole.

    Attributes:
        client, server: address and port of the two ends of the connection.
    """

    method: bytes
    target: bytes
    version: bytes
    headers: Headers
    body: bytes
    client: tuple[str, int]
    server: tuple[str, int]


class WsgiAnswer:
    """What an app answers to a request; safe to be used in one thread after another.

    Attributes:
        status: of HTTP.
        headers: as the app gave them.
        begin: the body where its length was given or nothing else is asked for, else its first piece.
        is_closed: whether there are no more pieces.
    """

    def __init__(self, app: Wsgi, asked: Asked) -> None:
        """Calls the app, which may take long.

        Raises:
            Exception: whatever the app raises.
        """
        self.status = HTTPStatus.INTERNAL_SERVER_ERROR.value
        self.headers: Headers = []
        self.is_closed = False
        self._body = app(environ_of(asked), self._start)
        try:
            self._pieces: Iterator[bytes] = iter(self._body)
            is_whole = b"content-length" in {name.lower() for name, _ in self.headers}
            self.begin = b"".join(self._pieces) if is_whole else next(self._pieces, b"")
        except BaseException:
            self.close()
            raise
        if is_whole or asked.method == b"HEAD":
            self.close()

    def more(self) -> bytes:
        """The next piece; b"" after the last."""
        return next(filter(None, self._pieces), b"")

    def close(self) -> None:
        """Tells the app that nothing more is asked of this answer."""
        self.is_closed = True
        close = getattr(self._body, "close", None)
        if close is not None:
            close()

    def _start(self, status: str, headers: Sequence[tuple[str, str]], _error: object = None) -> None:
        """A second call, with an error, replaces the first: nothing has been sent yet."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def environ_of(asked: Asked) -> Environ:
    """The variables of WSGI for a request."""
    target = asked.target.decode("latin-1")
    path, _, query = _in_origin_form(target).partition("?")
    environ: Environ = {
        "REQUEST_METHOD": asked.method.decode("ascii"),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": target,
        "SERVER_PROTOCOL": f"HTTP/{asked.version.decode('ascii')}",
        "SERVER_NAME": asked.server[0],
        "SERVER_PORT": str(asked.server[1]),
        "REMOTE_ADDR": asked.client[0],
        "REMOTE_PORT": str(asked.client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, asked.headers)
    if asked.client[0] in _LOCAL and any(environ.get(name) == value for name, value in _HTTPS):
        environ["wsgi.url_scheme"] = "https"
    return environ


def _in_origin_form(target: str) -> str:
    """Path and query, also of a target that a client of proxies writes as a whole address."""
    if target.startswith("/"):
        return target
    parts = urlsplit(target)
    return f"{parts.path or '/'}?{parts.query}"


def _add_headers(environ: Environ, headers: Headers) -> None:
    for name, value in headers:
        if b"_" in name:  # would pass for the header with "-" in its place
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        before = f"{environ[key]}{joint}" if key in environ else ""
        environ[key] = before + value.decode("latin-1")
