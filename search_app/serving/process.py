"""How does one process serve? An event loop reads and writes; threads make the answers.

Processes share the listening socket: whoever has time accepts. A process in which many requests wait closes
connections after the response, so that the client connects again and an idle process can take the connection;
otherwise kept connections could all stay with one busy process.
"""

import asyncio
import errno
import logging
import resource
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from search_app.serving.connection import Connection, Ends
from search_app.serving.last_connections import take_no_more
from search_app.serving.limits import Limits
from search_app.serving.wsgi import Wsgi

_LOG = logging.getLogger(__name__)
_NO_FILES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_FILES = 256  # that a process needs beside its connections
_PAUSE_SECONDS = 0.1

T = TypeVar("T")


class ServingProcess:
    """One process that serves; everything but the app runs in its event loop.

    Args:
        listener: that is listened on, without blocking; closed in the end.
        threads: that make answers.
        most_asked: requests past which connections are given away.
        refuse: is called with the status of each request that the app is not asked; returns what is said.
    """

    def __init__(
        self,
        app: Wsgi,
        listener: socket.socket,
        threads: int,
        most_asked: int,
        refuse: Callable[[int], str],
        limits: Limits,
    ) -> None:
        self.app = app
        self.limits = limits
        self.refuse = refuse
        self.is_stopping = False
        self._listener = listener
        self._most_asked = most_asked
        self._asked = 0
        self._threads = ThreadPoolExecutor(threads, "answer")
        self._connections: dict[asyncio.Task[None], Connection | None] = {}
        self._most_connections = _raise_files(limits.connections)

    @property
    def is_loaded(self) -> bool:
        """Whether so many requests wait that connections are given away after the response."""
        return self._asked > self._most_asked

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Works in a thread of the pool."""
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._asked -= 1

    async def run(self, stop: socket.socket) -> None:
        """Serves until ``stop`` can be read, then answers what was asked, for ``stop_seconds`` at most."""
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()
        loop.add_reader(stop, stopped.set)
        loop.add_reader(self._listener, self._accept)
        await stopped.wait()
        loop.remove_reader(stop)
        loop.remove_reader(self._listener)
        await self._finish()

    async def _finish(self) -> None:
        """Accepts whoever has connected before the socket is closed; they would be reset with it."""
        self.is_stopping = True
        take_no_more(self._listener)
        while self._accept():
            pass
        self._listener.close()
        for connection in self._connections.values():
            if connection is not None:
                connection.hurry()
        if self._connections:
            _, late = await asyncio.wait(self._connections, timeout=self.limits.stop_seconds)
            for task in late:
                task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _accept(self) -> bool:
        """Accepts one connection; whether there was one."""
        try:
            client, address = self._listener.accept()
        except (BlockingIOError, InterruptedError):
            return False  # another process accepted it
        except ConnectionAbortedError:
            return True
        except OSError as error:
            if error.errno not in _NO_FILES:
                raise
            self._pause(error)
            return False
        self._end_one_that_waits()
        client.setblocking(False)
        task = asyncio.get_running_loop().create_task(self._serve(client, address))
        self._connections[task] = None
        task.add_done_callback(self._ended)
        return True

    def _pause(self, error: OSError) -> None:
        """The system has no room for a connection: accepts the next a little later."""
        _LOG.error("cannot accept a connection: %s", error)
        if not self.is_stopping:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._listener)
            loop.call_later(_PAUSE_SECONDS, self._resume)

    def _resume(self) -> None:
        if not self.is_stopping:
            asyncio.get_running_loop().add_reader(self._listener, self._accept)

    def _end_one_that_waits(self) -> None:
        """Where there are too many connections, ends the one that has waited longest for a request."""
        if len(self._connections) >= self._most_connections:
            idle = (task for task, one in self._connections.items() if one is not None and one.is_idle)
            task = next(idle, None)
            if task is not None:
                task.cancel()

    async def _serve(self, client: socket.socket, address: tuple[str, int]) -> None:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        server = client.getsockname()
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, client)
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        connection = Connection(self, reader, writer, Ends(address[:2], server[:2]))
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - for the type checker: this runs in the task of _accept
        self._connections[task] = connection
        await connection.serve()

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._connections[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("a connection failed", exc_info=error)


def _raise_files(connections: int) -> int:
    """Allows the process as many open files as the system lets it; how many connections that is at most."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _FILES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return max(1, wanted - _FILES)
