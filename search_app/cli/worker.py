"""How does one process serve many connections? gunicorn's threads, that wait for nobody and share the work.

Few of the threads work at once (search_app.turns); the others wait for their turn, or for a slow client.
Three things differ from gunicorn's own worker. A connection that says nothing yet (browsers open such ones in
advance) waits beside the threads, not in one of them. Where more requests wait here than the threads take up
soon, connections are closed after their answer: the client comes back, and a process that has time takes it;
else all of them could stay with one process while the others idle. And what was loaded before the first
request is never looked at by the garbage collector again.
"""

import gc
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from search_app.turns import AT_ONCE

_MOST_ASKED = 2 * AT_ONCE
"""Requests of one process past which connections are given away."""

_COLLECT_AFTER = (50_000, 20, 50)
"""Objects, and collections of the generation below: a page makes thousands, and hardly one in a cycle."""


class SharingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A process with a few threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most_kept: int = self.cfg.worker_connections - self.cfg.threads
        self._asked = 0

    def load_wsgi(self) -> None:
        """Loads the application, which stays."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT_AFTER)

    def accept(self, listener: Any) -> None:
        """Takes a connection; it gets a thread when its first bytes are there."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process took it, or the client is gone
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Gives a request to the threads."""
        self._asked += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Keeps the connection, or closes it."""
        self._asked -= 1
        super().finish_request(conn, fs)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answers a request, and says so where the connection ends with it."""
        self.max_keepalived = 0 if self._asked > _MOST_ASKED else self._most_kept
        return super().handle_request(req, conn)
