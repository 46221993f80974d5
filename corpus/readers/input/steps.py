"""Where is a reading? At one of its steps, each of which can be held to limits and refused by itself.

A step is the work on one item (a record, a capture, a page), or the search for the next item of a file. The
same bytes read with the same options take the same steps in the same order, so that the number of a step
names it in every try. Who holds steps to limits is told of each before it begins (``on_step``), and may have
decided that one is not to be tried again (``refused``).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corpus.message import Message, say

LOG = logging.getLogger("khobao.import")
FAULT = "fault"
"""The reason of a refusal that is the program's fault, not the record's."""

_SIGN_OF_LIFE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a reading: its number from 1, and the file and place it is at."""

    number: int
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a step is not tried again: a refusal's stable code and its sentence."""

    reason: str
    message: Message


def fault(problem: str) -> Cause:
    """What the program itself failed at; ``problem`` names the exception or the signal."""
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
        refused: the steps that are not to be tried, by their number.
        on_step: is told of each step before it begins, and every 64 MiB that are only passed through.
        on_fault: is told of an exception that is the program's fault.
    """

    refused: Mapping[int, Cause] = field(default_factory=dict)
    on_step: Callable[[Step], None] = lambda _step: None
    on_fault: Callable[[Exception], None] = _log
    _step: Step = field(default_factory=lambda: Step(0, "", ""))
    _within_item: bool = False
    _passed: int = 0

    def item(self, file: str, place: str) -> Cause | None:
        """The work on an item begins; why it is refused, where it is not to be tried."""
        return self._begin(file, place, within_item=True)

    def search(self, file: str, place: str) -> Cause | None:
        """The search for the next item of a file begins; why it is refused, where it is not to be tried."""
        return self._begin(file, place, within_item=False)

    def passed(self, count: int) -> None:
        """So many bytes were read through; a long search that only skips them is no endless one."""
        if self._within_item:
            return
        self._passed += count
        if self._passed >= _SIGN_OF_LIFE_BYTES:
            self._passed = 0
            self.on_step(self._step)

    def failed(self, error: Exception) -> Cause:
        """An exception that nothing foresaw: it is told, and the step is refused."""
        self.on_fault(error)
        return fault(type(error).__name__)

    def _begin(self, file: str, place: str, *, within_item: bool) -> Cause | None:
        self._step = Step(self._step.number + 1, file, place)
        self._within_item, self._passed = within_item, 0
        self.on_step(self._step)
        return self.refused.get(self._step.number)
