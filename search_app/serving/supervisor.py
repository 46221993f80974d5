"""How are several processes kept serving on one socket? One process starts them, and replaces those that die.

The others end when the pipe to it is closed: because it was told to stop, or because it has died itself. They
take no signals, so that a signal to the whole group stops them in the same order: first this process closes
its copy of the listening socket, then each of the others accepts who has connected, and closes its own. So
the socket is closed by a process that has just emptied it, and no connection is reset with it.
"""

import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

_LOG = logging.getLogger(__name__)
_YOUNG_SECONDS = 1.0
"""A process that dies younger is replaced only after as long: it may die of what lasts."""

_GRACE_SECONDS = 2.0
"""That a process has beyond its own limit to end."""

Serve = Callable[[socket.socket, socket.socket], None]
"""What each process does: given the listening socket and what can be read when it is to stop."""


class Supervisor:
    """Keeps processes serving until a signal (SIGTERM, or SIGINT as by Ctrl-C) stops them.

    Args:
        listener: bound; listened on from ``run`` on.
        count: of the processes.
        stop_seconds: that they have to answer what was asked before they were stopped.
    """

    def __init__(self, listener: socket.socket, count: int, serve: Serve, stop_seconds: float) -> None:
        self._listener = listener
        self._count = count
        self._serve = serve
        self._stop_seconds = stop_seconds
        self._life, self._alive = socket.socketpair()
        self._signals, self._woken = socket.socketpair()
        self._started: dict[ForkProcess, float] = {}

    def run(self, ready: Callable[[], None]) -> None:
        """Serves until it is stopped; ``ready`` is called as soon as connections can be made."""
        self._woken.setblocking(False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        self._listener.setblocking(False)
        self._listener.listen(socket.SOMAXCONN)
        for _ in range(self._count):
            self._start()
        ready()
        while not self._is_told():
            self._replace_the_dead()
        self._stop()

    def _is_told(self) -> bool:
        """Waits until a process has died or a signal has come; whether it was a signal to stop."""
        sentinels = [process.sentinel for process in self._started]
        if self._signals not in wait([*sentinels, self._signals]):
            return False
        return bool({signal.SIGTERM, signal.SIGINT} & set(self._signals.recv(64)))

    def _replace_the_dead(self) -> None:
        for process in [one for one in self._started if not one.is_alive()]:
            _LOG.error("process %s has died (%s) and is replaced", process.pid, process.exitcode)
            lived = time.monotonic() - self._started.pop(process)
            if lived < _YOUNG_SECONDS:
                wait([self._signals], _YOUNG_SECONDS)
            self._start()

    def _start(self) -> None:
        process = multiprocessing.get_context("fork").Process(target=self._work)
        process.start()
        self._started[process] = time.monotonic()

    def _work(self) -> None:
        """In the new process."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        for inherited in (self._life, self._signals, self._woken):
            inherited.close()
        with self._alive:
            self._serve(self._listener, self._alive)

    def _stop(self) -> None:
        self._listener.close()
        self._life.close()
        end = time.monotonic() + self._stop_seconds + _GRACE_SECONDS
        for process in self._started:
            process.join(max(0, end - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        signal.set_wakeup_fd(-1)
        for ours in (self._alive, self._signals, self._woken):
            ours.close()
