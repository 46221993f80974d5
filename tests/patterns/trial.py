"""The child that tries: it says what it begins, and the system ends it where that takes too long.

It reads tasks from its input (a pickled list, each numbered) and tries each with its attacks: short ones
first, and long ones where a short one is not read at once. An attack has ``SECONDS`` of processor time.
"""

import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from corpus.encodings.decoding import UnreadableError
from corpus.errors import ImpossibleValueError, UserError
from tests.patterns.attacks import Attack, attacks
from tests.patterns.long_texts import HOSTILE, LongText
from tests.patterns.uses import Use

SECONDS = 0.6
LENGTHS = ((4_000, 0.003), (16_000, 0.04), (400_000, SECONDS))
"""Characters of an attack, and seconds within which no pattern is done whose time grows with the square.

Such a pattern takes 8 ms and more at the first length, a minute and more (100 times SECONDS) at the last.
What is done sooner is not tried at the next length; SECONDS alone makes a fault.
"""

_WHOLE = 240  # seconds of processor time of the child


def main() -> None:
    """Tries every task; the last line printed is what was being tried."""
    resource.setrlimit(resource.RLIMIT_CPU, (_WHOLE, _WHOLE))
    for number, task in pickle.load(sys.stdin.buffer):  # noqa: S301 - written by the parent
        for attack, call, lengths in _trials(task):
            sys.stdout.write(f"{number}\t{attack!r}\n")
            sys.stdout.flush()
            for length, at_once in lengths:
                if _seconds(call, attack.of_length(length)) <= at_once:
                    break
    sys.stdout.write("done\t\n")


def _trials(
    task: Use | LongText,
) -> Iterator[tuple[Attack, Callable[[str], object], list[tuple[int, float]]]]:
    """Each attack, what it is made on, and the lengths: longer ones while the time is not at once."""
    if isinstance(task, LongText):
        call = task.call
        _answer(call, "a")  # what is read once and kept is no part of the time, nor under its limit
        lengths = [(task.most // 20, task.at_once), (task.most, SECONDS)]
        yield from ((attack, call, lengths) for attack in HOSTILE)
    else:
        yield from (
            (attack, lambda text: _call(task, text), _lengths(task)) for attack in attacks(task.pattern)
        )


def _lengths(use: Use) -> list[tuple[int, float]]:
    return [(use.most, SECONDS)] if use.most else list(LENGTHS)


def _seconds(call: Callable[[str], object], text: str) -> float:
    """Seconds of processor time; the process ends by SIGPROF where they pass the limit."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    began = time.process_time()
    _answer(call, text)
    spent = time.process_time() - began
    signal.setitimer(signal.ITIMER_PROF, 0)
    return spent


def _answer(call: Callable[[str], object], text: str) -> None:
    with suppress(UserError, ImpossibleValueError, UnreadableError):  # a refusal is an answer
        call(text)


def _call(use: Use, attack: str) -> None:
    text: Any = attack if isinstance(use.pattern.pattern, str) else attack.encode("latin-1", "replace")
    if use.method in {"sub", "subn"}:
        use.pattern.sub(text[:0], text)
    elif use.method == "finditer":
        for _ in use.pattern.finditer(text):
            pass
    else:
        getattr(use.pattern, use.method)(text)


if __name__ == "__main__":
    main()
