"""How are pages asked for? By threads with a connection each, kept open; they accept gzip and brotli."""

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

ACCEPTED = {"Accept-Encoding": "gzip, br", "Accept": "text/html"}
_TIMEOUT_S = 120


@dataclass(slots=True)
class Asked:
    """What was seen of the pages that were asked for.

    Attributes:
        times_ms: of each page, from the request to its last byte.
        wall_s: of all of them together.
        cpu_s: processor time of the server.
        sent: bytes of the bodies, as they were sent.
        errors: pages that were not answered with 200.
    """

    times_ms: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    cpu_s: float = 0.0
    sent: int = 0
    errors: int = 0

    def add(self, other: "Asked") -> None:
        """Adds what was seen of other pages."""
        self.times_ms += other.times_ms
        self.wall_s += other.wall_s
        self.cpu_s += other.cpu_s
        self.sent += other.sent
        self.errors += other.errors


def ask(port: int, paths: Sequence[str], connections: int) -> Asked:
    """Asks for each path once, over so many connections."""
    asked, lock, left = Asked(), threading.Lock(), iter(paths)
    threads = [
        threading.Thread(target=_ask, args=(port, left, asked, lock), daemon=True) for _ in range(connections)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked.wall_s = time.perf_counter() - begun
    return asked


def _ask(port: int, left: Iterator[str], asked: Asked, lock: threading.Lock) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    while True:
        with lock:
            path = next(left, None)
        if path is None:
            break
        one = _page(connection, path)
        with lock:
            asked.add(one)
    connection.close()


def _page(connection: http.client.HTTPConnection, path: str) -> Asked:
    begun = time.perf_counter()
    try:
        connection.request("GET", path, headers=ACCEPTED)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Asked([(time.perf_counter() - begun) * 1000], errors=1)
    return Asked([(time.perf_counter() - begun) * 1000], sent=len(body), errors=answer.status != 200)
