"""Who may read the server's metrics? Programs on the same machine, and others where KHOBAO_METRICS is 1.

A client is on this machine where its connection comes from a loopback address and its request bears no sign
of a proxy. No header is believed to say where a client is: one that says so makes it a stranger. A proxy on
this machine that adds no such header looks like a program on this machine: it has to refuse /metrics itself
(docs/operation.md).
"""

from flask import Response, request

from search_app.api.current import current_service, current_settings
from search_app.api.faults import NotLocalError
from search_app.api.public_address import came_by_proxy
from search_app.loopback import is_own_address

METRICS = "/metrics"
_KIND = "text/plain; version=0.0.4; charset=utf-8"


def metrics() -> Response:
    """The metrics in Prometheus's text format.

    Raises:
        NotLocalError: the client is not on this machine, or cannot be known to be.
    """
    if not (current_settings().shows_metrics or _is_local()):
        raise NotLocalError
    from search_app.web.prometheus import process_counts  # noqa: PLC0415 - as search_app.app says

    return Response(process_counts().text(current_service()), content_type=_KIND)


def _is_local() -> bool:
    """Whether the request comes from this machine, and by no proxy that says so."""
    return is_own_address(request.environ.get("REMOTE_ADDR") or "") and not came_by_proxy()
