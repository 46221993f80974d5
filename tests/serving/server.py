"""A process that serves a small app, in a thread of the tests; and a client that says what it is told."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from search_app.serving.limits import Limits
from search_app.serving.process import ServingProcess

WAIT = 20.0  # seconds after which a test that hangs fails
PATIENT = Limits(
    idle_seconds=WAIT, head_seconds=WAIT, body_seconds=WAIT, stall_seconds=WAIT, linger_seconds=0.05
)
"""No deadline ends anything within a test."""

Start = Callable[..., Any]


def refused(status: int) -> str:
    """What is said with a status where the app is not asked."""
    return f"refused {status}"


@dataclass
class App:
    """Answers by path: /wait when it is let go, /stream without an end, /fail not at all, others at once."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answers a request."""
        self.asked.append(environ)
        match environ["PATH_INFO"]:
            case "/fail":
                raise ValueError("as asked")
            case "/stream":
                start("200 OK", [("Content-Type", "text/plain")])
                return self._endless()
            case "/wait":
                self.begun.set()
                assert self.let_go.wait(WAIT)
        body = environ["PATH_INFO"].encode("latin-1") + environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    def _endless(self) -> Iterator[bytes]:
        self.begun.set()
        try:
            while not self.let_go.is_set():
                yield b"a" * 100_000
            yield b"the end"
        finally:
            self.closed.set()


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    app: App
    port: int
    stop: Callable[[], None]
    thread: threading.Thread
    opened: ExitStack

    def connect(self) -> socket.socket:
        """A connection that is closed after the test."""
        return self.opened.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=WAIT))

    def ask(self, data: bytes) -> bytes:
        """All that is answered on a connection on which this is sent."""
        client = self.connect()
        client.sendall(data)
        return read_all(client)


@contextmanager
def served(limits: Limits = PATIENT, threads: int = 4, most_asked: int = 4) -> Iterator[Served]:
    """A server; when the block ends, it stops, and has answered everything."""
    app = App()
    with ExitStack() as opened:
        told, teller = map(closing, socket.socketpair())
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        listener.setblocking(False)
        port = listener.getsockname()[1]
        stop_read, stop_write = opened.enter_context(told), opened.enter_context(teller)
        process = ServingProcess(app, listener, threads, most_asked, refused, limits)
        thread = threading.Thread(target=lambda: asyncio.run(process.run(stop_read)), daemon=True)
        thread.start()
        one = Served(app, port, lambda: stop_write.sendall(b"."), thread, opened.enter_context(ExitStack()))
        try:
            yield one
        finally:
            app.let_go.set()
            one.opened.close()
            one.stop()
            thread.join(WAIT)
            assert not thread.is_alive()


def get(path: str, *headers: str, ends: bool = True) -> bytes:
    """A request for a page; with ``ends``, the connection is to be closed after it."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, *(["Connection: close"] if ends else [])]
    return "\r\n".join([*lines, "", ""]).encode()


def read_all(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection; a reset is an error."""
    pieces = iter(lambda: client.recv(65_536), b"")
    return b"".join(pieces)


def status_of(answer: bytes) -> int:
    """The status of a response."""
    return int(answer.split(b" ", 2)[1])
