"""How are the page and the API served? By gunicorn: processes with THREADS threads each, on one socket.

The socket is bound before the processes start, so that a port in use is reported at once.
"""

import os
import socket
from collections.abc import Callable

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from corpus.errors import UserError
from corpus.message import say
from search_app.app import create_app
from search_app.bootstrap import open_reading, open_service
from search_app.cli.exposure import warn_of_exposure
from search_app.cli.metrics_folder import shared_metrics
from search_app.cli.server_log import keep_requests_out
from search_app.cli.worker import SharingWorker
from search_app.query.names import read_names
from search_app.settings import Settings
from search_app.turns import THREADS


def run_server(
    settings: Settings, host: str, port: int, workers: int | None, translate: Callable[[str], str]
) -> None:
    """Serves until it is stopped.

    Args:
        port: 0 for any free one.
        workers: number of processes; None for one on each core.
        translate: translates the line that tells the address.

    Raises:
        UserError: the address cannot be listened on.
        OperatorError: there is no archive, or a table of names is faulty.
    """
    open_reading(settings).close()  # a missing archive is reported here, not by each worker
    read_names(settings.names)  # so is a faulty table of names
    listener = _listen(host, port)
    address = f"http://{_in_address(host)}:{listener.getsockname()[1]}/"
    ready = say("Kho Báo serves at {address} (stop it with Ctrl-C)", address=address).render(translate)
    warn_of_exposure(listener.getsockname()[0], translate)
    keep_requests_out()
    with shared_metrics():
        _Server(settings, listener, workers or os.cpu_count() or 1, ready).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with all of its settings from here; it reads no configuration file."""

    def __init__(self, settings: Settings, listener: socket.socket, workers: int, ready: str) -> None:
        self._settings = settings
        self._listener = listener
        self._workers = workers
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        """Sets what differs from gunicorn's defaults."""
        options = {
            "bind": f"fd://{self._listener.fileno()}",
            "workers": self._workers,
            "worker_class": SharingWorker,
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "limit_request_line": 0,  # no limit: the app refuses long ones with a message (search_app.app)
            "loglevel": "warning",
            "proc_name": "khobao",
            "when_ready": lambda _server: click.echo(self._ready),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application; called in each worker."""
        service = open_service(self._settings)
        service.monitoring.status()  # opens the index, so that the first request does not wait for it
        return create_app(service, self._settings)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UserError(
            say(
                "cannot listen on {host}, port {port}: {error}; choose another with --port or --host",
                host=host,
                port=port,
                error=error.strerror or str(error),
            )
        ) from error
    return listener


def _in_address(host: str) -> str:
    """The host as a part of an address that a browser can open."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host
