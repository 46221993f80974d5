"""How does a command end that is stopped? At once, by Ctrl-C (SIGINT) and by SIGTERM alike."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_OF_SIGNALS = 128
"""A shell adds the signal's number to it: 130 for Ctrl-C, 143 for SIGTERM."""


class StoppedError(Exception):
    """Somebody stopped the command; ``code`` is the exit code that says by which signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = _OF_SIGNALS + number


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """While the block lasts, both signals raise StoppedError in it.

    In another thread than the main one, which gets no signals, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, _stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise StoppedError(number)
