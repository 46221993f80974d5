"""Jobs that do to their worker what hostile files would, so that each way to die is tried for real."""

import os
import signal
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.readers.input.steps import Steps

GOOD = "good"


def _compute_for_ever() -> None:
    sum(1 for _ in iter(int, 1))


def _compute_for_ever_in_c() -> None:
    list(iter(partial(pow, 3, 10**7, 7), -1))


def _fill_memory() -> None:
    held = []
    while True:
        held.append(bytearray(1024 * 1024))


def _wait_for_ever() -> None:
    signal.pause()


def _fail() -> None:
    raise LookupError("nobody foresaw this")


def _end(number: int) -> None:
    os.kill(os.getpid(), number)


DEEDS: dict[str, Callable[[], None]] = {
    "computes": _compute_for_ever,
    "computes in C": _compute_for_ever_in_c,
    "fills memory": _fill_memory,
    "waits": _wait_for_ever,
    "raises": _fail,
    "crashes": partial(_end, signal.SIGSEGV),
    "is killed": partial(_end, signal.SIGKILL),
    "exits": partial(os._exit, 3),
}


@dataclass(frozen=True, slots=True)
class Deadly:
    """Answers with each item's name; one named for a deed does it, as its work or as the search for it."""

    items: Sequence[str]
    in_search: bool = False
    bytes_read: int = 0

    def run(self, steps: Steps, /) -> Generator[str, None, int]:
        for number, name in enumerate(self.items):
            begin = steps.search if self.in_search else steps.item
            if cause := begin("bao.jsonl", f"line {number + 1}"):
                yield cause.reason
            else:
                DEEDS.get(name, lambda: None)()
                yield name
        return len(self.items)


@dataclass(frozen=True, slots=True)
class DiesOnce:
    """Kills its worker in the second of three items, unless a file says that it has done so before."""

    mark: str
    bytes_read: int = 0

    def run(self, steps: Steps, /) -> Generator[str, None, None]:
        for name in ("first", "second", "third"):
            steps.item("bao.jsonl", name)
            if name == "second" and not os.path.exists(self.mark):  # noqa: PTH110 - a plain string is pickled
                os.close(os.open(self.mark, os.O_CREAT))
                _end(signal.SIGSEGV)
            yield name
