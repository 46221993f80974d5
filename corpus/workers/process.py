"""How does an import control a worker process? It starts it, orders, watches, and finds why it died."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socketpair
from typing import BinaryIO

import corpus
from corpus.errors import OperatorError
from corpus.message import say
from corpus.readers.input.steps import LOG, Cause, Step, fault
from corpus.workers.memory import meter_of
from corpus.workers.protocol import Done, Failed, Order, OutOfMemory, Reply, StepBegan

_WATCH_SECONDS = 0.25
_LAST_WORDS_BYTES = 8192
_GRACE_SECONDS = 10


class WorkerDiedError(Exception):
    """The worker died, or was stopped, before it had finished its order.

    Attributes:
        cause: why, in the words of a refusal of the step.
        step: the step in which it died; None where the order was not ``careful``.
    """

    def __init__(self, cause: Cause, step: Step | None) -> None:
        super().__init__(str(cause.message))
        self.cause = cause
        self.step = step


class _EndError(Exception):
    """The worker ended or must be ended; ``cause`` says why, where that is known."""

    def __init__(self, cause: Cause | None = None) -> None:
        super().__init__()
        self.cause = cause


class WorkerProcess:
    """A worker process, the pipe to it, and what it writes to standard error.

    Args:
        watched: whether this process measures its memory, because the system enforces no limit.

    Raises:
        OperatorError: the system gives no process, or no memory for one.
    """

    def __init__(self, *, watched: bool) -> None:
        try:
            self._errors, self._process, self._connection = _started()
        except OSError as error:
            raise OperatorError(
                say(
                    "no process can be started to read files in: {error}; raise the limits of processes,"
                    " memory and open files (ulimit -a), or close other programs",
                    error=error.strerror or str(error),
                )
            ) from error
        self._meter = meter_of(self._process.pid) if watched else None

    def replies(self, order: Order) -> Iterator[Reply]:
        """Sends an order, and yields the replies up to ``Done``.

        Raises:
            WorkerDiedError: it died, or was stopped, before that; it is closed then.
        """
        step: Step | None = None
        try:
            for reply in self._received(order):
                if isinstance(reply, StepBegan):
                    step = reply.step
                else:
                    yield reply
        except _EndError as end:
            cause = end.cause or self._cause_of_end(order)
            self._log_last_words(cause, step)
            self.close()
            raise WorkerDiedError(cause, step) from None

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._connection.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def _received(self, order: Order) -> Iterator[Reply]:
        """Yields the replies up to ``Done``.

        Raises:
            _EndError: the worker ends before that.
        """
        filled = self._meter() if self._meter else 0
        reply: Reply | None = None
        try:
            self._connection.send(order)
            while not isinstance(reply, Done):
                self._wait(order, filled)
                reply = self._connection.recv()
                match reply:
                    case OutOfMemory():
                        raise _EndError(order.limits.too_large())
                    case Failed():
                        raise _EndError(fault(reply.problem))
                    case _:
                        yield reply
        except (EOFError, ConnectionError) as error:
            raise _EndError from error

    def _wait(self, order: Order, filled: int) -> None:
        """Waits until there is a reply, or the pipe is closed.

        Raises:
            _EndError: no reply for too long, or more memory than allowed.
        """
        since = time.monotonic()
        while not self._connection.poll(_WATCH_SECONDS):
            if time.monotonic() - since > order.limits.clock_seconds:
                raise _EndError(order.limits.hanging())
            if self._meter and self._meter() > filled + order.limits.memory:
                raise _EndError(order.limits.too_large())

    def _cause_of_end(self, order: Order) -> Cause:
        """Why the process ended by itself."""
        try:
            code = self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return fault("no answer")
        if code == -signal.SIGPROF:
            return order.limits.too_long()
        return fault(signal.Signals(-code).name if code < 0 else f"exit code {code}")

    def _log_last_words(self, cause: Cause, step: Step | None) -> None:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _LAST_WORDS_BYTES))
        words = self._errors.read().decode("utf-8", "replace")
        where = f"{step.file}, {step.place}" if step else "not known yet, it is tried again"
        LOG.error("a worker ended: %s\nwhere: %s\n%s", cause.message, where, words)


def _started() -> "tuple[BinaryIO, subprocess.Popen[bytes], Connection]":
    """What the child writes to standard error, the child, and the pipe to it."""
    with ExitStack() as opened:
        errors = opened.enter_context(tempfile.TemporaryFile())
        ours, theirs = map(opened.enter_context, socketpair())
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-m", "corpus.workers.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(),
        )
        theirs.close()
        opened.pop_all()
        return errors, process, Connection(ours.detach())


def _environment() -> dict[str, str]:
    """The environment of this process, with a path on which the worker finds the same modules."""
    root = str(Path(corpus.__file__).parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": path}
