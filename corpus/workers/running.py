"""How is a job run that may kill its worker? A new worker continues it, without the step that killed two.

A worker that dies is replaced, and the job is run again: answers that were received are made again and
skipped, and from there on each step is reported before it begins. A step in which a second worker dies is not
tried a third time: the job is given the cause, answers the step with a refusal, and continues.
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
_UNKNOWN = 0  # the number of a step that was not reported


class Workers:
    """Runs jobs in one worker process, which is reused for the next job.

    Args:
        watched: whether this process measures memory; by default where the system enforces no limit.
    """

    def __init__(self, *, watched: bool = not KERNEL_LIMITS) -> None:
        self._watched = watched
        self._idle: WorkerProcess | None = None

    def run(
        self, job: Job, limits: ItemLimits, on_read: Callable[[int], None] = lambda _count: None
    ) -> Generator[Any, None, Any]:
        """Yields the answers of a job, and returns what it counted.

        Args:
            on_read: called with the bytes that the job has read from disk.

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
        """The answers that the trial has not received yet; the worker is reused if it finishes the order."""
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
        except BaseException:  # the worker died, or the caller stops early
            process.close()
            raise
        self._idle = process
        return counted


class _Trial:
    """The state of a job: answers received, steps that killed a worker, steps that are not tried again."""

    def __init__(self) -> None:
        self.received = 0
        self.refused: dict[int, Cause] = {}
        self.careful = False
        self._deaths: Counter[int] = Counter()
        self._never_began = 0

    def note(self, death: WorkerDiedError) -> None:
        """Notes that a worker died; a death in an unknown step counts for the step of the next death.

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
    """The workers of this process: one worker serves all imports, and ends with the process."""
    shared = Workers()
    atexit.register(shared.close)
    return shared
