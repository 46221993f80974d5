"""How is the progress of long work shown? By a bar on a terminal, else by a line every few seconds.

Both go to standard error, with the rate and the time left.
"""

import sys
import time
from types import TracebackType
from typing import NoReturn, Self

from tqdm import tqdm

from search_app.cli.terminal import decimal, grouped

_LINE_EVERY_S = 5.0


class Progress:
    """Shows the progress of work of a known size.

    Args:
        what: name of the work, as a heading.
        unit: what is counted, in the plural; if empty, bytes are counted.
    """

    def __init__(self, what: str, unit: str) -> None:
        self._what = what
        self._unit = unit
        self._bar: tqdm[NoReturn] | None = None
        self._started = time.monotonic()
        self._last_line = self._started

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self, done: int, total: int, note: str = "") -> None:
        """Shows that ``done`` of ``total`` units are done; ``note`` is shown beside."""
        if sys.stderr.isatty():
            self._show_bar(done, total, note)
        elif time.monotonic() - self._last_line >= _LINE_EVERY_S:
            self._last_line = time.monotonic()
            rate = done / (self._last_line - self._started)
            left = (total - done) / rate if rate else 0.0
            sys.stderr.write(
                f"{self._what}: {self._amount(done)} / {self._amount(total)} {note}"
                f" ({self._amount(rate)}/s, {grouped(left)} s)\n"
            )

    def _show_bar(self, done: int, total: int, note: str) -> None:
        bar = self._bar = self._bar or self._new_bar(total)
        bar.total = total
        if note:
            bar.set_postfix_str(note, refresh=False)
        bar.update(done - bar.n)

    def _new_bar(self, total: int) -> "tqdm[NoReturn]":
        unit = f" {self._unit}" if self._unit else "B"
        scale = not self._unit
        return tqdm(
            total=total, desc=self._what, unit=unit, unit_scale=scale, dynamic_ncols=True, file=sys.stderr
        )

    def _amount(self, amount: float) -> str:
        if self._unit:
            return f"{grouped(amount)} {self._unit}"
        return f"{decimal(amount / 1e6, 1)} MB"
