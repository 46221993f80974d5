"""How does one process serve many connections? By gunicorn's worker with threads, changed in three points.

Few of the threads work at the same time (search_app.turns); the others wait for their turn or for a slow
client. The changes are these. A connection without a request yet, as browsers open them in advance,
occupies no thread. If many requests wait in this process, it closes connections after the response, so that
the client connects again and an idle process can take the connection; otherwise kept connections could all
stay with one busy process. Objects that were created before the first request are excluded from garbage
collection.
"""

import gc
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from search_app.turns import AT_ONCE

_MOST_ASKED = 2 * AT_ONCE
"""Requests of one process past which connections are closed after the response."""

_COLLECT_AFTER = (50_000, 20, 50)
"""Thresholds of ``gc``, higher than Python's: a page creates thousands of objects and hardly any cycle."""


class SharingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's ThreadWorker with the changes that the module describes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most_kept: int = self.cfg.worker_connections - self.cfg.threads
        self._asked = 0

    def load_wsgi(self) -> None:
        """Loads the application, and excludes its objects from garbage collection."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT_AFTER)

    def accept(self, listener: Any) -> None:
        """Accepts a connection. It gets a thread when its first bytes have arrived."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process accepted it, or the client has gone
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Queues a request for the threads, and counts it."""
        self._asked += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Keeps the connection or closes it, and counts the request as answered."""
        self._asked -= 1
        super().finish_request(conn, fs)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answers a request; the response says whether the connection is closed after it."""
        self.max_keepalived = 0 if self._asked > _MOST_ASKED else self._most_kept
        return super().handle_request(req, conn)
