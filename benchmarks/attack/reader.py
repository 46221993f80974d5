"""What does a reader beside an attack see? Pages of a fixed mixture of queries, one after the other."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote

from benchmarks.attack.attacks import Target

TIMEOUT_S = 5.0
"""Seconds after which a page that has not come counts as an error."""

_QUERIES = (
    "giá vàng",
    "lũ quét",
    "học sinh giỏi",
    '"bóng đá"',
    "giao thong ha noi",
    "bệnh viện",
    "xăng dầu OR điện",
    "bão số 10",
)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of the pages that were asked for.

    Attributes:
        seconds: of each page that came whole, with status 200.
        errors: what went wrong with each of the others.
    """

    seconds: Sequence[float]
    errors: Sequence[str]

    @property
    def p95_ms(self) -> float:
        """The time within which 95 of 100 pages came; infinite where none did."""
        ordered = sorted(self.seconds)
        return ordered[-(-95 * len(ordered) // 100) - 1] * 1000 if ordered else float("inf")


def read_for(target: Target, seconds: float) -> Read:
    """Asks for pages as long as that, each on a connection of its own."""
    took: list[float] = []
    errors: list[str] = []
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        started = time.perf_counter()
        try:
            _get(
                target,
                f"/?q={quote(_QUERIES[number % len(_QUERIES)])}&page={number // len(_QUERIES) % 5 + 1}",
            )
            took.append(time.perf_counter() - started)
        except (OSError, HTTPException) as error:
            errors.append(repr(error))
        number += 1
    return Read(took, errors)


def _get(target: Target, path: str) -> None:
    with closing(HTTPConnection(target.host, target.port, timeout=TIMEOUT_S)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise HTTPException(f"status {answer.status}")
