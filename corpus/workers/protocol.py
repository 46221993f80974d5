"""What do an import and its worker process say to each other? Orders one way, replies the other, pickled.

Both sides are this program, and the pipe between them is theirs alone.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.steps import Cause, Step, Steps


class Job(Protocol):
    """Work that is done in steps: a value that can be pickled, and gives the same answers each time."""

    @property
    def bytes_read(self) -> int:
        """How much has been taken from the disk so far, for who shows progress."""

    def run(self, steps: Steps, /) -> Generator[Any, None, Any]:
        """Yields the answers, and returns what was counted on the way."""


@dataclass(frozen=True, slots=True)
class Order:
    """A job to be done.

    Attributes:
        skip: the answers that an earlier try has sent; they are made again and not sent again.
        refused: the steps that are not to be tried, by their number.
        careful: each step is told before it begins, and each answer sent when it is made.
        watched: the parent watches the memory, for the system does not hold a process to a limit.
    """

    job: Job
    limits: ItemLimits
    skip: int
    refused: Mapping[int, Cause]
    careful: bool
    watched: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Some answers more, each pickled by itself, and the bytes read so far."""

    pickled: tuple[bytes, ...]
    bytes_read: int


@dataclass(frozen=True, slots=True)
class StepBegan:
    """A step begins; only where the order asked for care."""

    step: Step


@dataclass(frozen=True, slots=True)
class FaultTraceback:
    """The traceback of a fault of the program, for the log."""

    traceback: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The step has filled its memory; the worker ends itself."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The step raised what nothing caught; the worker ends itself. ``problem`` names the exception."""

    problem: str


@dataclass(frozen=True, slots=True)
class Done:
    """The job is done; ``counted`` is what it returned."""

    counted: object


Reply = Answers | StepBegan | FaultTraceback | OutOfMemory | Failed | Done
