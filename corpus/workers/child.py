"""What does a worker process do? One job after the other, each step under limits, until its pipe closes.

:mod:`corpus.workers.process` starts it as ``python -m corpus.workers.child FD``. The kernel ends the process
by SIGPROF when a step has used up its processor time; no code of ours, of Python or of a library can prevent
that. Memory is limited by RLIMIT_DATA, which counts private memory and not mapped files; where the system
does not enforce it, the parent watches.
"""

import faulthandler
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Thread

from corpus.readers.input.steps import Step, Steps
from corpus.workers.protocol import (
    Answers,
    Done,
    Failed,
    FaultTraceback,
    Order,
    OutOfMemory,
    Reply,
    StepBegan,
)

_MOST_ANSWERS = 64  # in one message
_MOST_BYTES = 1024 * 1024  # in one message, without its last answer
_MOST_SECONDS = 0.2  # for which an answer waits for others
_MOST_WAITING = 16  # messages that wait for the parent
_ENDS_ITSELF = 70


class _Outbox:
    """Sends replies in order from a thread, so that reading continues while the parent stores."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: Queue[bytes] = Queue(_MOST_WAITING)
        Thread(target=self._send_all, daemon=True).start()

    def put(self, reply: Reply) -> None:
        """Queues a reply; waits while too many are queued."""
        self._waiting.put(pickle.dumps(reply, pickle.HIGHEST_PROTOCOL))

    def flush(self) -> None:
        """Waits until all replies are in the pipe."""
        self._waiting.join()

    def _send_all(self) -> None:
        while True:
            message = self._waiting.get()
            try:
                self._connection.send_bytes(message)
            except OSError:
                os._exit(0)  # the parent is gone, and with it the reader of the pipe
            self._waiting.task_done()


class _OrderRunner:
    """Runs the job of one order."""

    def __init__(self, order: Order, outbox: _Outbox) -> None:
        self._order = order
        self._outbox = outbox
        self._made = 0
        self._waiting_answers: list[bytes] = []
        self._weight = 0
        self._sent_at = time.monotonic()

    def run(self) -> None:
        """Sends all answers and what the job returns; ends the process where a step fails."""
        if not self._order.watched:
            _limit_memory(self._order.limits.memory)
        try:
            counted = self._answers()
        except MemoryError:
            _lift_memory_limit()
            self._end(OutOfMemory())
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent decides what becomes of it
            self._outbox.put(FaultTraceback(traceback.format_exc()))
            self._end(Failed(type(error).__name__))
        else:
            _limit_processor(0)
            self._send_waiting()
            self._outbox.put(Done(counted))
            self._outbox.flush()

    def _answers(self) -> object:
        steps = Steps(self._order.refused, self._begin, self._report_fault)
        answers = self._order.job.run(steps)
        while True:
            try:
                answer = next(answers)
            except StopIteration as end:
                return end.value
            self._made += 1
            if self._made > self._order.skip:
                self._collect(answer)

    def _begin(self, step: Step) -> None:
        if self._order.careful:
            self._send_waiting()
            self._outbox.put(StepBegan(step))
            self._outbox.flush()
        _limit_processor(self._order.limits.seconds)

    def _report_fault(self, error: Exception) -> None:
        self._outbox.put(FaultTraceback("".join(traceback.format_exception(error))))

    def _collect(self, answer: object) -> None:
        pickled = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        self._waiting_answers.append(pickled)
        self._weight += len(pickled)
        waited = time.monotonic() - self._sent_at
        if (
            len(self._waiting_answers) >= _MOST_ANSWERS
            or self._weight >= _MOST_BYTES
            or waited > _MOST_SECONDS
        ):
            self._send_waiting()

    def _send_waiting(self) -> None:
        if self._waiting_answers:
            self._outbox.put(Answers(tuple(self._waiting_answers), self._order.job.bytes_read))
        self._waiting_answers, self._weight = [], 0
        self._sent_at = time.monotonic()

    def _end(self, reply: Reply) -> None:
        """Sends the answers before the failed step, then the reply, and ends the process."""
        _limit_processor(0)
        with suppress(MemoryError):
            self._send_waiting()
        self._outbox.put(reply)
        self._outbox.flush()
        os._exit(_ENDS_ITSELF)


def _limit_processor(seconds: float) -> None:
    """Lets the kernel end this process after so much processor time from now on; 0 removes the limit."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(count: int) -> None:
    """Limits this process to so many bytes more than it has now, where the system enforces it."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data_bytes() + count
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _lift_memory_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _data_bytes() -> int:
    """The memory that RLIMIT_DATA counts, in bytes; exact on Linux only."""
    with suppress(OSError), Path("/proc/self/status").open() as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Runs orders until the pipe is closed."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    connection = Connection(int(sys.argv[1]))
    outbox = _Outbox(connection)
    with suppress(EOFError, OSError):
        while True:
            _OrderRunner(connection.recv(), outbox).run()


if __name__ == "__main__":
    main()
