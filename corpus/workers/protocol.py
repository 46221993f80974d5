"""Which messages do an import and its worker process exchange? Orders one way, replies the other, pickled.

Pickles are safe here: both ends are this program, and no other process has the pipe.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.steps import Cause, Step, Steps


class Job(Protocol):
    """Work in steps: a value that can be pickled, and that gives the same answers in each run."""

    @property
    def bytes_read(self) -> int:
        """The bytes read from disk so far, for progress bars."""

    def run(self, steps: Steps, /) -> Generator[Any, None, Any]:
        """Yields the answers, and returns what it counted."""


@dataclass(frozen=True, slots=True)
class Order:
    """A job to be run.

    Attributes:
        skip: how many answers an earlier try has sent; they are made again, but not sent.
        refused: the steps that must not be tried, by number.
        careful: whether each step is reported before it begins, and each answer is sent at once.
        watched: whether the parent watches the memory, because the system enforces no limit.
    """

    job: Job
    limits: ItemLimits
    skip: int
    refused: Mapping[int, Cause]
    careful: bool
    watched: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Further answers, each pickled by itself, and the bytes read so far."""

    pickled: tuple[bytes, ...]
    bytes_read: int


@dataclass(frozen=True, slots=True)
class StepBegan:
    """A step begins; sent only where the order is careful."""

    step: Step


@dataclass(frozen=True, slots=True)
class FaultTraceback:
    """The traceback of a fault of the program, for the log."""

    traceback: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The step has used up its memory; the worker ends itself."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The step raised an unexpected exception, named by ``problem``; the worker ends itself."""

    problem: str


@dataclass(frozen=True, slots=True)
class Done:
    """The job is done; ``counted`` is what it returned."""

    counted: object


Reply = Answers | StepBegan | FaultTraceback | OutOfMemory | Failed | Done
