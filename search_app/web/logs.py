"""What does a server write to its logs? A line of JSON a request, and tracebacks that quote no query.

What people search for is private. So neither log has a query, an address or a client unless
KHOBAO_LOG_QUERIES is 1: a traceback is written without the messages of its errors, which may quote the query.

Lines of requests go to standard output, which systemd takes to its journal, and only with KHOBAO_LOG=1: a
program that starts a server and reads nothing but the line that tells its address would otherwise let a pipe
fill up, which stops the server. Tracebacks go to standard error.
"""

import json
import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from search_app.web.observing import ObservedRequest, Observer

_MOST_TARGET = 2_000
"""Characters of an address in a line, so that the line is written as a whole beside those of other processes:
a pipe takes 4,096 bytes at once."""

_OUTPUT = 1
"""The descriptor of standard output: a line of its own is one call, without a buffer."""

_LOG = logging.getLogger("khobao.server")


def request_log(*, logs_queries: bool) -> Observer:
    """What writes a line to standard output for each request.

    Args:
        logs_queries: the line also has the address with its query, and the client.
    """

    def write(observed: ObservedRequest) -> None:
        line = request_line(observed, logs_queries=logs_queries) + "\n"
        with suppress(
            OSError
        ):  # a log that is full, or that nobody reads any more, keeps nobody from answers
            os.write(_OUTPUT, line.encode())

    return write


def request_line(observed: ObservedRequest, *, logs_queries: bool) -> str:
    """The line of a request: JSON in ASCII, at most 4,096 bytes with its end."""
    said: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "route": observed.route,
        "status": observed.status,
        "ms": round(observed.seconds * 1000, 1),
        "bytes": observed.sent,
        "pid": os.getpid(),
        "lang": observed.language,
    }
    if observed.fault:
        said["fault"] = observed.fault
    if logs_queries:
        said |= {"client": observed.client, "target": _in_ascii(observed.target)}
    return json.dumps(said)


def _in_ascii(target: str) -> str:
    """An address, cut where it is too long. WSGI gives it as bytes read as Latin-1."""
    whole = target.encode("latin-1", "replace").decode("utf-8", "replace")
    cut = whole
    while len(json.dumps(cut)) > _MOST_TARGET:
        cut = cut[: len(cut) * 3 // 4]
    return cut if cut == whole else cut + "…"


def log_fault(error: BaseException, route: str, *, logs_queries: bool) -> None:
    """Writes the traceback of a fault of the program to standard error."""
    if logs_queries:
        _LOG.error("Error in %s", route, exc_info=error)
    else:
        _LOG.error(
            "Error in %s; messages of errors are left out, for they may quote the query"
            " (KHOBAO_LOG_QUERIES=1 writes them)\n%s",
            route,
            "".join(traceback_lines(error)).rstrip(),
        )


def traceback_lines(error: BaseException) -> Iterator[str]:
    """The traceback of an error and of those that it came of, the first first, without their messages."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        is_hidden = following.__suppress_context__
        following = following.__cause__ or (None if is_hidden else following.__context__)
    for number, one in enumerate(reversed(chain)):
        yield "\nThen came:\n\n" if number else ""
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(one.__traceback__)
        yield f"{type(one).__module__}.{type(one).__qualname__}\n"
