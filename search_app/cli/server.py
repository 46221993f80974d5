"""How are the page and the API served? By processes with THREADS threads each, on one socket.

The socket is bound before the processes start, so that a port in use is reported at once.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress

import click

from corpus.errors import OperatorError, UserError
from corpus.message import say
from search_app.bootstrap import open_reading
from search_app.cli.exposure import warn_of_exposure
from search_app.cli.metrics_folder import shared_metrics
from search_app.query.names import read_names
from search_app.replaced_data import DataFolderApp
from search_app.serving.limits import Limits
from search_app.serving.memory import tune_memory
from search_app.serving.process import ServingProcess
from search_app.serving.supervisor import Supervisor
from search_app.settings import Settings
from search_app.turns import AT_ONCE, THREADS

_MOST_ASKED = 2 * AT_ONCE
"""Requests of one process past which connections are given away."""


def run_server(
    settings: Settings,
    host: str,
    port: int,
    workers: int | None,
    translate: Callable[[str], str],
    limits: Limits | None = None,
) -> None:
    """Serves until it is stopped.

    Args:
        port: 0 for any free one.
        workers: number of processes; None for one on each core.
        translate: translates the line that tells the address, and what is refused without the app.
        limits: of connections.

    Raises:
        UserError: the address cannot be listened on.
        OperatorError: there is no archive, or a table of names is faulty.
    """
    open_reading(settings).close()  # a missing archive is reported here, not by each process
    read_names(settings.names)  # so is a faulty table of names
    bounds = limits or Limits()
    listener = _listen(host, port)
    address = f"http://{_in_address(host)}:{listener.getsockname()[1]}/"
    ready = say("Kho Báo serves at {address} (stop it with Ctrl-C)", address=address).render(translate)

    def serve(shared: socket.socket, stop: socket.socket) -> None:
        app = DataFolderApp(settings, translate)
        _open_first(app)
        tune_memory()
        process = ServingProcess(app, shared, THREADS, _MOST_ASKED, app.refuse, bounds)
        asyncio.run(process.run(stop))

    warn_of_exposure(listener.getsockname()[0], translate)
    supervisor = Supervisor(listener, workers or os.cpu_count() or 1, serve, bounds.stop_seconds)
    with shared_metrics():
        supervisor.run(lambda: click.echo(ready))


def _open_first(app: DataFolderApp) -> None:
    """Opens archive and index before the first request; where that fails, each request says why."""
    with suppress(OperatorError):
        app.open()


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
