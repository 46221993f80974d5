"""How is a reading divided into steps, each of which has limits and can be refused by itself?

A step is the work on one item (a record, a capture, a page), or the search for the next item of a file. The
same bytes read with the same options take the same steps in the same order, so that a step has the same
number in every try. The caller that enforces limits is called before each step (``on_step``), and can have
steps refused (``refused``).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corpus.message import Message, say

LOG = logging.getLogger("khobao.import")
FAULT = "fault"
"""The reason of a refusal for a fault of the program, not of the record."""

_SIGN_OF_LIFE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a reading: its number from 1, its file and its place."""

    number: int
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a step is refused: the stable code and the sentence of a refusal."""

    reason: str
    message: Message


def fault(problem: str) -> Cause:
    """The cause for a fault of the program; ``problem`` names the exception or the signal."""
    return Cause(
        FAULT,
        say("Kho Báo itself failed on it ({problem}); please report this, with the file", problem=problem),
    )


def _log(error: Exception) -> None:
    LOG.error("a record was refused by a fault of the program", exc_info=error)


@dataclass(slots=True)
class Steps:
    """Counts the steps of one reading.

    Attributes:
        refused: the steps that must not be tried, by number.
        on_step: called before each step, and every 64 MiB that a search skips.
        on_fault: called with an exception that is a fault of the program.
    """

    refused: Mapping[int, Cause] = field(default_factory=dict)
    on_step: Callable[[Step], None] = lambda _step: None
    on_fault: Callable[[Exception], None] = _log
    _step: Step = field(default_factory=lambda: Step(0, "", ""))
    _within_item: bool = False
    _passed: int = 0

    def item(self, file: str, place: str) -> Cause | None:
        """Begins the work on an item; returns the cause where it must not be tried."""
        return self._begin(file, place, within_item=True)

    def search(self, file: str, place: str) -> Cause | None:
        """Begins the search for the next item of a file; returns the cause where it must not be tried."""
        return self._begin(file, place, within_item=False)

    def passed(self, count: int) -> None:
        """Notes that bytes were read, so that a search that skips many of them does not count as hanging."""
        if self._within_item:
            return
        self._passed += count
        if self._passed >= _SIGN_OF_LIFE_BYTES:
            self._passed = 0
            self.on_step(self._step)

    def failed(self, error: Exception) -> Cause:
        """Reports an unexpected exception; returns the cause with which the step is refused."""
        self.on_fault(error)
        return fault(type(error).__name__)

    def _begin(self, file: str, place: str, *, within_item: bool) -> Cause | None:
        self._step = Step(self._step.number + 1, file, place)
        self._within_item, self._passed = within_item, 0
        self.on_step(self._step)
        return self.refused.get(self._step.number)
