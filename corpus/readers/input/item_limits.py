"""How much time and memory may one item take before it is refused?"""

import re
from dataclasses import dataclass

from corpus.errors import UserError
from corpus.message import say
from corpus.readers.input.steps import Cause

_SIZE = re.compile(r"([0-9]{1,12})([KMG]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_LEAST_BYTES = 16 * 1024**2
_MOST_BYTES = 1024**4
_MOST_SECONDS = 10**6
_SHOWN = 40  # characters of a bad value in a message
_HANGS_AFTER = 10  # times the limit of processor time, in wall-clock time without a reply


@dataclass(frozen=True, slots=True)
class ItemLimits:
    """The limits for one item (a file, a record, a capture, a page).

    Attributes:
        seconds: processor time.
        memory: bytes, beyond what the program itself needs.
    """

    seconds: float = 60
    memory: int = 1024**3

    @classmethod
    def parse(cls, seconds: str, memory: str) -> "ItemLimits":
        """Parses the options ``--item-seconds`` and ``--item-memory``; empty means the default.

        >>> ItemLimits.parse("", "2G")
        ItemLimits(seconds=60, memory=2147483648)

        Raises:
            UserError: it is no whole number of seconds above zero, or no size of at least 16 MiB.
        """
        usual = cls()
        return cls(
            _seconds(seconds) if seconds else usual.seconds, _bytes(memory) if memory else usual.memory
        )

    @property
    def clock_seconds(self) -> float:
        """The wall-clock time that an item may take without a reply."""
        return self.seconds * _HANGS_AFTER

    def too_long(self) -> Cause:
        """The cause for an item that took too much processor time."""
        message = say(
            "reading it took more than {seconds} s of processor time, and was stopped; split it, or allow"
            " more: --item-seconds {more}",
            seconds=self.seconds,
            more=self.seconds * 10,
        )
        return Cause("item-seconds", message)

    def too_large(self) -> Cause:
        """The cause for an item that took too much memory."""
        message = say(
            "reading it took more than {size} of memory, and was stopped; split it, or allow more:"
            " --item-memory {more}",
            size=_written(self.memory),
            more=_written(self.memory * 4),
        )
        return Cause("item-memory", message)

    def hanging(self) -> Cause:
        """The cause for an item that gave no reply for too long."""
        message = say(
            "reading it gave no sign for {seconds} s, and was stopped; check the disk it lies on, and import"
            " it again",
            seconds=self.clock_seconds,
        )
        return Cause("hanging", message)


def _seconds(text: str) -> int:
    seconds = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_SECONDS)) else 0
    if not 0 < seconds <= _MOST_SECONDS:
        raise UserError(
            say(
                "--item-seconds {value}: write whole seconds from 1 to {most}, as in 60",
                value=text[:_SHOWN],
                most=_MOST_SECONDS,
            )
        )
    return seconds


def _bytes(text: str) -> int:
    match = _SIZE.fullmatch(text)
    size = int(match[1]) * _UNITS[match[2].upper()] if match else 0
    if not _LEAST_BYTES <= size <= _MOST_BYTES:
        raise UserError(
            say(
                "--item-memory {value}: write a size from {least} to {most}, as in 500M or 2G",
                value=text[:_SHOWN],
                least=_written(_LEAST_BYTES),
                most=_written(_MOST_BYTES),
            )
        )
    return size


def _written(size: int) -> str:
    """A size in the form of the option.

    >>> _written(1024**3), _written(1500 * 1024**2)
    ('1G', '1500M')
    """
    unit = next(name for name in ("G", "M", "K", "") if size % _UNITS[name] == 0)
    return f"{size // _UNITS[unit]}{unit}"
