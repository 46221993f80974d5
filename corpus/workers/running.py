"""How is a job done that may kill its worker? By another, from where it stood, without the step that did it.

A worker that dies is replaced, and the job begun anew: the answers that had come are made again and passed
over, and from there on each step is told before it begins. The step in which the second worker dies is not
tried a third time; why is given to the job, which answers it with a refusal and goes on.
"""

import atexit
import pickle
from collections import Counter
from collections.abc import Callable, Generator
from functools import cache
from typing import Any

from corpus.errors import OperatorError
from corpus.message import say
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.steps import LOG, Cause
from corpus.workers.memory import KERNEL_LIMITS
from corpus.workers.process import WorkerDiedError, WorkerProcess
from corpus.workers.protocol import Answers, Done, FaultTraceback, Job, Order

_TRIES = 2
_UNKNOWN = 0  # the number of a step that was not told


class Workers:
    """Does jobs in one worker process, which is kept for the next job.

    Args:
        watched: memory is measured from here; by default where the system keeps no limit.
    """

    def __init__(self, *, watched: bool = not KERNEL_LIMITS) -> None:
        self._watched = watched
        self._idle: WorkerProcess | None = None

    def run(
        self, job: Job, limits: ItemLimits, on_read: Callable[[int], None] = lambda _count: None
    ) -> Generator[Any, None, Any]:
        """The answers of a job, which returns what it counted.

        Args:
            on_read: is told how many bytes the job has taken from the disk.

        Raises:
            OperatorError: the system gives no process.
        """
        trial = _Trial()
        while True:
            order = Order(job, limits, trial.received, dict(trial.refused), trial.careful, self._watched)
            try:
                return (yield from self._tried(order, trial, on_read))
            except WorkerDiedError as death:
                trial.note(death)

    def close(self) -> None:
        """Ends the idle worker."""
        idle, self._idle = self._idle, None
        if idle:
            idle.close()

    def _tried(
        self, order: Order, trial: "_Trial", on_read: Callable[[int], None]
    ) -> Generator[Any, None, Any]:
        """The answers that the trial has not received; the worker is kept where it ends the order well."""
        idle, self._idle = self._idle, None
        process = idle or WorkerProcess(watched=self._watched)
        counted: object = None
        try:
            for reply in process.replies(order):
                match reply:
                    case Answers():
                        on_read(reply.bytes_read)
                        trial.received += len(reply.pickled)
                        yield from map(pickle.loads, reply.pickled)
                    case FaultTraceback():
                        LOG.error("%s", reply.traceback)
                    case Done():
                        counted = reply.counted
        except BaseException:  # it died, or nobody wants the rest
            process.close()
            raise
        self._idle = process
        return counted


class _Trial:
    """How far a job has come, which of its steps killed a worker, and which are not tried again."""

    def __init__(self) -> None:
        self.received = 0
        self.refused: dict[int, Cause] = {}
        self.careful = False
        self._deaths: Counter[int] = Counter()
        self._never_began = 0

    def note(self, death: WorkerDiedError) -> None:
        """A worker died; a death in an unknown step counts for the step in which the next worker dies.

        Raises:
            OperatorError: workers die before they begin.
        """
        began = not self.careful or death.step
        self.careful = True
        self._never_began = 0 if began else self._never_began + 1
        if self._never_began > _TRIES:
            raise OperatorError(
                say(
                    "the process that reads files ended {count} times before it began; raise the"
                    " limits of memory and processes (ulimit -a), and give the same command again: what is"
                    " stored stays",
                    count=self._never_began,
                )
            )
        number = death.step.number if death.step else _UNKNOWN
        self._deaths[number] += 1
        if not death.step:
            return
        self._deaths[number] += self._deaths.pop(_UNKNOWN, 0)
        if self._deaths[number] >= _TRIES:
            self.refused[number] = death.cause


@cache
def workers() -> Workers:
    """Those of this process: one worker serves every import, and ends with it."""
    shared = Workers()
    atexit.register(shared.close)
    return shared
