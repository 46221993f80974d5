"""Does a quick reader pass the slow ones? Slow queries at once of a server, and quick ones beside them."""

import threading
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.served import serve_command, served

_QUICK = (
    "giá vàng",
    "lũ quét",
    "học sinh giỏi",
    "bóng đá",
    "giao thông",
    "bệnh viện",
    "xăng dầu",
    "bão số 10",
)
_TIMEOUT = 300


def get(host: str, path: str) -> tuple[int, float]:
    """The status of an address, and the seconds until all of it was there."""
    started = time.perf_counter()
    connection = HTTPConnection(host, timeout=_TIMEOUT)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - started


def beside(data: Path, slow: Sequence[str], streams: Sequence[str] = ()) -> str:
    """How long slow queries and streams, all at once, take, and a quick reader meanwhile."""
    with served(serve_command(data)) as server:
        host = urlsplit(server.address).netloc
        for word in _QUICK:
            get(host, f"/?q={quote(word)}")
        alone = sorted(get(host, f"/?q={quote(word)}&size=9")[1] for word in _QUICK)
        took: list[tuple[int, float]] = []
        paths = [f"/?q={quote(query)}" for query in slow] + [f"/search.csv?q={quote(one)}" for one in streams]
        threads = [threading.Thread(target=lambda path=path: took.append(get(host, path))) for path in paths]
        for thread in threads:
            thread.start()
        quick: list[float] = []
        while any(thread.is_alive() for thread in threads):
            quick.append(get(host, f"/?q={quote(_QUICK[len(quick) % len(_QUICK)])}&page={len(quick) + 2}")[1])
        for thread in threads:
            thread.join()
    slowest = ", ".join(f"{seconds:.1f} s ({status})" for status, seconds in sorted(took))
    return (
        f"\n{len(threads)} slow ones at once: {slowest}\n"
        f"a quick reader alone: median {_at(alone, 50):.3f} s; beside them, {len(quick)} times: median "
        f"{_at(quick, 50):.3f} s, p95 {_at(quick, 95):.3f} s, worst {max(quick, default=0):.3f} s\n"
    )


def _at(seconds: Sequence[float], percent: int) -> float:
    """A percentile."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] if ordered else 0.0
